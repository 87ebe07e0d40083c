"""The house's rules that no compiler knows: include direction, a connector's shape, sizes, secrets.

    python3 tests/tidy/tidy.py [ROOT]      prints every breach; exit code 1 when there is one
"""
import pathlib
import re
import sys

# A folder may include itself and these.
MAY_INCLUDE = {
    "base": set(),
    "catalog": {"base"},
    "config": {"base"},
    "connectors": {"base", "catalog"},
    "feed": {"base", "catalog"},
    "jobs": {"base", "catalog", "connectors"},
    "storage": {"base", "catalog", "jobs"},
    "server": {"base"},
    "sandbox": {"base", "server"},
    "app": {"base", "catalog", "config", "connectors", "feed", "jobs", "server", "storage"},
}
# Third-party headers that stay inside these folders.
FENCED = {
    r"SQLiteCpp/|sqlite3\.h": {"storage"},
    r"libxml/": {"connectors", "feed", "sandbox"},
    r"cpprest/": {"connectors", "sandbox"},
    r"curl/": {"connectors", "sandbox"},
    r"boost/(beast|asio)": {"server"},
    r"unicode/": {"base"},
    r"spdlog/": {"base"},
}
CONNECTOR_FILES = ["README.md", "sample.conf", "CMakeLists.txt", "connector.h", "connector.cpp",
                   "client.h", "client.cpp", "mapping.h", "mapping.cpp", "errors.h", "errors.cpp",
                   "mapping_test.cpp", "client_test.cpp", "contract_test.cpp"]
LINES_MAX = {".h": 200, ".cpp": 450}
TEST_LINES_MAX = 650
SECRET = re.compile(r"shpk[0-9a-f]{16}|\bc[ks]_[0-9a-f]{32}|-----BEGIN [A-Z ]*PRIVATE KEY|"
                    r"\b50000[0-9A-Za-z]{40,}")
MACHINE_PATH = re.compile(r"/(?:home|root|work|tmp)/[A-Za-z0-9_.-]+/")


def sources(root, folder):
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in (".h", ".cpp"):
            yield path


def is_test(path):
    return path.stem.endswith("_test") or "tests" in path.parts


def check_includes(root, breaches):
    for folder, allowed in MAY_INCLUDE.items():
        for path in sources(root, folder):
            if is_test(path.relative_to(root)):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                where = f"{path.relative_to(root)}:{number}"
                own = re.match(r'#include "([a-z]+)/', line)
                if own and own[1] != folder and own[1] not in allowed:
                    breaches.append(f"{where}: {folder} must not include {own[1]}")
                for header, homes in FENCED.items():
                    if re.match(rf"#include <(?:{header})", line) and folder not in homes:
                        breaches.append(f"{where}: this header stays in {', '.join(sorted(homes))}")


def check_shape(root, folder, names, breaches):
    for name in names:
        if not (folder / name).is_file():
            breaches.append(f"{folder.relative_to(root)}: {name} is missing")
    cases = [c for c in (folder / "fixtures").glob("*") if c.is_dir()]
    if not cases:
        breaches.append(f"{folder.relative_to(root)}: fixtures/<case>/ is missing")
    for case in cases:
        if not list(case.glob("expected*")):
            breaches.append(f"{case.relative_to(root)}: expected.* is missing")


def check_connectors(root, breaches):
    """Every folder of connectors/ is a channel, every folder of connectors/carriers/ a carrier."""
    carrier_files = [name.replace("connector.", "carrier.") for name in CONNECTOR_FILES]
    for folder in sorted((root / "connectors").iterdir()):
        if folder.is_dir() and folder.name not in ("common", "carriers"):
            check_shape(root, folder, CONNECTOR_FILES, breaches)
    for folder in sorted((root / "connectors" / "carriers").iterdir()):
        if folder.is_dir():
            check_shape(root, folder, carrier_files, breaches)


def check_sizes(root, breaches):
    for folder in list(MAY_INCLUDE) + ["tests"]:
        for path in sources(root, folder):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            limit = TEST_LINES_MAX if is_test(path.relative_to(root)) else LINES_MAX[path.suffix]
            if lines > limit:
                breaches.append(f"{path.relative_to(root)}: {lines} lines, more than {limit}")


def check_data(root, breaches):
    for folder in ("connectors", "examples", "config", "tests", "docs"):
        for path in (root / folder).rglob("*"):
            if not path.is_file() or path.suffix in (".png", ".xlsx", ".h", ".cpp", ".py"):
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            if SECRET.search(text):
                breaches.append(f"{path.relative_to(root)}: looks like a real secret")
            if MACHINE_PATH.search(text):
                breaches.append(f"{path.relative_to(root)}: names a path of one machine")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    breaches = []
    for check in (check_includes, check_connectors, check_sizes, check_data):
        check(root, breaches)
    for breach in breaches:
        print(breach)
    print(f"tidy: {len(breaches)} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
