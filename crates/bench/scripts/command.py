#!/usr/bin/env python3
"""The command, from its start to its end, beside small programs that do as little as can be done: crates/bench/scripts/command.py,
which rewrites a table in crates/bench/README.md. Needs curl and wrk.
"""
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

from page import ROOT, cargo_target, shown, table, write

KEY = "llx-0123456789abcdef0123456789abcdef0123456789abcdef"
PATH = "/api/v1/beta/batch-processing/items/{}/processing-results"
# Rounds in which both have their turn: of runs that take milliseconds, and of those that take seconds.
SHORT, LONG = 101, 7
AT_A_TIME = 32


def main():
    subprocess.run(["cargo", "build", "--quiet", "--profile=bench", "-p=processing-results-cli"], cwd=ROOT, check=True)
    subprocess.run(
        ["cargo", "build", "--quiet", "--profile=bench", "-p=processing-results-bench", "--bins"], cwd=ROOT, check=True
    )
    release = cargo_target() / "release"
    server = subprocess.Popen([release / "bodies"], stdout=subprocess.PIPE, text=True)
    try:
        write("command", measure(release / "processing-results", server.stdout.readline().strip()))
    finally:
        server.kill()
        server.wait()


def measure(command, url):
    environment = {"PATH": os.environ["PATH"], "LLAMA_CLOUD_API_KEY": KEY, "LLAMA_CLOUD_BASE_URL": url}

    def took(*words):
        """Seconds by the clock, and seconds of one core, of a process that has to succeed."""
        started = time.perf_counter()
        process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, words
        return time.perf_counter() - started, usage.ru_utime + usage.ru_stime

    def pair(what, rounds, ours, floor, name):
        samples = [(took(command, *ours), took(*floor)) for _ in range(rounds)]
        clock = statistics.median(ours[0] for ours, _ in samples)
        ratio = statistics.median(ours[0] / floor[0] for ours, floor in samples)
        return [what, shown(clock), name, f"{ratio:.1f}"]

    curl = ["curl", "--silent", "--fail", "--header", f"Authorization: Bearer {KEY}"]
    with tempfile.TemporaryDirectory() as folder:
        rows = [pair("start-up: `--version`", SHORT, ["--version"], ["true"], "`true`")]
        for item, size in (("one", "5.5 KB"), ("two-thousand", "11 MB")):
            asked = ["get", item, "-o", "json"]
            fetched = [*curl, url + PATH.format(item)]
            rows.append(pair(f"`get -o json`, {size}", SHORT if item == "one" else LONG, asked, fetched, "`curl`"))
        for item, size, items, *options in (
            ("one", "5.5 KB an item", 20000),
            ("fifty", "275 KB an item", 1000),
            ("different", "275 KB an item, other parameters in each result", 1000),
            ("fifty", "275 KB an item", 200, "-o", "csv"),
        ):
            rows.append(export(took, pathlib.Path(folder), command, url, item, size, items, options))
    return table(["what", "takes", "against", "ratio"], rows)


def export(took, folder, command, url, item, size, items, options):
    """Items for each second of one core's time, against wrk, which reads responses and looks at nothing."""
    names = folder / "items.txt"
    # As long as the ids of the service: see crates/bench/src/server.rs.
    width = 36 - len(item) - 1
    names.write_text("".join(f"{item}.{number:0{width}}\n" for number in range(items)))
    shares, seconds = [], []
    for turn in range(LONG):
        out = folder / f"{turn}.{options[-1] if options else 'ndjson'}"
        words = ["export", "--items", names, "--concurrency", str(AT_A_TIME), *options, "--out", out]
        clock, core = took(command, *words)
        with open(out) as rows:
            assert sum(1 for _ in rows) >= items
        out.unlink()
        wrk = subprocess.Popen(
            ["wrk", "-t1", f"-c{AT_A_TIME}", "-d2s", "-H", f"Authorization: Bearer {KEY}", url + PATH.format(item)],
            stdout=subprocess.PIPE,
            text=True,
        )
        said = wrk.stdout.read()
        _, status, usage = os.wait4(wrk.pid, 0)
        wrk.returncode = os.waitstatus_to_exitcode(status)
        requests = int(re.search(r"(\d+) requests in", said)[1])
        assert wrk.returncode == 0 and "Non-2xx" not in said, said
        shares.append((core / items) / ((usage.ru_utime + usage.ru_stime) / requests))
        seconds.append((clock / items, core / items))
    clock, core = (statistics.median(each) for each in zip(*seconds))
    what = f"`{' '.join(['export --concurrency', str(AT_A_TIME), *options])}`, {size}: time of one core"
    return [what, f"{shown(core)} an item ({shown(clock)} by the clock)", "`wrk`", f"{statistics.median(shares):.1f}"]


if __name__ == "__main__":
    main()
