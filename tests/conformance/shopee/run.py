"""Installs the clients of package-lock.json, runs client.mjs against a fresh sandbox and compares what
the clients believe with the sandbox's truth.

    run.py --sandbox BINARY --work FOLDER     exit code 1 with a plain message when anything differs
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from conformance import judge  # noqa: E402


def orders_of(rows):
    return {row["order_id"]: (row["status"], sorted((line["sku"], line["quantity"], line["price"])
                                                   for line in row["lines"])) for row in rows}


def compare(believed, truth):
    problems = []
    rows = {row["sku"]: row for row in truth["listings"]}
    seen = {row["sku"]: row for row in believed["sdk"]["listings"]}
    if set(seen) != set(rows):
        problems.append(f"the client saw {sorted(seen)}, the shop has {sorted(rows)}")
    for sku in set(seen) & set(rows):
        for member in ("name", "price", "stock", "visible"):
            if seen[sku][member] != rows[sku][member]:
                problems.append(f"{sku}: {member} {seen[sku][member]}, in truth {rows[sku][member]}")
    orders = orders_of(truth["orders"])
    if len(orders) != 3 or orders_of(believed["open_api"]["orders"]) != orders:
        problems.append(f"the client saw {believed['open_api']['orders']}, in truth {orders}")
    if set(orders_of(believed["sdk"]["orders"])) != set(orders):
        problems.append("the SDK did not see every order")
    heard = sorted((push["code"], push["data"]["ordersn"], push["data"].get("status", ""))
                   for push in believed["heard"] if push["code"] in (3, 4))
    sent = sorted((push["code"], push["data"]["ordersn"], push["data"].get("status", ""))
                  for push in (json.loads(one["body"]) for one in truth["pushes"]["messages"])
                  if push["code"] in (3, 4))
    if heard != sent or not heard:
        problems.append(f"the client heard {heard}, the shop told {sent}")
    if truth["pushes"]["delivered"] != truth["pushes"]["made"] or truth["calls"]["throttled"]:
        problems.append(f"undelivered messages or throttled calls: {truth['calls']['throttled']}")
    return problems


def arguments_of(urls, keys):
    return [urls["control"], urls["shopee"], str(keys["partner_id"]), keys["partner_key"],
            str(keys["shop_id"]), keys["push_key"]]


def summary(_, truth):
    return (f"{len(truth['listings'])} SKUs, {len(truth['orders'])} orders, "
            f"{truth['pushes']['delivered']} messages, {truth['calls']['total']} calls")


if __name__ == "__main__":
    judge("shopee", HERE / "client.mjs", arguments_of, compare, summary)
