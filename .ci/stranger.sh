#!/usr/bin/env bash
# Somebody else's crate uses the packages as they would be published: the README's first program has to build in it, and
# its test has to pass.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=target/stranger
rm -rf "$crate"
mkdir -p "$crate/src" "$crate/tests"
cp Cargo.lock "$crate"

# The block of README.md that has this in it.
block() {
    awk -v has="$1" '
        /^```/ { if (!found && index(block, has)) { printf "%s", block; found = 1 } block = ""; next }
        { block = block $0 "\n" }
        END { exit !found }' README.md
}
block 'use processing_results::{Client, Job, JobType};' > "$crate/src/main.rs"
block '#[tokio::test]' > "$crate/tests/item.rs"
cat > "$crate/Cargo.toml" <<'END'
[package]
name = "stranger"
edition = "2024"

[dependencies]
processing-results = "*"
tokio = { version = "1", features = ["macros", "rt"] }

[dev-dependencies]
processing-results-mock = "*"

[workspace]

[patch.crates-io]
END
for package in target/package/processing-results*/; do
    name=$(basename "$package")
    echo "${name%-[0-9]*} = { path = \"../package/$name\" }" >> "$crate/Cargo.toml"
done
CARGO_TARGET_DIR=target cargo test --quiet --manifest-path "$crate/Cargo.toml"
