#!/usr/bin/env bash
# Packs all packages, and builds them for somebody else's crate, as they would be published: the README's first program
# has to build in it, its test has to pass, and the command has to show an example.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=target/stranger
rm -rf "$crate" target/package
cargo package --quiet --workspace --exclude processing-results-bench --allow-dirty --no-verify
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
members = ["processing-results-cli-*"]

[patch.crates-io]
END
for package in target/package/processing-results*.crate; do
    name=$(basename "$package" .crate)
    tar --extract --touch --file "$package" --directory "$crate"
    echo "${name%-[0-9]*} = { path = \"$name\" }" >> "$crate/Cargo.toml"
done
# Dependencies are built in the same way as in the workspace, and so are there already.
sed -n '/^\[profile\.dev/,/^$/p' Cargo.toml >> "$crate/Cargo.toml"

export CARGO_TARGET_DIR=target
cargo test --quiet --manifest-path "$crate/Cargo.toml"
cargo build --quiet --manifest-path "$crate/Cargo.toml" --package processing-results-cli
target/debug/processing-results get invoice-0001 --demo > /dev/null
