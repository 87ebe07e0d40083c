"""A seller's day at Shopee, Lazada and the provincial store through the program: take over what the
shop holds, sell, ship with a label or a note, cancel, hear the channel's messages, read the money;
a portal pulls the feed. Judged by the sandbox's truth.
"""
import argparse
import gzip
import json
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request

from world import ROOT, World, seed_from_environment

SHOPS = ("shopee", "lazada")
STORE = "provincial"
PATIENCE_S = 60


def wait_for(what, holds):
    """Until the daemon has done it; the daemon runs in real time."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.1)


def fill(world):
    world.run("import", "apply", str(ROOT / "examples/long-an"))
    world.run("stock", "set", "LA-P-TLD", "200kg")
    for shop in SHOPS:
        pages = world.run("channel", "connect", shop, as_json=True)["pages"]
        assert pages and pages[0]["url"].startswith("http"), pages
        drifts = world.run("channel", "maps", shop, allow=(0,), as_json=True)
        assert drifts["jobs_discarded"] == 0, drifts
        preview = world.run("publish", "--dry-run", "--account", shop, allow=(0,), as_json=True)
        assert preview["listings"], preview
        assert all(not row["problems"] for row in preview["listings"]), preview
        before = world.truth()[shop]["calls"]["writes"]
        assert before == 0, f"{shop}: a dry run has written"
        world.run("publish", "--account", shop, "--wait", "30")
        world.run("sync", "all", "--account", shop, "--wait", "30")


def fill_the_store(world):
    world.run("publish", "--account", STORE, "--wait", "30")
    world.run("sync", "all", "--account", STORE, "--wait", "30")


def sku_on_sale(world, shop):
    return next(row["sku"] for row in world.truth()[shop]["listings"]
                if row["sku"].startswith("LA-") and row["visible"] and row["stock"] >= 4)


def in_truth(world, order):
    return next(row for row in world.truth()[STORE]["orders"] if row["order_id"] == order)


def the_store_ships_with_a_note(world):
    """The buyer is told the number once, however often it is asked for."""
    sku = sku_on_sale(world, STORE)
    sent, stopped = buy(world, STORE, sku, 1), buy(world, STORE, sku, 2)
    before = next(row for row in world.truth()[STORE]["listings"] if row["sku"] == sku)["stock"]
    wait_for(f"{STORE}: orders", lambda: {sent, stopped} <= booked(world, STORE).keys())
    for _ in range(2):
        shipped = world.run("order", "ship", STORE, sent, "--carrier", "VNPost", "--tracking",
                            "EB123456789VN", "--wait", "30", as_json=True)
        assert shipped["state"] == "done", shipped
        assert [p["tracking_number"] for p in shipped["parcels"]] == ["EB123456789VN"], shipped
    truth = in_truth(world, sent)
    assert truth["status"] == "completed", truth
    assert [note["customer"] for note in truth["notes"]] == [True], truth
    assert booked(world, STORE)[sent]["status"] == "completed"
    refused_label = world.run("order", "label", STORE, sent, "--out",
                              str(world.folder / "none.pdf"), "--wait", "30", allow=(1,),
                              as_json=True)
    assert refused_label["state"] == "refused", refused_label
    ended = world.run("order", "cancel", STORE, stopped, "--reason", "out_of_stock", "--wait",
                      "30", as_json=True)
    assert ended["state"] == "done", ended
    truth = in_truth(world, stopped)
    assert truth["status"] == "cancelled" and len(truth["notes"]) == 1, truth
    assert booked(world, STORE)[stopped]["status"] == "cancelled"
    after = next(row for row in world.truth()[STORE]["listings"] if row["sku"] == sku)["stock"]
    assert after >= before, "the packs of a cancelled order did not come back"
    world.run("sync", "settlements", "--account", STORE, "--wait", "30", allow=(0,))


def packs_are_together(world):
    """The packs of a product are variations of one listing."""
    for shop in SHOPS:
        listings = world.truth()[shop]["listings"]
        ours = {row["sku"]: row for row in listings if row["sku"].startswith("LA-TLD")}
        items = {str(row.get("item_id") or row["remote_id"]).split("/")[0]
                 for row in ours.values()}
        assert len(ours) > len(items), f"{shop}: {ours}"


def the_store_is_checked(world):
    """A shop without a consent page is asked whether it is set up for us; nothing is written."""
    before = world.truth()["provincial"]["calls"]["writes"]
    good = world.run("channel", "connect", "provincial", allow=(0,), as_json=True)
    assert good["ok"] and {row["subject"] for row in good["findings"]} >= {"write", "currency"}, good
    world.control("POST", "/act", {"channel": "provincial", "act": "set_up",
                                   "permissions": "read"})
    bad = world.run("channel", "connect", "provincial", allow=(1,), as_json=True)
    wrong = [row["subject"] for row in bad["findings"] if row["level"] == "problem"]
    assert not bad["ok"] and wrong == ["write"], bad
    world.control("POST", "/act", {"channel": "provincial", "act": "set_up",
                                   "permissions": "read_write"})
    # A batch without elements counts as a write here; no product came of it.
    assert world.truth()["provincial"]["calls"]["writes"] <= before + 2
    assert not world.truth()["provincial"]["listings"]


def buy(world, shop, sku, quantity):
    order = world.control("POST", "/orders",
                          {"channel": shop, "lines": [{"sku": sku, "quantity": quantity}]})
    return str(order["order_id"])


def booked(world, shop):
    world.run("sync", "orders", "--account", shop, "--wait", "5")
    return {o["order"]: o for o in
            world.run("order", "list", "--account", shop, as_json=True)["orders"]}


def ship(world, shop, order):
    world.run("order", "ship", shop, order, "--dry-run", allow=(0,))
    shipped = world.run("order", "ship", shop, order, "--wait", "30", as_json=True)
    assert shipped["state"] == "done", shipped
    assert shipped["parcels"] and all(p["tracking_number"] for p in shipped["parcels"]), shipped
    again = world.run("order", "ship", shop, order, "--wait", "30", as_json=True)
    assert [p["package"] for p in again["parcels"]] == [
        p["package"] for p in shipped["parcels"]], (shipped, again)
    label = world.folder / f"{shop}.pdf"
    world.run("order", "label", shop, order, "--out", str(label), "--wait", "30", allow=(0,))
    assert label.stat().st_size > 100, label


def ship_and_cancel(world):
    wanted = {}
    for shop in SHOPS:
        sku = next(row["sku"] for row in world.truth()[shop]["listings"]
                   if row["sku"].startswith("LA-") and row["stock"] >= 4)
        wanted[shop] = (sku, buy(world, shop, sku, 1), buy(world, shop, sku, 2))
    for shop, (sku, sent, stopped) in wanted.items():
        wait_for(f"{shop}: orders ready to ship", lambda: all(
            booked(world, shop).get(order, {}).get("status") == "to_ship"
            for order in (sent, stopped)))
        ship(world, shop, sent)
        ended = world.run("order", "cancel", shop, stopped, "--reason", "out_of_stock",
                          "--wait", "30", as_json=True)
        assert ended["state"] == "done", ended
        wait_for(f"{shop}: {stopped} cancelled",
                 lambda: booked(world, shop)[stopped]["status"] == "cancelled")
        shown = next(row for row in world.truth()[shop]["listings"] if row["sku"] == sku)
        assert shown["stock"] > 0, f"{shop}: cancelling took the listing's stock away"


def money(world):
    for shop in SHOPS:
        world.run("sync", "settlements", "--account", shop, "--wait", "30")
        world.run("sync", "returns", "--account", shop, "--wait", "30")
        rows = world.run("settlement", "list", "--account", shop, as_json=True)["settlements"]
        for row in rows:
            assert row["balances"], row
            assert row["gross"] + row["fees"] + row["tax"] + row["refund"] == row["net"], row


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refused(url):
    forged = urllib.request.Request(url, data=b'{"code":3,"data":{"ordersn":"X"}}', method="POST",
                                    headers={"Authorization": "0" * 64})
    try:
        urllib.request.urlopen(forged, timeout=30)
    except urllib.error.HTTPError as answer:
        return answer.code
    return 200


def messages(world):
    """The channel's message brings the order home before any timetable would; each comes twice."""
    base = f"http://127.0.0.1:{free_port()}"
    text = world.config.read_text().replace("pull_every_s = 1\n", "pull_every_s = 80000\n")
    text = text.replace("listen_port = 0", "listen_port = " + base.rsplit(":", 1)[1])
    for shop in (*SHOPS, STORE):
        text = text.replace(f"channel = {shop}\n",
                            f"channel = {shop}\nhook_url = {base}/hooks/{shop}\n")
    world.config.write_text(text)
    daemon = world.serve()
    try:
        assert json.loads(daemon.stdout.readline())["listening"] == base
        assert refused(base + "/hooks/nobody") == 404
        world.control("POST", "/faults", [
            {"channel": shop, "path": "push/", "kind": "push_twice", "times": -1, "probability": 1}
            for shop in (*SHOPS, STORE)])
        for shop in (*SHOPS, STORE):
            assert refused(f"{base}/hooks/{shop}") == 401, shop
            if shop == STORE:  # by its own API, and through the daemon
                world.run("channel", "subscribe", shop, allow=(0,))
                world.run("channel", "subscribe", shop, allow=(0,))
            else:
                world.control("POST", "/push", {"channel": shop, "url": f"{base}/hooks/{shop}"})
            before = len(world.run("order", "list", "--account", shop, as_json=True)["orders"])
            sku = sku_on_sale(world, shop)
            order = buy(world, shop, sku, 1)
            wait_for(f"{shop} {order}", lambda: order in {
                o["order"] for o in
                world.run("order", "list", "--account", shop, as_json=True)["orders"]})
            pushes = world.truth()[shop]["pushes"]
            assert pushes["delivered"] > 0 and pushes["lost"] == 0, pushes
            after = len(world.run("order", "list", "--account", shop, as_json=True)["orders"])
            assert after == before + 1, (shop, before, after)
    finally:
        daemon.terminate()
        code = daemon.wait(timeout=60)
    assert code == 0, f"the daemon ended with {code}"


def pull_feed(url, **headers):
    asked = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers), b""


def a_portal_pulls_the_feed(world):
    """Written by the timetable, served as it is, and never short of many items unasked."""
    path = world.folder / "products.xml"
    text = world.config.read_text().replace("workers = 3\n", (
        f"workers = 3\nfeed_path = {path}\nfeed_link_base = https://san.example.vn/p/\n"
        f"feed_images_base = https://anh.example.vn/\nfeed_account = {STORE}\n"))
    world.config.write_text(text)
    look = world.run("feed", "write", "--dry-run", allow=(0,), as_json=True)
    assert look["items"] > 10 and not look["written"] and not path.exists(), look
    daemon = world.serve()
    try:
        url = json.loads(daemon.stdout.readline())["listening"] + "/feed/products.xml"
        wait_for("the feed", lambda: pull_feed(url)[0] == 200)
        _, headers, body = pull_feed(url)
        assert body == path.read_bytes() and body.count(b"<item>") == look["items"], headers
        assert pull_feed(url, If_None_Match=headers["ETag"])[0] == 304
        packed = pull_feed(url, Accept_Encoding="gzip")
        assert gzip.decompress(packed[2]) == body, packed[1]
        skus = [sku.split("<")[0] for sku in body.decode().split("<g:id>")[1:]]
        for sku in skus[:8]:
            world.run("publish", "--account", STORE, "--sku", sku, "--withdraw", "--wait", "5")
        refused_one = world.run("feed", "write", allow=(1,), as_json=True)
        assert len(refused_one["dropped"]) == 8 and not refused_one["written"], refused_one
        assert path.read_bytes() == body, "a refused feed was written"
        world.run("feed", "write", "--force", allow=(0,))
        assert pull_feed(url, If_None_Match=headers["ETag"])[0] == 200
        assert path.read_bytes().count(b"<item>") == look["items"] - 8
    finally:
        daemon.terminate()
        code = daemon.wait(timeout=60)
    assert code == 0, f"the daemon ended with {code}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    parser.add_argument("--sandbox", required=True)
    given = parser.parse_args()
    seed = seed_from_environment(41)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        world = World(given.nongsan, given.sandbox, folder, seed)
        try:
            fill(world)
            packs_are_together(world)
            the_store_is_checked(world)
            fill_the_store(world)
            the_store_ships_with_a_note(world)
            ship_and_cancel(world)
            money(world)
            messages(world)
            a_portal_pulls_the_feed(world)
            assert not world.twins(), world.twins()
        finally:
            world.close()
    print("a seller's day: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
