"""Counts the crates that the library's default features bring beyond reqwest, serde, serde_json, jiff and our own.

Reads `cargo tree -p processing-results --edges normal --prefix depth --no-dedupe` on standard input.
"""
import re
import sys

MAX_CRATES = 8
FLOOR = {"reqwest", "serde", "serde_json", "jiff"}
OWN = "processing-results"

floor, all_crates, path = set(), set(), []
for line in sys.stdin:
    depth, name = re.match(r"(\d+)(\S+)", line).groups()
    path[int(depth):] = [name]
    all_crates.add(name)
    if FLOOR & set(path):
        floor.add(name)
beyond = sorted(name for name in all_crates - floor if not name.startswith(OWN))
print(f"{len(all_crates)} crates, {len(beyond)} of them beyond the floor: {', '.join(beyond)}")
if len(beyond) > MAX_CRATES:
    sys.exit(f"that is more than {MAX_CRATES}: each one has to be worth it, see crates/bench/README.md")
