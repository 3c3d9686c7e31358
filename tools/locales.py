#!/usr/bin/env python3
"""Checks the catalogues in locales/: the same keys in every language, the same arguments in every translation.

usage: locales.py [DIR]      prints one line a finding, exit status 1 if there is any
"""
import json
import pathlib
import re
import sys

LANGUAGES = ("en", "vi", "ur")


def braced(text):
    """-> (the contents of the outermost braces of a text, how many braces stay open)."""
    found, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c == "{":
            depth += 1
            if depth == 1:
                start = i + 1
        elif c == "}":
            depth -= 1
            if depth == 0:
                found.append(text[start:i])
    return found, depth


def arguments(pattern):
    """-> the names of the arguments of an ICU message pattern, those inside plural forms included."""
    names = set()
    for body in braced(pattern)[0]:
        name, _, rest = body.partition(",")
        names.add(name.strip())
        for form in braced(rest)[0]:
            names |= arguments(form)
    return names


def pairs_once(pairs):
    seen = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"key {key} twice")
        seen[key] = value
    return seen


def findings(root):
    result = []
    areas = sorted({p.name for lang in LANGUAGES for p in (root / lang).glob("*.json")})
    owner = {}
    for area in areas:
        texts = {}
        for lang in LANGUAGES:
            path = root / lang / area
            if not path.exists():
                result.append(f"{path}: missing")
                continue
            try:
                texts[lang] = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=pairs_once)
            except ValueError as wrong:
                result.append(f"{path}: {wrong}")
        for lang, entries in texts.items():
            for key, pattern in entries.items():
                if owner.setdefault(key, area) != area:
                    result.append(f"{root}/{lang}/{area}: {key} is also in {owner[key]}")
                if "'" in pattern:
                    result.append(f"{root}/{lang}/{area}: {key}: write ’ instead of ', which ICU reads as a quote")
                if not pattern.strip():
                    result.append(f"{root}/{lang}/{area}: {key} is empty")
                names = arguments(pattern)
                if braced(pattern)[1]:
                    result.append(f"{root}/{lang}/{area}: {key}: braces do not match")
                for other, others in texts.items():
                    if key not in others:
                        result.append(f"{root}/{other}/{area}: {key} is missing")
                    elif lang == "en" and arguments(others[key]) != names:
                        result.append(
                            f"{root}/{other}/{area}: {key}: arguments {sorted(arguments(others[key]))}, "
                            f"in English {sorted(names)}")
    return sorted(set(result))


if __name__ == "__main__":
    problems = findings(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "locales"))
    print("\n".join(problems) if problems else "locales: complete in " + ", ".join(LANGUAGES))
    sys.exit(1 if problems else 0)
