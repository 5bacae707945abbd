"""Real clients against the local server: `peers.py COMMAND DIRECTORY`.

FOLDER has what run.sh has installed, and takes all that is written.
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import traceback

import compare
import read_rust
import schema
from cases import Number, cases
from differences import DIFFERENCES
from server import Server

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "openapi" / "examples"
ITEMS = HERE / "items"


def main(command, folder):
    # A client must not find another service or a proxy in the environment, and local time must not be UTC.
    stray = [name for name in os.environ if name.startswith("LLAMA_") or name.lower().endswith("_proxy")]
    for name in stray:
        del os.environ[name]
    os.environ["TZ"] = "Asia/Kolkata"

    # What stops this run stops its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    checks = Checks()
    with Server(command) as sample_data, Server(command, "--data", EXAMPLES) as examples:
        urls = {"sample data": sample_data.url, "examples": examples.url}
        for check in (check_clients, schema.check):
            try:
                check(checks, command, folder, urls)
            except Exception:
                checks(f"{check.__module__}.{check.__name__} runs to its end", [traceback.format_exc()])
    return checks.end()


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def __call__(self, name, problems):
        """One check, which holds if there are no problems."""
        problems = list(problems)
        self.failed += bool(problems)
        self.passed += not problems
        print("FAILED" if problems else "ok    ", name, flush=True)
        for problem in problems:
            print("       ", problem, flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def check_clients(checks, command, folder, urls):
    todo = cases(EXAMPLES, ITEMS)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        reading = {client: pool.submit(read, client, command, folder, urls, todo) for client in READERS}
        readings = {client: read.result() for client, read in reading.items()}

    shown = set()
    for case in todo:
        name, wanted = case["request"]["name"], compare.expected(case)
        for client in case["clients"]:
            seen = compare.observed(readings[client][name])
            problems = []
            for path, one, other in compare.differences(wanted, seen, client):
                if is_listed(client, name, path, one, other):
                    shown.add((client, name, path))
                else:
                    problems.append(f"{path}: {one!r} expected, {other!r} read")
            checks(f"{client}: {name}", problems)
        if "status" in case["expected"]:
            checks(f"the same detail: {name}", details(case, readings))

    for listed in DIFFERENCES:
        missing = [place for place in listed.places if (listed.client, *place) not in shown]
        problems = [f"no longer so in {case!r} at {path}" for case, path in missing]
        checks(f"as listed, {listed.client} {listed.what}", problems)


def is_listed(client, name, path, one, other):
    if one is None:
        return False
    found = [listed for listed in DIFFERENCES if listed.client == client and (name, path) in listed.places]
    return any(compare.normal(listed.read(one), path, client) == compare.normal(other, path, client) for listed in found)


def details(case, readings):
    """What was wrong, by the service's own words, is the same for all."""
    name = case["request"]["name"]
    found = {client: readings[client][name] for client in case["clients"]}
    one, other = (found[client].get("detail") for client in ("python", "typescript"))
    if not one or one != other:
        yield f"python has {one!r}, typescript {other!r}"
    message = found.get("rust", {}).get("message")
    if message is not None:
        yield from (f"rust does not say {text!r} in {message!r}" for text in compare.told(one) if text not in message)


def read(client, command, folder, urls, todo):
    """The first client would use up a sequence of responses, so each client has a server of its own."""
    todo = [case for case in todo if client in case["clients"]]
    with Server(command, "--data", ITEMS) as items:
        urls = urls | {"items": items.url}
        requests = [case["request"] | {"base_url": urls[case["server"]]} for case in todo]
        return READERS[client](command, folder, requests)


def read_by_command(command, _, requests):
    return {request["name"]: read_rust.read(command, request, Number) for request in requests}


def read_by_script(*script):
    def read(_, folder, requests):
        runner, path = script
        done = subprocess.run(
            [runner if runner == "node" else sys.executable, path(folder)],
            input=json.dumps(requests), stdout=subprocess.PIPE, text=True, timeout=180, check=True,
        )
        return json.loads(done.stdout, parse_float=Number)
    return read


def with_modules(folder):
    """Node looks for packages beside the script."""
    return shutil.copy(HERE / "read_typescript.mjs", folder / "npm")


READERS = {
    "rust": read_by_command,
    "python": read_by_script("python", lambda _: HERE / "read_python.py"),
    "typescript": read_by_script("node", with_modules),
}

if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
