#!/usr/bin/env python3
"""Holds the sources against the habits that a pattern can see. Prints one line a finding.

usage: words.py
"""
import pathlib
import re
import subprocess
import sys

# pattern, where it counts, what to do instead
RULES = [
    (r"\b(class|struct)\s+\w*(Manager|Helper|Util|Utils|Impl)\b", r"^src/", "name it by what it is"),
    (r"(?<![.:>_])\bget_[a-z](?!.*\boverride\b)", r"^src/(?!web/wire\.h).*\.(h|cpp)$", "a verb that tells what comes back, or the noun alone"),
    (r"#\s*include\s*[<\"]soci", r"^src/(?!store/|[a-z]+/[a-z]+_store\.)", "SOCI stays behind src/store"),
    (r"#\s*include\s*<restinio", r"^src/(?!web/)", "RESTinio stays behind src/web"),
    (r"\b(TODO|FIXME|XXX)\b", r".*", "do it or leave it out"),
    (r"\b(double|float)\b", r"^src/(values|units|movements|evaluation|store)/", "a Decimal: no binary floating point"),
    (r"std::this_thread::sleep|\bsleep\(", r"^(src/.*_test|tests/)", "wait for the condition, not for time"),
    (r"style=\"|<script>|onclick=", r"^templates/", "the content security policy forbids it"),
    (r"(margin|padding|border)-(left|right)\b|text-align:\s*(left|right)", r"^web/.*\.css$", "logical properties"),
]
LONG = 800


def main():
    names = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    found = []
    for name in names:
        path = pathlib.Path(name)
        if path.suffix not in (".h", ".cpp", ".css", ".ts", ".mustache", ".py", ".sh", ".mjs") or not path.exists():
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > LONG:
            found.append(f"{name}: {len(lines)} lines; over {LONG}: split it by subject")
        for number, line in enumerate(lines, 1):
            for pattern, where, instead in RULES:
                if name != "tools/words.py" and re.search(where, name) and re.search(pattern, line):
                    found.append(f"{name}:{number}: {instead}: {line.strip()[:100]}")
    print("\n".join(found) if found else "words: nothing found")
    return 1 if found else 0


sys.exit(main())
