"""Runs the command against `serve`, and has others read what it writes."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[3]
sys.path.append(str(ROOT / "tests" / "peers"))

import items
import spark
import tables
from server import Server


def main(command, target):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=target))
    try:
        ids = items.write(folder / "items")
        with Server(command, "--data", str(folder / "items")) as server:
            environment = {"LLAMA_CLOUD_BASE_URL": server.url, "LLAMA_CLOUD_API_KEY": "llx-mock-key"}
            lines, table = folder / "results.ndjson", folder / "results.parquet"
            for out in (lines, table):
                arguments = [command, "export", "-", "--out", str(out)]
                subprocess.run(arguments, input="\n".join(ids), text=True, env=os.environ | environment, check=True)
            step(lambda: tables.check(table, lines, HERE.parents[1] / "docs" / "export.md"))
            example = ROOT / "examples" / "spark" / "export.py"
            step(lambda: spark.check(command, environment, ids, lines, folder, example))
    finally:
        shutil.rmtree(folder)


def step(check):
    began = time.monotonic()
    print(f"{check()} ({time.monotonic() - began:.1f} s)", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
