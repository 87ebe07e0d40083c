"""Installs the client of package-lock.json, runs client.js against a fresh sandbox and compares what
the client believes with the sandbox's truth.

    run.py --sandbox BINARY --work FOLDER     exit code 1 with a plain message when anything differs
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from conformance import judge  # noqa: E402


def lines_of(order):
    return sorted((line["sku"], line["quantity"], line["price"]) for line in order["lines"])


def compare(believed, truth):
    problems = []
    rows = {row["sku"]: row for row in truth["listings"]}
    for sku in believed["removed"]:
        if sku in rows:
            problems.append(f"{sku} was removed and is still listed")
    seen = {row["sku"]: row for row in believed["listings"] if row["sku"] not in believed["removed"]}
    if set(seen) != set(rows):
        problems.append(f"the client saw {sorted(seen)}, the shop has {sorted(rows)}")
    for sku in set(seen) & set(rows):
        for member in ("name", "price", "stock"):
            if seen[sku][member] != rows[sku][member]:
                problems.append(f"{sku}: {member} {seen[sku][member]}, in truth {rows[sku][member]}")
    orders = {order["order_id"]: lines_of(order) for order in truth["orders"]}
    if {order["order_id"]: lines_of(order) for order in believed["orders"]} != orders:
        problems.append(f"the client saw {believed['orders']}, in truth {truth['orders']}")
    if not orders or truth["calls"]["throttled"]:
        problems.append(f"orders {len(orders)}, throttled {truth['calls']['throttled']}")
    return problems


def arguments_of(urls, keys):
    return [urls["control"], urls["lazada"], keys["app_key"], keys["app_secret"]]


def summary(believed, truth):
    return (f"{len(believed['listings'])} SKUs, {len(believed['orders'])} orders, "
            f"{truth['calls']['total']} calls")


if __name__ == "__main__":
    judge("lazada", HERE / "client.js", arguments_of, compare, summary)
