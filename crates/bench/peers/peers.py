"""This crate beside its peers: `peers.py DIRECTORY`.

FOLDER has what run.sh has installed and built. A peer is a process that reads lines and answers each with one:

    ITEM AT_A_TIME CALLS    makes so many calls, so many at a time, and says how many seconds that took
    read ITEM               says as JSON what it has read, and what it takes each configuration for, or the error
"""
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys

import drift
from page import ROOT, cargo_target, shown, table, write

ITEMS = {"one": "5.5 KB", "fifty": "275 KB", "two-thousand": "11 MB"}
# Rounds in which each peer has its turn; how long a turn should take, in seconds.
ROUNDS, TURN = 7, 0.5
AT_A_TIME = (1, 32)


class Peer:
    """A client in a process of its own."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def peak(self):
        """Peak of its memory so far, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def end(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def main(folder):
    for name in [name for name in os.environ if name.startswith("LLAMA_") or name.lower().endswith("_proxy")]:
        del os.environ[name]
    release = cargo_target() / "release"
    server = subprocess.Popen([release / "bodies"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        commands = {
            "this crate": [release / "client", "ours", url],
            "this crate, every `job()`": [release / "client", "typed", url],
            "Python SDK": [folder / "venv/bin/python", ROOT / "crates/bench/peers/python.py", url],
            "TypeScript SDK": ["node", folder / "npm/typescript.mjs", url],
            "openapi-generator, Rust": [folder / "cargo/release/peer", url],
            "bare reqwest, bytes only": [release / "client", "bare", url],
        }
        write("times", times(commands))
        write("memory", memory(commands))
        write("drift", drift.table({name: Peer(commands[name]) for name in list(commands)[:1] + list(commands)[2:5]}))
        write("machine", machine(folder))
    finally:
        server.kill()
        server.wait()


def times(commands):
    """Median of the times of a call, and of the ratios to this crate in the same round."""
    rows = {name: [] for name in commands}
    for at_a_time in AT_A_TIME:
        for item in ITEMS:
            peers = {name: Peer(command) for name, command in commands.items()}
            calls = {name: enough(peer, item, at_a_time) for name, peer in peers.items()}
            rounds = [
                {name: peer.ask(item, at_a_time, calls[name]) / calls[name] for name, peer in peers.items()}
                for _ in range(ROUNDS)
            ]
            for name, peer in peers.items():
                ratio = statistics.median(each[name] / each["this crate"] for each in rounds)
                rows[name].append(f"{ratio:.1f} ({shown(statistics.median(each[name] for each in rounds))})")
                peer.end()
            print(at_a_time, item, {name: cells[-1] for name, cells in rows.items()}, flush=True)
    head = [f"{size}, {'one by one' if one == 1 else f'{one} at a time'}" for one in AT_A_TIME for size in ITEMS.values()]
    return table(["", *head], [[name, *cells] for name, cells in rows.items()])


def enough(peer, item, at_a_time):
    """The calls that warm up a peer; whatever is slow at first has then happened."""
    for _ in range(2):
        took = peer.ask(item, at_a_time, 2 * at_a_time) / (2 * at_a_time)
    calls = max(1, min(5000, round(TURN / took)))
    return max(at_a_time, calls - calls % at_a_time)


def memory(commands):
    """Peak of a process that fetches one history three times."""
    rows = []
    for name, command in commands.items():
        cells = []
        for item in ITEMS:
            peer = Peer(command)
            peer.ask(item, 1, 3)
            cells.append(f"{peer.peak():.0f} MB")
            peer.end()
        rows.append([name, *cells])
    return table(["", *ITEMS.values()], rows)


def machine(folder):
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    output = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.strip()
    pins = (ROOT / "crates/bench/peers/requirements.txt").read_text()
    version = lambda name: re.search(rf"^{name}==(.*)$", pins, re.MULTILINE)[1]
    typescript = json.loads((ROOT / "tests/peers/package.json").read_text())["dependencies"]["@llamaindex/llama-cloud"]
    python = output(folder / "venv/bin/python", "--version")
    return (
        f"Measured on {datetime.date.today()}, on {os.cpu_count()} cores of {model[1] if model else platform.machine()}, "
        f"{platform.system()} {platform.release().split('-')[0]}: {output('rustc', '--version').split(' (')[0]}, "
        f"{python} with llama-cloud {version('llama-cloud')}, Node.js {output('node', '--version')[1:]} with "
        f"@llamaindex/llama-cloud {typescript}, openapi-generator {version('openapi-generator-cli')}."
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
