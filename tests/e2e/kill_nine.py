"""kill -9 of the daemon at random moments of its work: no order lost or doubled, no twin, no
oversell, ledger sums equal, by the sandbox's truth. The seed is printed; NONGSAN_TEST_SEED reruns it.
"""
import argparse
import random
import sys
import tempfile
import time

from world import ROOT, World, seed_from_environment

KILLS = 20
BUYERS_PER_ROUND = 6
ROUNDS_TO_SETTLE = 12
PATIENCE_S_MAX = 1.6


def settle(world):
    for _ in range(ROUNDS_TO_SETTLE):
        world.run("sync", "all", "--wait", "10")
        world.clerks()
        if world.booked_orders() == world.real_orders():
            world.run("sync", "all", "--wait", "10")
            return


def check_stock(world):
    """Per pool: what all channels still show fits into what is there and not sold."""
    pools = {p["pool"]: p for p in world.run("stock", "show", as_json=True)["pools"]}
    for pool in pools.values():
        assert pool["reserved"] <= pool["on_hand"], f"oversold: {pool}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nongsan", required=True)
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--kills", type=int, default=KILLS)
    given = parser.parse_args()
    seed = seed_from_environment(random.SystemRandom().randrange(1_000_000))
    print(f"seed {seed}")
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        world = World(given.nongsan, given.sandbox, folder, seed)
        try:
            for name in ("long-an", "quang-ngai"):
                world.run("import", "apply", str(ROOT / "examples" / name))
            # The first kills hit the publishing itself.
            world.run("publish", "--wait", "0")
            listed = world.run("product", "list", "--limit", "1000", as_json=True)["products"]
            skus = sorted(v["sku"] for p in listed for v in p["variants"])
            for kill in range(given.kills):
                daemon = world.serve()
                daemon.stdout.readline()
                world.control("POST", "/buyers", {"count": BUYERS_PER_ROUND,
                                                  "seed": seed + kill, "skus": skus})
                time.sleep(dice.uniform(0.0, PATIENCE_S_MAX))  # the moment of the kill
                daemon.kill()
                daemon.wait()
                if kill % 5 == 4:
                    world.run("stock", "set", "LA-P-TLD", f"{dice.randint(300, 900)}kg")
                    world.clerks()
            settle(world)
            real, booked = world.real_orders(), world.booked_orders()
            print(f"{len(real)} orders in the sandbox, {len(booked)} in the book")
            assert real, "nobody bought anything: the test shows nothing"
            missing = sorted(set(real) - set(booked))
            assert not missing, f"lost: {missing}"
            assert booked == real, "goods differ: " + str(
                [k for k in real if booked.get(k) != real[k]])
            assert not world.twins(), f"listed twice: {world.twins()}"
            check_stock(world)
            world.run("db", "check", allow=(0,))
        finally:
            world.close()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
