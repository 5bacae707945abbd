#!/usr/bin/env bash
# Real clients against `serve`: tests/peers/run.sh BINARY, the command `processing-results` as it was built.
# Needs python3, node, npm and the package registries. What it installs and writes is in target/peers.
set -euo pipefail
binary=$(realpath -e -- "${1:?"the path of the command is missing: tests/peers/run.sh target/debug/processing-results"}")
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../target/peers
mkdir -p "$target/npm"
export PYTHONDONTWRITEBYTECODE=1

python3 -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"

cp "$here"/{package.json,package-lock.json,.npmrc} "$target/npm"
(cd "$target/npm" && npm ci --ignore-scripts --no-audit --no-fund > /dev/null)

exec "$target/venv/bin/python" "$here/peers.py" "$binary" "$target"
