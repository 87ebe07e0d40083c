"""Runs examples/<name>/steps.txt with the real program on a scratch database, without any network,
and compares everything it says with expected.txt.

    python3 run_example.py --nongsan BINARY --example voso-worksheet [--write]

steps.txt, one a line:  nongsan …              the program, in the scratch folder
                        show FILE              the file's text
                        copy FROM TO           a file of the example to where a person would put it
                        tick SHEET SKU=WORD …  the clerk: out/SHEET to returned/SHEET, ticked
Days and times of the run become DAY and TIME; {sheet} is the latest worksheet. --write makes
expected.txt anew: read what it wrote.
"""
import argparse
import csv
import difflib
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / "examples"
TODAY = re.compile(r"(?<=-)20\d\d-\d\d-\d\d(?=-\d\d)")


class Example:
    def __init__(self, binary, source, folder):
        self.binary = binary
        self.source = source
        self.folder = folder
        for entry in source.iterdir():
            if entry.is_dir():
                shutil.copytree(entry, folder / entry.name)
        (folder / "var").mkdir()
        (folder / "returned").mkdir()
        (folder / "long-an").symlink_to(EXAMPLES / "long-an")
        shutil.copy(source / "nongsan.conf", folder)

    def sheet(self):
        sheets = sorted(self.folder.glob("exchange/out/*.csv"))
        return sheets[-1].stem if sheets else "none"

    def nongsan(self, *words):
        done = subprocess.run([self.binary, *words, "--config", "nongsan.conf", "--lang", "en"],
                              cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=120)
        return done.stdout + (f"exit {done.returncode}\n" if done.returncode else "")

    def show(self, name):
        return (self.folder / name).read_text(encoding="utf-8-sig")

    def copy(self, source, target):
        shutil.copy(self.source / source, self.folder / target)
        return ""

    def tick(self, name, *answers):
        text = (self.folder / "exchange" / "out" / name).read_text(encoding="utf-8-sig")
        rows = list(csv.reader(text.splitlines(), delimiter=";"))
        words = dict(answer.split("=") for answer in answers)
        sku = rows[0].index("Mã hàng (SKU)")
        for row in rows[1:]:
            row[rows[0].index("Đã nhập")] = words.get(row[sku], "")
        with open(self.folder / "returned" / name, "w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return ""

    def run(self):
        out = ""
        for line in (self.source / "steps.txt").read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                out += line + "\n"
                continue
            line = line.replace("{sheet}", self.sheet())
            verb, *words = shlex.split(line)
            said = {"nongsan": self.nongsan, "show": self.show, "copy": self.copy,
                    "tick": self.tick}[verb](*words)
            out += f"$ {line}\n{said}"
        out = TODAY.sub("DAY", out)
        out = re.sub(r"(?<=;)\d\d/\d\d/20\d\d(?=;)", "DAY", out)
        out = re.sub(r"\d\d/\d\d/20\d\d \d\d:\d\d(?= *$)", "TIME", out, flags=re.MULTILINE)
        return "\n".join(line.rstrip() for line in out.splitlines()) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    parser.add_argument("--example", required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    source = EXAMPLES / given.example
    with tempfile.TemporaryDirectory() as folder:
        got = Example(given.nongsan, source, pathlib.Path(folder)).run()
    if given.write:
        (source / "expected.txt").write_text(got, encoding="utf-8")
        return 0
    expected = (source / "expected.txt").read_text(encoding="utf-8")
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), got.splitlines(True),
                                               "expected.txt", "what it said"))
    return 0 if got == expected else 1


if __name__ == "__main__":
    sys.exit(main())
