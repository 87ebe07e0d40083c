"""The demo: drives the real programs and judges by the sandbox's own truth.

Python's standard library only. Every step prints what it did; with --check the first thing that does
not hold ends the run with exit code 1.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHANNELS = ["provincial", "voso", "postmart", "lazada", "shopee"]
HARVEST_POOL = "QN-P-NBN"          # nothing of it is in the example files: the demo brings it in
HARVEST = "90kg"
CONFIG = "config/example.conf"


class Failed(Exception):
    pass


class Demo:
    def __init__(self, build, buyers, seed):
        self.build = build
        self.buyers = buyers
        self.seed = seed
        self.var = ROOT / "var" / "demo"
        self.sandbox = None
        self.urls = {}

    # ── running things ──────────────────────────────────────────────────────────────────────────
    def nongsan(self, *words, allow=(0,), as_json=False):
        command = [str(self.build / "app" / "nongsan"), *words, "--config", CONFIG]
        if as_json:
            command.append("--json")
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=300)
        if done.returncode not in allow:
            raise Failed(f"nongsan {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
        return json.loads(done.stdout) if as_json else done.stdout

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.urls["control"] + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.loads(reply.read())

    def truth(self):
        channels = self.control("GET", "/truth")["channels"]
        return {name: channels[name] for name in CHANNELS}

    def start_sandbox(self):
        state = self.var / "sandbox"
        self.sandbox = subprocess.Popen(
            [str(self.build / "sandbox" / "nongsan-sandbox"), "--state", str(state), "--seed",
             str(self.seed)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        line = self.sandbox.stdout.readline()
        if not line:
            raise Failed("the sandbox did not start (is port 18080 in use?)")
        self.urls = json.loads(line)

    def stop_sandbox(self):
        if self.sandbox is not None:
            self.sandbox.send_signal(signal.SIGTERM)
            self.sandbox.wait(timeout=20)

    # ── the story ───────────────────────────────────────────────────────────────────────────────
    def require(self, holds, what):
        print(("  ✓ " if holds else "  ✗ ") + what)
        if not holds:
            raise Failed(what)

    def clerks(self):
        """The clerks type what is new and export their orders; a person confirms it here."""
        self.control("POST", "/clerk", {})
        for channel in ("voso", "postmart"):
            self.nongsan("worksheet", "confirm", channel, "--by", "demo", allow=(0, 1))

    def settle(self, rounds=4):
        """Syncs until the channels show what is wanted, clerks included."""
        for _ in range(rounds):
            self.nongsan("sync", "all", allow=(0, 3))
            self.clerks()
        self.nongsan("sync", "all", allow=(0, 3))

    def shown(self, skus):
        out = {}
        for channel, truth in self.truth().items():
            out[channel] = {row["sku"]: row["stock"] for row in truth["listings"]
                            if row["sku"] in skus and row["visible"]}
        return out

    def run(self):
        shutil.rmtree(self.var, ignore_errors=True)
        self.var.mkdir(parents=True)
        print("1. the sandbox: five marketplaces on loopback")
        self.start_sandbox()

        print("2. both example catalogues")
        for folder in ("examples/long-an", "examples/quang-ngai"):
            print("  " + folder)
            self.nongsan("import", "apply", folder)
        again = self.nongsan("import", "apply", "examples/long-an", as_json=True)
        changed = sum(again[kind]["inserted"] + again[kind]["updated"]
                      for kind in ("producers", "products", "pools", "variants", "stock"))
        self.require(changed == 0, "the same files a second time change nothing")

        print("3. everything onto five channels")
        self.nongsan("publish", allow=(0, 3))
        self.clerks()
        self.settle(1)
        variants = self.nongsan("db", "status", as_json=True)["variants"]
        ours = self.our_skus()
        for channel, truth in self.truth().items():
            count = sum(1 for row in truth["listings"] if row["sku"] in ours and row["visible"])
            self.require(count == variants, f"{channel} shows {count} of {variants} packs")

        print(f"4. one stock, set once: {HARVEST_POOL} = {HARVEST}")
        self.nongsan("stock", "set", HARVEST_POOL, HARVEST, "--note", "demo")
        self.settle(1)
        skus = {"QN-NBN-300", "QN-NBN-1KG"}
        grams = {"QN-NBN-300": 300, "QN-NBN-1KG": 1000}
        total = 0
        for channel, stock in self.shown(skus).items():
            print(f"     {channel:<11}" + "  ".join(f"{s} {stock.get(s, 0):>4}" for s in sorted(skus)))
            total += sum(grams[s] * stock.get(s, 0) for s in skus)
            self.require(all(stock.get(s, 0) > 0 for s in skus), f"{channel} shows the new stock")
        self.require(total <= 90_000, f"together they show {total / 1000:g} kg, no more than 90 kg")

        print(f"5. {self.buyers} simulated buyers (seed {self.seed})")
        bought = self.control("POST", "/buyers", {"count": self.buyers, "seed": self.seed,
                                                  "skus": sorted(ours)})
        print(f"     {len(bought['placed'])} orders placed, {bought['refused']} turned away")
        self.clerks()
        self.nongsan("sync", "orders", allow=(0, 3))
        self.settle(1)
        self.judge()

        print("6. once more: nothing is left to do")
        before = {c: t["calls"]["writes"] for c, t in self.truth().items()}
        self.nongsan("sync", "all", allow=(0, 3))
        after = {c: t["calls"]["writes"] for c, t in self.truth().items()}
        self.require(before == after, "a second sync all makes no writing call")
        self.nongsan("db", "check")
        self.require(True, "the ledger adds up")
        self.report()

    def our_skus(self):
        listed = self.nongsan("product", "list", "--limit", "1000", as_json=True)["products"]
        return {v["sku"] for p in listed for v in p["variants"]}

    def judge(self):
        """Every order of the sandbox is in our book once, with the same goods."""
        mine = self.nongsan("order", "list", "--limit", "100000", as_json=True)["orders"]
        book = {}
        for order in mine:
            key = (order["account"], order["order"])
            if key in book:
                raise Failed(f"{key} is in the book twice")
            book[key] = {line["sku"]: line["quantity"] for line in order["lines"]}
        real = {}
        for channel, truth in self.truth().items():
            for order in truth["orders"]:
                goods = {}
                for line in order["lines"]:
                    goods[line["sku"]] = goods.get(line["sku"], 0) + line["quantity"]
                real[(channel, order["order_id"])] = goods
        per_channel = {c: sum(1 for k in real if k[0] == c) for c in CHANNELS}
        print("     " + "  ".join(f"{c} {n}" for c, n in per_channel.items()))
        self.require(all(n > 0 for n in per_channel.values()), "buyers bought on every channel")
        self.require(book == real, f"all {len(real)} orders came home, each once, goods and all")

    def report(self):
        print("\nwhat was sold, what is left")
        stock = self.nongsan("stock", "show", as_json=True)["pools"]
        print(f"  {'pool':<12}{'in stock':>12}{'sold':>12}{'on show':>12}")
        for pool in stock:
            unit = "g" if pool["unit"] == "gram" else ""
            print(f"  {pool['pool']:<12}" + "".join(
                f"{pool[k]:>11}{unit or ' '}" for k in ("on_hand", "reserved", "exposed")))
        print()
        print(f"  {'channel':<12}{'live':>6}{'orders':>8}{'differ':>8}{'calls':>8}{'writes':>8}")
        truth = self.truth()
        for row in self.nongsan("channel", "list", as_json=True)["channels"]:
            calls = truth[row["channel"]]["calls"]
            print(f"  {row['account']:<12}{row['live']:>6}{row['orders']:>8}{row['differing']:>8}"
                  f"{calls['total']:>8}{calls['writes']:>8}")


def build_all():
    subprocess.run(["scripts/bootstrap"], cwd=ROOT, check=True)
    subprocess.run(["cmake", "--preset", "release", "-Wno-dev"], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "--preset", "release", "--target", "nongsan",
                    "nongsan-sandbox"], cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail when anything does not hold")
    parser.add_argument("--build-dir", help="use programs that are built already")
    parser.add_argument("--buyers", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261124)
    given = parser.parse_args()
    if given.build_dir is None:
        build_all()
    build = pathlib.Path(given.build_dir or ROOT / "build" / "release").resolve()
    demo = Demo(build, given.buyers, given.seed)
    started = time.monotonic()
    try:
        demo.run()
    except Failed as problem:
        print(f"\nnot as it should be: {problem}", file=sys.stderr)
        return 1
    finally:
        demo.stop_sandbox()
    print(f"\ndone in {time.monotonic() - started:.0f} s; the book is var/demo/nongsan.db")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONIOENCODING", "utf-8")
    sys.exit(main())
