"""The program as a person meets it: help, exit codes, plain errors, JSON that parses."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    given = parser.parse_args()

    def run(*words, cwd):
        return subprocess.run([given.nongsan, *words], cwd=cwd, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=120)

    def expect(code, *words, cwd, says=""):
        done = run(*words, cwd=cwd)
        assert done.returncode == code, f"{words}: {done.returncode}, not {code}\n{done.stderr}"
        assert says in done.stdout + done.stderr, f"{words}: no \"{says}\" in\n{done.stderr}"
        return done.stdout

    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "var").mkdir()
        at = {"cwd": folder}
        expect(2, says="nongsan", **at)
        expect(0, "--help", says="import check", **at)
        expect(0, "--version", says="nongsan", **at)
        expect(2, "frobnicate", says="không có lệnh", **at)
        expect(2, "frobnicate", "--lang", "en", says="there is no command", **at)
        expect(2, "stock", "set", "X", says="POOL QUANTITY", **at)
        expect(2, "stock", "show", "--partial", says="--partial", **at)
        expect(2, "stock", "--js", says="js", **at)
        overview = expect(0, "--help", **at)
        for line in overview.splitlines():
            words = line.split("  ")[1].split() if line.startswith("  ") else []
            words = [w for w in words if w.islower() and w.isalpha()]
            if words:
                expect(0, *words, "--help", says="nongsan", **at)

        expect(0, "import", "check", str(ROOT / "examples/long-an"), says="producers", **at)
        shown = json.loads(expect(0, "db", "status", "--json", **at))
        assert shown["variants"] == 0, "check must write nothing"
        expect(0, "import", "apply", str(ROOT / "examples/long-an"), **at)
        expect(0, "import", "apply", str(ROOT / "examples/quang-ngai/catalogue.xml"), **at)
        shown = json.loads(expect(0, "db", "status", "--json", **at))
        assert shown["variants"] >= 25, shown
        found = json.loads(expect(0, "product", "list", "lap", "xuong", "--json", **at))
        assert len(found["products"]) == 2, "found without accents"
        expect(0, "stock", "set", "LA-P-TLD", "3 tạ 2", says="320 kg", **at)
        expect(0, "stock", "add", "LA-P-TLD", "10kg", "--key", "a", says="330 kg", **at)
        expect(0, "stock", "add", "LA-P-TLD", "10kg", "--key", "a", says="330 kg", **at)
        expect(0, "stock", "take", "LA-P-TLD", "5kg", "--dry-run", says="325 kg", **at)
        pools = json.loads(expect(0, "stock", "show", "LA-P-TLD", "--json", **at))["pools"]
        assert pools[0]["on_hand"] == 330_000, "a dry run must write nothing"
        expect(2, "stock", "set", "LA-P-TLD", "nhiều", says="320kg", **at)
        expect(1, "stock", "set", "NO-SUCH", "1kg", says="NO-SUCH", **at)
        expect(0, "db", "check", **at)
        expect(0, "config", "show", "--origin", says="default", **at)
        expect(0, "completion", "bash", says="complete -W", **at)

        bad = pathlib.Path(folder) / "variants.csv"
        bad.write_text("sku;product;name_vi;price_vnd;recipe\n"
                       "X-1;LA-TLD;Túi;25.0000;LA-P-TLD:1000\n"
                       "X-2;LA-TLD;Túi 2 kg;60000;LA-P-TLD:2000\n", encoding="utf-8")
        expect(1, "import", "apply", str(bad), says="variants.csv:2: price_vnd", **at)
        expect(3, "import", "apply", str(bad), "--partial", says="variants.csv:2", **at)
        expect(0, "product", "show", "LA-TLD", says="LA-TLD", **at)
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
