#!/usr/bin/env python3
"""How long builds take: crates/bench/scripts/build.py, which rewrites a table in crates/bench/README.md. Works on a copy of what git tracks, in
target/bench-build, and takes a quarter of an hour. Nothing else should run meanwhile: these are times, not ratios.
"""
import os
import re
import shutil
import statistics
import subprocess
import time

from page import ROOT, cargo_target, shown, table, write

# How often an edit is made and undone.
EDITS = 3

CARGO = """[package]
name = "caller"
version = "0.0.0"
edition = "2024"

[dependencies]
{dependencies}
tokio = {{ version = "1", features = ["macros", "rt"] }}

[workspace]
"""
CALLERS = {
    "with these bindings": (
        'processing-results = { path = "../copy" }',
        """
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = processing_results::Client::from_env()?;
    let history = client.processing_results("item").send().await?;
    for result in history.results() {
        println!("{} {:?}", result.result_id, result.job());
    }
    Ok(())
}
""",
    ),
    "with bare `reqwest` and `serde_json::Value`": (
        'reqwest = { version = "0.13", features = ["json"] }\nserde_json = "1"',
        """
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let answer = reqwest::Client::new().get("http://localhost/").bearer_auth("key").send().await?;
    let history: serde_json::Value = answer.error_for_status()?.json().await?;
    for result in history["processing_results"].as_array().into_iter().flatten() {
        println!("{} {:?}", result["result_id"], result["job_config"]);
    }
    Ok(())
}
""",
    ),
}


def main():
    folder = cargo_target() / "bench-build"
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "copy"
    for name in subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    rows = []
    for row in measure(copy, folder):
        print(row, flush=True)
        rows.append(row)
    write("build", table(["what", "debug", "release"], rows))


def measure(copy, folder):
    yield library(copy)
    yield from after_edits(copy)
    for number, (name, (dependencies, source)) in enumerate(CALLERS.items()):
        yield from caller(folder / f"caller-{number}", name, dependencies, source)


def build(where, *words, **environment):
    """Seconds that cargo takes."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_INC")}
    started = time.perf_counter()
    subprocess.run(["cargo", "build", "--quiet", *words], cwd=where, check=True, env=variables | environment)
    return time.perf_counter() - started


PROFILES = ([], ["--release"])
LIBRARY = ["--package=processing-results"]


def library(copy):
    subprocess.run(["cargo", "fetch", "--quiet"], cwd=copy, check=True)
    cells = [shown(build(copy, *LIBRARY, *profile)) for profile in PROFILES]
    tree = ["cargo", "tree", *LIBRARY, "--prefix=none", "--no-dedupe", "--format={p}"]
    lines = lambda *edges: len(set(subprocess.run([*tree, *edges], cwd=copy, capture_output=True, text=True).stdout.split("\n"))) - 1
    return [f"the bindings, cold: {lines('--edges=normal')} crates, {lines('--edges=normal,build')} with those of the build", *cells]


def after_edits(copy):
    """A parameter gets another name, and its own again; all descriptions become others, and again what they were."""
    contract = copy / "openapi/processing-results.yaml"
    text = contract.read_text()
    renamed = re.sub(r"^(        )max_pages:$", r"\1most_pages:", text, count=1, flags=re.MULTILINE)
    reworded = re.sub(r"^(  .*description: \w.*)\.$", r"\1 now.", text, flags=re.MULTILINE)
    assert text not in (renamed, reworded)
    for what, edited, environment in (
        ("a parameter's name", renamed, {}),
        ("a parameter's name, nothing kept of the last build of the crate", renamed, {"CARGO_INCREMENTAL": "0"}),
        ("every description", reworded, {}),
    ):
        cells = []
        for profile in PROFILES:
            build(copy, *LIBRARY, *profile, **environment)
            took = []
            for state in [edited, text] * EDITS:
                contract.write_text(state)
                took.append(build(copy, *LIBRARY, *profile, **environment))
            cells.append(shown(statistics.median(took)))
        yield [f"the bindings, after an edit of the contract: {what}", *cells]


def caller(place, name, dependencies, source):
    (place / "src").mkdir(parents=True)
    (place / "Cargo.toml").write_text(CARGO.format(dependencies=dependencies))
    main = place / "src/main.rs"
    main.write_text(source)
    subprocess.run(["cargo", "fetch", "--quiet"], cwd=place, check=True)
    cold, warm = [], []
    for profile in PROFILES:
        cold.append(shown(build(place, *profile)))
        took = []
        for number in range(2 * EDITS):
            main.write_text(source.replace("{:?}", f"{number} {{:?}}"))
            took.append(build(place, *profile))
        warm.append(shown(statistics.median(took)))
    yield [f"a program {name}, cold", *cold]
    yield [f"a program {name}, after an edit of it", *warm]


if __name__ == "__main__":
    main()
