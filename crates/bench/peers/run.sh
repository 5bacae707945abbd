#!/usr/bin/env bash
# This crate beside other clients of the same call: crates/bench/peers/run.sh, which rewrites the tables in crates/bench/README.md.
# Needs Rust, python3, node, npm, java and the package registries. What it installs and writes is in target/bench-peers.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
target=$root/target/bench-peers
mkdir -p "$target/npm"
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here/../scripts

python3 -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"

# The same SDK, in the same version, as in tests/peers.
cp "$root"/tests/peers/{package.json,package-lock.json,.npmrc} "$target/npm"
(cd "$target/npm" && npm ci --ignore-scripts --no-audit --no-fund > /dev/null)
cp "$here/typescript.mjs" "$target/npm"

rm -rf "$target/generated"
"$target/venv/bin/openapi-generator-cli" generate -g rust -i "$root/openapi/processing-results.yaml" \
    -o "$target/generated" --additional-properties=packageName=generated,packageVersion=0.0.0 > "$target/generated.log"
mkdir "$target/generated/src/bin"
cp "$here/generated.rs" "$target/generated/src/bin/peer.rs"
printf '[workspace]\n' >> "$target/generated/Cargo.toml"
cd "$target/generated"
cargo add --quiet futures-util tokio --features tokio/macros,tokio/rt
cargo build --quiet --release --no-default-features --target-dir "$target/cargo"

cd "$root"
# As the benches are built, and as callers do who choose nothing.
cargo build --quiet --profile bench -p processing-results-bench --bins
exec python3 "$here/peers.py" "$target"
