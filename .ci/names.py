"""In a package, no name of a type stands for several things: python3 .ci/names.py"""
import collections
import pathlib
import re
import sys

PACKAGES = [pathlib.Path("src"), *sorted(pathlib.Path("crates").glob("*/src"))]
TYPE = re.compile(r"^ *(?:pub(?:\([^)]*\))? )?(?:struct|enum|union|trait) (\w+)|^(?:pub(?:\([^)]*\))? )?type (\w+)", re.M)
# As in reqwest, the blocking client has the name of the other one, in a module of its own.
MEANT = {("src", "Client")}

count, twice = 0, []
for package in PACKAGES:
    files = collections.defaultdict(list)
    for file in sorted(package.rglob("*.rs")):
        for match in TYPE.finditer(file.read_text()):
            files[match[1] or match[2]].append(str(file))
    count += len(files)
    twice += [f"{name}: {', '.join(at)}" for name, at in sorted(files.items())
              if len(at) > 1 and (str(package), name) not in MEANT]
print(f"{count} names of types, {len(twice)} of them for several things")
if twice:
    sys.exit("\n".join(twice))
