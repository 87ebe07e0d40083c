"""Whether the allowed pace is used and never exceeded, in real time, judged by the sandbox's record.

    python3 tests/bench/rate_bench.py --nongsan build/release/app/nongsan \
        --sandbox build/release/sandbox/nongsan-sandbox [--skus 5000] [--channel shopee|lazada]

Publishes the SKUs with the limits off, switches the sandbox's limit on, makes every SKU dirty by one
import, and runs `sync stock`. Read from GET /truth before and after: calls by path, calls by second,
calls that were throttled. Bounds (exit code 1 when one is missed): no throttled call after the
warm-up, at least 0.9 of the allowed rate from the third second to the last but one, writing calls at
most 1.05 x the fewest that batches allow (Shopee: one per item, Lazada: 50 SKUs a call).
"""
import argparse
import pathlib
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import world as e2e  # noqa: E402

# The rate of the sandbox's limit, its rules, what paths that carry stock begin with, SKUs a call.
CHANNELS = {
    "shopee": (25, {"shop_rps": 25, "burst_s": 1}, "/api/v2/product/update_stock", 1),
    "lazada": (2, {"inventory_rps": 2, "burst_s": 1}, "/product/stock/sellable/", 50),
}
OFF = {"shopee": {"shop_rps": 5000, "app_rps": 5000}, "lazada": {"api_rps": 5000, "inventory_rps": 5000}}
WARM_UP_S = 2
MOST_CALLS_PER_SECOND = 1000


class Shop(e2e.World):
    """One channel; the pace of its account can be changed between runs."""

    def __init__(self, channel, *rest):
        self.channel = channel
        self.pace = (MOST_CALLS_PER_SECOND, MOST_CALLS_PER_SECOND)
        super().__init__(*rest)

    def config_text(self):
        per_second, burst = self.pace
        head = super().config_text().split("\n[account.")[0]
        return head + e2e.ACCOUNT.format(name=self.channel, options=(
            f"base_url = {self.urls[self.channel]}\n"
            f"credentials_file = {self.folder / 'sandbox' / 'credentials.json'}\n"
            f"category_map = {ROOT}/config/maps/{self.channel}-categories.csv\n"
            f"attribute_map = {ROOT}/config/maps/{self.channel}-attributes.csv\n"
            f"calls_per_second = {per_second}\nburst = {burst}"))

    def set_pace(self, per_second, burst):
        self.pace = (per_second, burst)
        self.config.write_text(self.config_text())

    def rules(self, rules):
        self.control("POST", "/act", {"channel": self.channel, "act": "rules", "rules": rules})

    def truth_of(self):
        return self.control("GET", f"/truth?channel={self.channel}")["channels"][self.channel]

    def calls(self):
        return self.truth_of()["calls"]


def write_catalogue(folder, skus):
    """One product, one pool and one pack each; `pooled`, so that no push waits for a read."""
    folder.mkdir()
    picture = ROOT / "examples/long-an/images/dragon-fruit-red.png"
    (folder / "producers.csv").write_text("producer;kind;name_vi\nHTX;cooperative;HTX đo nhịp\n")
    pools = ["pool;producer;base_unit;name_vi"]
    products = ["product;producer;name_vi;description_vi;category;origin;storage;shelf_life_days;"
                "ship_hours_max;label_class;ingredients;usage;warnings;images"]
    packs = ["sku;product;name_vi;unit_vi;net_weight_g;package_weight_g;length_cm;width_cm;height_cm;"
             "price_vnd;recipe;policy;buffer"]
    for n in range(skus):
        pools.append(f"P-{n:05};HTX;piece;Kho {n}")
        products.append(f"G-{n:05};HTX;Thanh long đo nhịp {n:05};Thanh long trồng tại vườn, hái và đóng gói "
                        f"trong ngày, số {n}.;fruit/fresh;Long An;cool;10;72;raw_packed;Thanh long;"
                        f"Ăn tươi;Để mát;{picture}")
        packs.append(f"S-{n:05};G-{n:05};Hộp 5 kg;hộp;5000;5400;36;28;18;150000;P-{n:05}:1;pooled;0")
    for name, rows in (("pools", pools), ("products", products), ("variants", packs)):
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n")
    return stock_file(folder, skus, "first", 40)


def stock_file(folder, skus, lot, quantity):
    rows = ["pool;lot;quantity;harvested_on;expires_on"]
    rows += [f"P-{n:05};{lot};{quantity};2026-11-20;" for n in range(skus)]
    path = folder / "stock.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def steady_rate(before, after):
    """Calls a second from WARM_UP_S after the first one to the last whole second but one."""
    seconds = {int(at): n - before["by_second"].get(at, 0) for at, n in after["by_second"].items()}
    busy = sorted(at for at, n in seconds.items() if n > 0)
    first, last = busy[0] + WARM_UP_S, busy[-1] - 1
    if last <= first:
        raise AssertionError("the run was too short to measure: more --skus")
    return sum(n for at, n in seconds.items() if first <= at < last) / (last - first)


def measure(channel, given):
    allowed, limit, path, per_call = CHANNELS[channel]
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(channel, given.nongsan, given.sandbox, folder, 1)
        try:
            goods = pathlib.Path(folder) / "goods"
            write_catalogue(goods, given.skus)
            shop.rules(OFF[channel])
            started = time.monotonic()
            shop.run("import", "apply", str(goods))
            shop.run("publish", "--account", channel, "--wait", "60", allow=(0, 3))
            for _ in range(20):
                shop.run("sync", "listings", "--wait", "60", allow=(0, 3))
                if shop.run("channel", "list", as_json=True)["channels"][0]["live"] == given.skus:
                    break
            shop.run("sync", "all", "--wait", "30", allow=(0, 3))
            live = shop.run("channel", "list", as_json=True)["channels"][0]["live"]
            assert live == given.skus, f"{live} of {given.skus} are live"
            print(f"{channel}: {live} SKUs on show after {time.monotonic() - started:.0f} s", flush=True)

            shop.rules(limit)
            shop.set_pace(allowed, allowed)
            stock = stock_file(goods, given.skus, "second", 7)
            shop.run("import", "apply", str(stock))
            before = shop.calls()
            started = time.monotonic()
            shop.run("sync", "stock", "--wait", "60", allow=(0, 3))
            took = time.monotonic() - started
            after = shop.calls()
            level = {row["sku"]: row["stock"] for row in shop.truth_of()["listings"]}
            off = sum(1 for n in range(given.skus) if level.get(f"S-{n:05}") != 47)
        finally:
            shop.close()
    writes = sum(calls - before["by_path"].get(at, 0) for at, calls in after["by_path"].items()
                 if at.startswith(path))
    fewest = -(-given.skus // per_call)
    throttled = after["throttled"] - before["throttled"]
    rate = steady_rate(before, after)
    others = after["total"] - before["total"] - writes
    print(f"{channel}: {given.skus} SKUs in {took:.1f} s; {rate:.2f} calls a second of {allowed} allowed "
          f"({rate / allowed:.3f}); {writes} writing calls, fewest {fewest} ({writes / fewest:.3f}); "
          f"{others} other calls; throttled {throttled}; {off} levels not as wanted", flush=True)
    return (throttled == 0 and rate >= 0.9 * allowed and fewest <= writes <= 1.05 * fewest
            and off == 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--skus", type=int, default=5000)
    parser.add_argument("--channel", choices=sorted(CHANNELS))
    given = parser.parse_args()
    chosen = [given.channel] if given.channel else sorted(CHANNELS)
    good = [measure(channel, given) for channel in chosen]
    print("the bounds hold" if all(good) else "a bound is missed")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
