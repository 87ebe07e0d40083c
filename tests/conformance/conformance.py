"""Runs client libraries of the npm registry, unmodified, against a fresh sandbox: installs them by the
lock file beside the vendor's run.py, starts the sandbox, runs the client script, reads the truth.
Without node or npm it ends with a plain message and exit code 1; it never skips.
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

INSTALL_S_MAX = 400
RUN_S_MAX = 120


def need(program):
    found = shutil.which(program)
    if found is None:
        sys.exit(f"{program} is not installed; the conformance suite needs nodejs and npm")
    return found


def install(here, work):
    """npm ci into `work`, once per lock file."""
    lock = (here / "package-lock.json").read_bytes()
    stamp = work / "node_modules" / ".installed"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(here / name, work / name)
    done = subprocess.run(
        [need("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=INSTALL_S_MAX)
    if done.returncode != 0:
        sys.exit("npm ci failed; the npm registry must be reachable:\n" + done.stdout)
    stamp.write_text(wanted)


def run_client(work, script, arguments):
    """The JSON of its last line. The script lies beside node_modules, where both module systems look."""
    shutil.copy(script, work / script.name)
    done = subprocess.run(
        [need("node"), str(work / script.name), *arguments],
        env={**os.environ, "NODE_NO_WARNINGS": "1"}, stdout=subprocess.PIPE, text=True,
        timeout=RUN_S_MAX)
    if done.returncode != 0:
        sys.exit("the client failed:\n" + done.stdout)
    return json.loads(done.stdout.splitlines()[-1])


def judge(channel, script, arguments_of, compare, summary):
    """`arguments_of(urls, credentials)`, `compare(believed, truth)`, `summary(believed, truth)`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    given = parser.parse_args()
    need("node")
    need("npm")
    given.work.mkdir(parents=True, exist_ok=True)
    install(script.parent, given.work)
    with tempfile.TemporaryDirectory() as folder:
        sandbox = subprocess.Popen(
            [given.sandbox, "--state", folder, "--port-base", "0", "--seed", "7"],
            stdout=subprocess.PIPE, text=True)
        try:
            urls = json.loads(sandbox.stdout.readline())
            keys = json.loads((pathlib.Path(folder) / "credentials.json").read_text())[channel]
            believed = run_client(given.work, script, arguments_of(urls, keys))
            with urllib.request.urlopen(f"{urls['control']}/truth?channel={channel}") as reply:
                truth = json.loads(reply.read())["channels"][channel]
        finally:
            sandbox.send_signal(signal.SIGTERM)
            sandbox.wait(timeout=30)
    problems = compare(believed, truth)
    if sandbox.returncode != 0:
        problems.append(f"the sandbox ended with {sandbox.returncode}")
    print(f"{summary(believed, truth)}; {len(problems)} differences")
    sys.exit("\n".join(problems) if problems else 0)
