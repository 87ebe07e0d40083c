"""Installs the client of package-lock.json, runs client.js against a fresh sandbox and compares what
the client believes with the sandbox's truth.

    run.py --sandbox BINARY --work FOLDER     exit code 1 with a plain message when anything differs
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
INSTALL_S_MAX = 400
RUN_S_MAX = 120


def need(program):
    found = shutil.which(program)
    if found is None:
        sys.exit(f"{program} is not installed; the conformance suite needs nodejs and npm")
    return found


def install(work):
    """npm ci into `work`, once per lock file."""
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = work / "node_modules" / ".installed"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, work / name)
    done = subprocess.run(
        [need("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=INSTALL_S_MAX)
    if done.returncode != 0:
        sys.exit("npm ci failed; the npm registry must be reachable:\n" + done.stdout)
    stamp.write_text(wanted)


def run_client(work, urls, credentials):
    done = subprocess.run(
        [need("node"), str(HERE / "client.js"), urls["control"], urls["lazada"],
         credentials["app_key"], credentials["app_secret"]],
        env={**os.environ, "NODE_PATH": str(work / "node_modules"), "NODE_NO_WARNINGS": "1"},
        stdout=subprocess.PIPE, text=True, timeout=RUN_S_MAX)
    if done.returncode != 0:
        sys.exit("the client failed:\n" + done.stdout)
    return json.loads(done.stdout.splitlines()[-1])


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    given = parser.parse_args()
    need("node")
    need("npm")
    given.work.mkdir(parents=True, exist_ok=True)
    install(given.work)
    with tempfile.TemporaryDirectory() as folder:
        sandbox = subprocess.Popen([given.sandbox, "--state", folder, "--port-base", "0", "--seed", "7"],
                                   stdout=subprocess.PIPE, text=True)
        try:
            urls = json.loads(sandbox.stdout.readline())
            credentials = json.loads((pathlib.Path(folder) / "credentials.json").read_text())["lazada"]
            believed = run_client(given.work, urls, credentials)
            with urllib.request.urlopen(urls["control"] + "/truth?channel=lazada") as reply:
                truth = json.loads(reply.read())["channels"]["lazada"]
        finally:
            sandbox.send_signal(signal.SIGTERM)
            sandbox.wait(timeout=30)
    problems = compare(believed, truth)
    print(f"{len(believed['listings'])} SKUs, {len(believed['orders'])} orders, "
          f"{truth['calls']['total']} calls; {len(problems)} differences")
    sys.exit("\n".join(problems) if problems else 0)


if __name__ == "__main__":
    main()
