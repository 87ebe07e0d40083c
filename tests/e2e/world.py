"""A sandbox on free ports, a configuration for it, and nongsan as a user runs it."""
import json
import os
import pathlib
import signal
import subprocess
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

CHANNELS = ["provincial", "voso", "postmart", "lazada", "shopee"]

ACCOUNT = """
[account.{name}]
channel = {name}
{options}
lag_s = 0
clock_skew_s = 0
write_lands_within_s = 2
"""


class World:
    def __init__(self, nongsan, sandbox, folder, seed):
        self.binary = str(nongsan)
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(
            [str(sandbox), "--state", str(self.folder / "sandbox"), "--port-base", "0", "--seed",
             str(seed)], stdout=subprocess.PIPE, text=True)
        self.urls = json.loads(self.process.stdout.readline())
        self.config = self.folder / "nongsan.conf"
        self.config.write_text(self.config_text())

    def config_text(self):
        credentials = self.folder / "sandbox" / "credentials.json"
        text = (f"database = {self.folder}/nongsan.db\nkey_file = {self.folder}/nongsan.key\n"
                f"log_file = {self.folder}/nongsan.log\nlog_level = info\nworkers = 3\n"
                "listen_port = 0\npull_every_s = 1\nreconcile_every_s = 5\n")
        for name in ("provincial", "lazada", "shopee"):
            text += ACCOUNT.format(name=name, options=(
                f"base_url = {self.urls[name]}\ncredentials_file = {credentials}\n"
                f"category_map = {ROOT}/config/maps/{name}-categories.csv"
                + (f"\nattribute_map = {ROOT}/config/maps/{name}-attributes.csv"
                   if name != "provincial" else "")))
        for name in ("voso", "postmart"):
            text += ACCOUNT.format(name=name,
                                   options=f"exchange_dir = {self.urls[name]['exchange']}")
        return text

    def run(self, *words, allow=(0, 3), as_json=False):
        command = [self.binary, *words, "--config", str(self.config)]
        command += ["--json"] if as_json else []
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=300)
        if done.returncode not in allow:
            raise AssertionError(
                f"nongsan {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
        return json.loads(done.stdout) if as_json else done.stdout

    def serve(self):
        return subprocess.Popen([self.binary, "serve", "--config", str(self.config)],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.urls["control"] + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.loads(reply.read())

    def truth(self):
        channels = self.control("GET", "/truth")["channels"]
        return {name: channels[name] for name in CHANNELS}

    def clerks(self):
        self.control("POST", "/clerk", {})
        for channel in ("voso", "postmart"):
            self.run("worksheet", "confirm", channel, allow=(0, 1))

    def real_orders(self):
        out = {}
        for channel, truth in self.truth().items():
            for order in truth["orders"]:
                goods = {}
                for line in order["lines"]:
                    goods[line["sku"]] = goods.get(line["sku"], 0) + line["quantity"]
                out[(channel, order["order_id"])] = goods
        return out

    def booked_orders(self):
        out = {}
        for order in self.run("order", "list", "--limit", "100000", as_json=True)["orders"]:
            key = (order["account"], order["order"])
            assert key not in out, f"{key} is in the book twice"
            out[key] = {line["sku"]: line["quantity"] for line in order["lines"]}
        return out

    def twins(self):
        """SKUs that a channel lists more than once."""
        out = []
        for channel, truth in self.truth().items():
            skus = [row["sku"] for row in truth["listings"] if row["sku"]]
            out += [(channel, sku) for sku in set(skus) if skus.count(sku) > 1]
        return out

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def seed_from_environment(fallback):
    return int(os.environ.get("NONGSAN_TEST_SEED", fallback))
