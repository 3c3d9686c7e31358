#!/usr/bin/env python3
"""Does the copy of the public site hang together without a server? tests/demo/export.py BINARY

A small registry is exported; every local link of every page has to lead to a file, nothing may lead to a server's address, and
no page may need a script or send a form.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

LINK = re.compile(r'\s(?:href|src)="([^"]*)"')


UNITS = "code,parent,kind,name\nP,,province,Quang Ninh\nC1,P,commune,Quang Tan\nC2,P,commune,Binh Lieu\n"
MOVEMENT = """format = "guidon/movement/1"
key = "skilled"
period = "2025"
starts = 2025-01-01
ends = 2025-12-31
issuer = "P"
title = { en = "Skilled mass mobilisation", vi = "Dân vận khéo" }
[exemplars]
fields = [{ key = "economy", title = { en = "Economy" } }, { key = "society", title = { en = "Society" } }]
levels = [{ key = "province", title = { en = "Province" } }]
"""
COLUMNS = ("movement,period,kind,unit,title,field,situation,aim,result,method,place,beneficiaries_who,forces,starts,product,"
           "upkeep,state,registered_on,level,recognised_on,decision")


def fill(binary, folder, db):
    """Three units and forty exemplars, half of them recognised."""
    rows = [COLUMNS]
    for i in range(40):
        decided = f"recognised,2025-03-{i % 28 + 1:02},province,2025-11-20,12-QD" if i % 2 else "registered,2025-03-01,,,"
        rows.append(f"skilled,2025,model,C{i % 2 + 1},Vườn mẫu {i},{'economy' if i % 3 else 'society'},Why,Aim,Ten,How,Here,"
                    f"households,The cell,2025-02-01,A garden,Every year,{decided}")
    for kind, name, text in (("units", "units.csv", UNITS), ("movement", "skilled.toml", MOVEMENT),
                             ("exemplars", "exemplars.csv", "\n".join(rows) + "\n")):
        (folder / name).write_text(text, encoding="utf-8")
        subprocess.run([binary, "import", kind, str(folder / name), "--db", db], check=True, capture_output=True)


def main(binary):
    faults = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        db, out = f"sqlite:{folder}/demo.sqlite", folder / "copy"
        fill(binary, folder, db)
        done = subprocess.run([binary, "export", "site", str(out), "--db", db], check=True, capture_output=True, text=True)
        print(done.stdout.strip())
        again = subprocess.run([binary, "export", "site", str(out), "--db", db], capture_output=True, text=True)
        if again.returncode == 0:
            faults.append("a folder that is not empty was written over")
        pages = sorted(out.rglob("*.html"))
        for page in pages:
            text = page.read_text(encoding="utf-8")
            if re.search(r'<form|<script(?! type="application/ld\+json")', text):
                faults.append(f"{page.relative_to(out)}: a form or a script")
            for link in LINK.findall(text):
                target = urllib.parse.unquote(link.replace("&amp;", "&").split("#")[0])
                if not target or re.match(r"[a-z]+:", target):
                    continue
                if target.startswith("/") or not (page.parent / target).is_file():
                    faults.append(f"{page.relative_to(out)}: {link}")
        for style in out.rglob("*.css"):
            for font in re.findall(r"url\(([^)]*)\)", style.read_text(encoding="utf-8")):
                font = font.strip("\"'")
                if not font.startswith("data:") and not (style.parent / font).is_file():
                    faults.append(f"{style.relative_to(out)}: {font}")
        for language in ("en", "vi", "ur"):
            if not (out / language / "exemplars.html").is_file():
                faults.append(f"no gallery in {language}")
        size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
        print(f"{len(pages):,} pages, {size / 1e6:.0f} MB, {len(faults)} faults")
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
