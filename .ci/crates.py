"""Counts the crates that the library's default features bring beyond reqwest, serde and serde_json, and jiff.

Reads `cargo tree -p processing-results --edges normal --prefix depth --no-dedupe` on standard input.
"""
import re
import sys

MOST = 12
FLOOR = {"reqwest", "serde", "serde_json", "jiff"}

floor, all_crates, top = set(), set(), None
for line in sys.stdin:
    depth, name = re.match(r"(\d+)(\S+)", line).groups()
    if depth == "0":
        continue
    top = name if depth == "1" else top
    all_crates.add(name)
    if top in FLOOR:
        floor.add(name)
beyond = sorted(all_crates - floor)
print(f"{len(all_crates)} crates, {len(beyond)} of them beyond the floor: {', '.join(beyond)}")
if len(beyond) > MOST:
    sys.exit(f"that is more than {MOST}: each one has to be worth it, see crates/bench/README.md")
