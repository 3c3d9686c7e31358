#!/usr/bin/env python3
"""Compares src/LAYERS with every #include below src/: forbidden includes and unused permissions are errors.

usage: layers.py [SRC]      prints one line a finding, exit status 1 if there is any
"""
import pathlib
import re
import sys


def read_layers(text):
    """-> {folder: [permitted folders]} in the order of the file; a folder may only name earlier ones."""
    layers = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        folder, _, permitted = line.partition(":")
        permitted = permitted.split()
        for other in permitted:
            if other not in layers:
                raise SystemExit(f"LAYERS:{number}: {folder} names {other}, which is not defined above it")
        layers[folder.strip()] = permitted
    return layers


def includes(path):
    """-> [(line, folder)] of the includes that name another file of the project."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+"([a-z_]+)/', line)
        if match:
            found.append((number, match.group(1)))
    return found


def findings(src):
    layers = read_layers((src / "LAYERS").read_text(encoding="utf-8"))
    used = {folder: set() for folder in layers}
    result = []
    for path in sorted(src.rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        folder = path.relative_to(src).parts[0]
        if folder not in layers:
            result.append(f"{path}: folder {folder} is not in LAYERS")
            continue
        for line, other in includes(path):
            if other == folder:
                continue
            if other not in layers[folder]:
                result.append(f"{path}:{line}: {folder} may not include {other} (see LAYERS)")
            used[folder].add(other)
    for folder, permitted in layers.items():
        for other in permitted:
            if other not in used[folder]:
                result.append(f"{src}/LAYERS: {folder} may include {other}, but nothing does")
    return result


if __name__ == "__main__":
    problems = findings(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "src"))
    print("\n".join(problems) if problems else "layers: every include is permitted and every permission is used")
    sys.exit(1 if problems else 0)
