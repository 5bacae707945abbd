#!/usr/bin/env python3
"""Processing results of more items than one machine fetches in time, by Apache Spark.

    spark-submit export.py IDS ROWS --errors ERRORS [--partitions N] [--rate RATE]

IDS is a file of item ids, one a line; ROWS and ERRORS are folders that Spark's machines share. Each partition runs the
command `processing-results`, which reads ids from standard input and writes one result a line to standard output; the
key is in the environment of the workers. Ids that come twice are asked for once.

Ends with 7, like the command, when some items failed: ERRORS has them. Items without results have no row.
"""
import argparse
import os
import pathlib
import shlex
import sys

from pyspark.sql import SparkSession


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ids", help="file of item ids, one a line")
    parser.add_argument("rows", help="folder to write the rows to; it must not be there yet")
    parser.add_argument("--errors", required=True, help="shared folder for the items that failed, empty or not there")
    parser.add_argument("--partitions", type=int, default=2, help="how many commands share the work")
    parser.add_argument("--rate", help="requests in a time, of all partitions together: 20/min, 5/s or 1000/h")
    parser.add_argument("--command", default="processing-results", help="where the command is on the workers")
    return parser.parse_args()


def rate(text, partitions):
    """The share of one partition, and no more: rounded down, by the hour."""
    requests, unit = text.split("/")
    an_hour = int(requests) * {"s": 3600, "min": 60, "h": 1}[unit.strip()]
    return f"{max(an_hour // partitions, 1)}/h"


def command(options):
    export = [options.command, "export", "-"]
    if options.rate:
        export += ["--rate", rate(options.rate, options.partitions)]
    # A task that Spark runs again writes to another file. That items failed does not fail the task: their rows would
    # not come by requesting all others again. Anything else does.
    errors = shlex.quote(options.errors) + '/"$(hostname)-$$.ndjson"'
    script = f"{shlex.join(export)} --errors {errors} || test $? -eq 7"
    return shlex.join(["sh", "-c", script])


def failures(folder):
    """The ids that failed; one that failed twice is there once."""
    lines = (line for path in pathlib.Path(folder).glob("*.ndjson") for line in path.read_text().splitlines())
    return sorted(set(lines))


def main():
    options = arguments()
    os.makedirs(options.errors, exist_ok=True)
    if os.listdir(options.errors):
        sys.exit(f"{options.errors} is not empty")
    spark = SparkSession.builder.appName("processing-results").getOrCreate()
    ids = spark.sparkContext.textFile(options.ids).map(str.strip).filter(bool).distinct(options.partitions)
    ids.pipe(command(options), env=dict(os.environ), checkCode=True).saveAsTextFile(options.rows)
    spark.stop()
    failed = len(failures(options.errors))
    if failed:
        print(f"{failed} item{'s' * (failed > 1)} failed, see {options.errors}")
        sys.exit(7)


if __name__ == "__main__":
    main()
