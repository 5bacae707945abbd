#!/usr/bin/env bash
# What `export` writes, read by DuckDB and Polars and run by Spark: crates/cli/tests/export/run.sh BINARY, the command
# `processing-results` as it was built with the feature `parquet`.
# Needs python3, java and PyPI. What it installs and writes is in target/export.
set -euo pipefail
binary=$(realpath -e -- "${1:?"the path of the command is missing: crates/cli/tests/export/run.sh target/debug/processing-results"}")
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../../../target/export
mkdir -p "$target"
export PYTHONDONTWRITEBYTECODE=1

python3 -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"

exec "$target/venv/bin/python" "$here/check.py" "$binary" "$target"
