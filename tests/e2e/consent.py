"""Letting nongsan into a shop by the browser: a callback on this machine, judged by the sandbox."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import world as e2e  # noqa: E402


def connect(world, *words):
    return subprocess.Popen([world.binary, "channel", "connect", *words, "--config", str(world.config)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def page_of(process, stream):
    """The first consent page that it prints."""
    for line in stream:
        found = re.search(r"http://\S+redirect\S+", line)
        if found:
            threading.Thread(target=stream.read, daemon=True).start()
            return found[0]
    raise AssertionError(f"no page; it ended with {process.wait()}")


def redirect_in(page):
    pairs = dict(pair.split("=", 1) for pair in page.split("?", 1)[1].split("&"))
    return urllib.request.unquote(pairs.get("redirect_uri") or pairs["redirect"])


def status_of(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def agree(world, channel):
    """A person agrees; meanwhile somebody guesses at the address."""
    process = connect(world, channel, "--listen", "0", "--wait", "60", "--json")
    page = page_of(process, process.stderr)
    redirect = redirect_in(page)
    assert redirect.startswith("http://127.0.0.1:"), redirect
    base, nonce = redirect.rsplit("/", 1)
    assert re.fullmatch("[0-9a-f]{32}", nonce), redirect
    assert status_of(base + "/" + "0" * 32 + "?code=forged")[0] == 404
    assert status_of(redirect)[0] == 404, "an address without an answer is none"
    assert process.poll() is None, "it still waits"
    status, text = status_of(page)
    assert status == 200 and "Đã nhận" in text and "code" not in text, text
    answer = json.loads(process.stdout.read())
    assert process.wait(timeout=60) == 0, answer
    assert answer["account"] == channel and answer["remote_id"], answer


def access_warning(world, channel, days):
    """What `channel list` says when access ends in so many days and a half."""
    rule = {"shopee": "consent_life_s", "lazada": "refresh_life_s"}[channel]
    world.control("POST", "/act", {"channel": channel, "act": "rules",
                                   "rules": {rule: days * 86_400 + 43_200}})
    agree(world, channel)
    done = subprocess.run([world.binary, "channel", "list", "--config", str(world.config)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found = re.search(rf"{channel}: quyền truy cập còn (\d+) ngày", done.stderr)
    return int(found[1]) if found else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    parser.add_argument("--sandbox", required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = e2e.World(given.nongsan, given.sandbox, folder, 1)
        try:
            late = connect(world, "shopee", "--listen", "0", "--wait", "1")
            out, err = late.communicate(timeout=60)
            assert late.returncode == 4 and "hết giờ" in err and "redirect" in out, (out, err)
            bad = connect(world, "shopee", "--listen", "99999")
            assert bad.wait(timeout=60) == 2

            for channel in ("shopee", "lazada"):
                agree(world, channel)
                world.run("channel", "test", channel)

            daemon = world.serve()
            try:
                daemon.stdout.readline()
                agree(world, "lazada")  # the daemon spends the code, and waits for nobody
            finally:
                daemon.terminate()
                daemon.wait(timeout=60)

            for days in (31, 30, 14, 7, 3, 1):
                for channel in ("shopee", "lazada"):
                    if channel == "shopee" and days > 29:
                        continue  # the refresh token ends after 30 days, whatever the consent
                    said = access_warning(world, channel, days)
                    wanted = days if days <= 30 else None
                    assert said == wanted, f"{channel}: {days} days left, said {said}"
        finally:
            world.close()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
