"""Installs the clients of package-lock.json, runs client.mjs against a fresh sandbox and compares what
the clients believe with the sandbox's truth.

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


def run_client(work, urls, given):
    shutil.copy(HERE / "client.mjs", work / "client.mjs")  # beside node_modules
    done = subprocess.run(
        [need("node"), str(work / "client.mjs"), urls["control"], urls["shopee"],
         str(given["partner_id"]), given["partner_key"], str(given["shop_id"]), given["push_key"]],
        env={**os.environ, "NODE_NO_WARNINGS": "1"}, stdout=subprocess.PIPE, text=True,
        timeout=RUN_S_MAX)
    if done.returncode != 0:
        sys.exit("the client failed:\n" + done.stdout)
    return json.loads(done.stdout.splitlines()[-1])


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
            credentials = json.loads((pathlib.Path(folder) / "credentials.json").read_text())["shopee"]
            believed = run_client(given.work, urls, credentials)
            with urllib.request.urlopen(urls["control"] + "/truth?channel=shopee") as reply:
                truth = json.loads(reply.read())["channels"]["shopee"]
        finally:
            sandbox.send_signal(signal.SIGTERM)
            sandbox.wait(timeout=30)
    problems = compare(believed, truth)
    print(f"{len(truth['listings'])} SKUs, {len(truth['orders'])} orders, "
          f"{truth['pushes']['delivered']} messages, {truth['calls']['total']} calls; "
          f"{len(problems)} differences")
    sys.exit("\n".join(problems) if problems else 0)


if __name__ == "__main__":
    main()
