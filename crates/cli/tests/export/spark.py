"""examples/spark over two partitions, against a single run of the command."""
import os
import subprocess
import sys


def check(command, environment, ids, single, folder, example):
    given = folder / "ids.txt"
    # More ids than items, one of them twice.
    given.write_text("\n".join([*ids, ids[0], "no-such-item", ""]))
    rows, errors = folder / "spark-rows", folder / "spark-errors"
    job = [sys.executable, example, given, rows, "--errors", errors, "--partitions", "2", "--command", command]
    quiet = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_SUBMIT_ARGS": "--conf spark.ui.enabled=false pyspark-shell"}
    run = subprocess.run(
        job, env=os.environ | environment | quiet | {"PYSPARK_PYTHON": sys.executable}, capture_output=True, text=True
    )
    assert run.returncode == 7, (run.returncode, run.stdout, run.stderr[-3000:])
    assert "1 item failed" in run.stdout, run.stdout
    parts = sorted(rows.glob("part-*"))
    assert len(parts) == 2 and all(part.stat().st_size for part in parts), parts
    found = sorted(line for part in parts for line in part.read_text().splitlines())
    wanted = sorted(single.read_text().splitlines())
    assert found == wanted, f"{len(found)} rows by Spark, {len(wanted)} by a single run"
    failed = "".join(path.read_text() for path in errors.iterdir())
    assert failed.count("\n") == 1 and '"no-such-item"' in failed, failed
    return f"{len(found)} rows by Spark in {len(parts)} partitions: the same as by a single run"
