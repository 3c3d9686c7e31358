#!/usr/bin/env python3
"""Checks that every relative link in the Markdown files leads to a file. Prints one line a finding.

usage: links.py
"""
import pathlib
import re
import subprocess
import sys

found = []
names = subprocess.run(["git", "ls-files", "*.md"], capture_output=True, text=True, check=True).stdout.split()
for name in names:
    path = pathlib.Path(name)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (path.parent / target.split("#")[0]).exists():
                found.append(f"{name}:{number}: {target} is not there")
print("\n".join(found) if found else "links: every one leads somewhere")
sys.exit(1 if found else 0)
