"""Commands that change something, given while the daemon holds the database: they run in the
daemon, their effect is in the sandbox's truth, and a killed or stopped daemon is told plainly."""
import argparse
import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time

from world import ROOT, World, seed_from_environment

SYNC_SECONDS_MAX = 120
DAEMON_ENDS_WITHIN_S = 40


class Shop:
    """A world with a daemon in it. stdout and stderr of a command are kept apart."""

    def __init__(self, world):
        self.world = world
        self.daemon = None

    def start(self):
        self.daemon = self.world.serve()
        assert "listening" in self.daemon.stdout.readline(), "the daemon did not start"

    def command(self, *words):
        return [self.world.binary, *words, "--config", str(self.world.config)]

    def ask(self, *words, code=0, cwd=None):
        done = subprocess.run(self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=300, cwd=cwd)
        assert done.returncode == code, (
            f"{words}: {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}")
        return done

    def run_anyhow(self, *words):
        return subprocess.run(self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=300)

    def jobs(self, state):
        listed = self.ask("queue", "list", "--state", state, "--limit", "100000", "--json").stdout
        return [job["job"] for job in json.loads(listed)["jobs"]]

    def socket_file(self):
        return self.world.folder / "nongsan.db.sock"

    def stop(self):
        self.daemon.send_signal(signal.SIGTERM)
        return self.daemon.wait(timeout=DAEMON_ENDS_WITHIN_S)

    def shown(self, channel, sku):
        """What a channel really shows of a SKU, or nothing."""
        rows = [r for r in self.world.truth()[channel]["listings"] if r["sku"] == sku]
        return rows[0] if rows else None


def same_words_with_and_without(shop):
    """stdout is the same, byte for byte, whether a daemon runs or not."""
    questions = [("import", "check", "examples/long-an"),
                 ("stock", "set", "LA-P-TLD", "3 tạ 2", "--dry-run"),
                 ("stock", "set", "LA-P-TLD", "3 tạ 2", "--dry-run", "--json"),
                 ("stock", "set", "LA-P-TLD", "3 tạ 2", "--dry-run", "--lang", "en"),
                 ("channel", "test"), ("channel", "test", "--json")]
    alone = [shop.ask(*q, cwd=ROOT).stdout for q in questions]
    shop.start()
    for question, expected in zip(questions, alone):
        assert shop.ask(*question, cwd=ROOT).stdout == expected, question


def importing(shop):
    """The path is the caller's, not the daemon's."""
    done = shop.ask("import", "apply", "examples/long-an", cwd=ROOT)
    assert "variants" in done.stdout, done.stdout
    shop.ask("import", "apply", "quang-ngai", "--json", cwd=ROOT / "examples")
    variants = json.loads(shop.ask("db", "status", "--json").stdout)["variants"]
    assert variants >= 25, variants
    assert "no-such-folder" in shop.ask("import", "apply", "no-such-folder", code=2).stderr


def publishing_and_syncing(shop):
    shop.ask("publish", "--wait", "20")
    for channel in ("shopee", "lazada", "provincial"):
        assert shop.world.truth()[channel]["listings"], f"nothing on {channel}"
    shop.ask("stock", "set", "LA-P-TLD", "640kg", "--note", "kiểm kê")
    pool = json.loads(shop.ask("stock", "show", "LA-P-TLD", "--json").stdout)["pools"][0]
    assert pool["on_hand"] == 640_000, pool
    summary = json.loads(shop.ask("sync", "all", "--json", "--wait", "20").stdout)
    assert set(summary) == {"accounts", "jobs_completed", "jobs_discarded", "jobs_waiting"}
    assert summary["jobs_completed"] >= 5, summary
    before = {c: shop.shown(c, "LA-TLD-5KG")["stock"] for c in ("shopee", "lazada")}
    shop.ask("stock", "set", "LA-P-TLD", "0kg")
    shop.ask("sync", "stock", "--wait", "20")
    after = {c: shop.shown(c, "LA-TLD-5KG")["stock"] for c in ("shopee", "lazada")}
    assert any(before.values()), before
    assert not any(after.values()), f"sold out, but still shown: {after}"


def confirming(shop):
    shop.ask("worksheet", "export", "voso")
    shop.world.control("POST", "/clerk", {})
    done = shop.ask("worksheet", "confirm", "voso", "--by", "bưu cục", "--json")
    assert json.loads(done.stdout)["confirmed"] > 0, done.stdout
    assert shop.world.truth()["voso"]["listings"], "the clerk typed nothing"


def retrying(shop):
    """A job that was given up runs again and comes to its end."""
    shop.world.control("POST", "/faults", [
        {"channel": "provincial", "path": "/products", "kind": "status", "status": 400,
         "body": "{}"}])
    failed = shop.run_anyhow("sync", "listings", "--account", "provincial", "--wait", "5")
    assert failed.returncode not in (0, 5), (failed.returncode, failed.stderr)
    shop.world.control("POST", "/faults", [])
    given_up = shop.jobs("discarded")
    assert given_up, "the fault made no job fail"
    done = shop.ask("queue", "retry", str(given_up[0]))
    assert str(given_up[0]) in done.stdout, done.stdout
    shop.ask("sync", "listings", "--account", "provincial", "--wait", "5")
    assert given_up[0] in shop.jobs("completed"), shop.jobs("completed")
    assert "không chờ" in shop.ask("queue", "retry", "999999", code=1).stderr


def refusing(shop):
    assert "đã chạy" in shop.ask("serve", code=5).stderr
    assert "stop it" in shop.ask("db", "migrate", "--lang", "en", code=5).stderr
    assert "shopee: OK" in shop.ask("config", "check").stdout
    assert "NO-SUCH" in shop.ask("stock", "set", "NO-SUCH", "1kg", code=1).stderr
    assert "320kg" in shop.ask("stock", "set", "LA-P-TLD", "nhiều", code=2).stderr
    mode = os.stat(shop.socket_file()).st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600, oct(mode)
    with socket.socket(socket.AF_UNIX) as wire:
        wire.connect(str(shop.socket_file()))
        wire.sendall(b'{"v":1,"command":"stock set","options":{"no-such":""}}\n')
        assert b'"exit":2' in wire.makefile("rb").read()


def many_at_once(shop):
    """Six counters of six pools at the same time: each is told 0, each is in the book."""
    pools = [p["pool"] for p in json.loads(shop.ask("stock", "show", "--json").stdout)["pools"]][:6]
    counted = {pool: 77_000 + place for place, pool in enumerate(pools)}
    running = [subprocess.Popen(shop.command("stock", "set", pool, str(count)),
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
               for pool, count in counted.items()]
    for one in running:
        error = one.communicate(timeout=120)[1]
        assert one.returncode == 0, error
    book = {p["pool"]: p["on_hand"] for p in json.loads(
        shop.ask("stock", "show", "--json").stdout)["pools"]}
    assert all(book[pool] == count for pool, count in counted.items()), (counted, book)


def is_asking(process):
    """Once it asks the daemon it keeps SIGINT to itself."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("SigBlk:"):
            return bool(int(line.split()[1], 16) & 1 << (signal.SIGINT - 1))
    return False


def a_sync_that_waits(shop):
    """A forwarded sync that is in the middle of its work: a channel answers late."""
    shop.world.control("POST", "/faults", [
        {"channel": "lazada", "path": "/orders/get", "kind": "delay", "delay_ms": 4000}])
    waiting = subprocess.Popen(shop.command("sync", "orders", "--account", "lazada"),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + SYNC_SECONDS_MAX
    while time.monotonic() < end:
        jobs = json.loads(shop.ask("queue", "list", "--state", "running", "--json").stdout)["jobs"]
        pulls = [j for j in jobs if (j["account"], j["kind"]) == ("lazada", "pull_orders")]
        if pulls and is_asking(waiting):
            return waiting
        assert waiting.poll() is None, "the sync ended before its jobs ran: " + str(
            waiting.communicate())
    raise AssertionError("the job never ran")


def interrupted(shop):
    waiting = a_sync_that_waits(shop)
    waiting.send_signal(signal.SIGINT)
    error = waiting.communicate(timeout=20)[1]
    assert waiting.returncode == 130, (waiting.returncode, error)
    assert "chạy tiếp" in error, error
    assert shop.daemon.poll() is None, "the daemon went with it"
    shop.world.control("POST", "/faults", [])
    shop.ask("stock", "set", "LA-P-TLD", "500kg")


def stopped_in_order(shop):
    waiting = a_sync_that_waits(shop)
    code = shop.stop()
    error = waiting.communicate(timeout=20)[1]
    assert code == 0, f"the daemon ended with {code}"
    assert waiting.returncode == 1, (waiting.returncode, error)
    assert "đang dừng" in error, error
    assert not shop.socket_file().exists(), "an orderly end leaves no socket"
    shop.world.control("POST", "/faults", [])


def killed(shop):
    shop.start()
    waiting = a_sync_that_waits(shop)
    shop.daemon.kill()
    shop.daemon.wait()
    error = waiting.communicate(timeout=20)[1]
    assert waiting.returncode == 1, (waiting.returncode, error)
    assert "đã dừng trước khi lệnh xong" in error, error
    shop.world.control("POST", "/faults", [])
    assert shop.socket_file().exists(), "kill -9 leaves the socket"
    # Without a daemon the stale socket is in nobody's way, and the next daemon replaces it.
    shop.ask("stock", "set", "LA-P-TLD", "510kg")
    shop.start()
    shop.ask("stock", "set", "LA-P-TLD", "520kg")
    assert shop.stop() == 0
    shop.ask("db", "check")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    parser.add_argument("--sandbox", required=True)
    given = parser.parse_args()
    seed = seed_from_environment(20261124)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        world = World(given.nongsan, given.sandbox, folder, seed)
        shop = Shop(world)
        try:
            for name in ("long-an",):
                world.run("import", "apply", str(ROOT / "examples" / name))
            for step in (same_words_with_and_without, importing, publishing_and_syncing,
                         confirming, retrying, refusing, many_at_once, interrupted,
                         stopped_in_order, killed):
                began = time.monotonic()
                step(shop)
                print(f"{step.__name__}: {time.monotonic() - began:.1f} s", flush=True)
        except AssertionError:
            log = pathlib.Path(folder) / "nongsan.log"
            print(log.read_text(encoding="utf-8")[-6000:] if log.exists() else "no log")
            raise
        finally:
            if shop.daemon and shop.daemon.poll() is None:
                shop.daemon.kill()
                shop.daemon.wait()
            world.close()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
