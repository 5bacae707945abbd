"""What the scripts here share: where cargo builds, tables, and their place in README.md."""
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
README = ROOT / "crates/bench/README.md"


def cargo_target():
    metadata = subprocess.run(
        ["cargo", "metadata", "--format-version=1", "--no-deps"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return pathlib.Path(json.loads(metadata.stdout)["target_directory"])


def shown(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            break
    return f"{seconds * factor:.3g} {unit}"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(name, text):
    """Replaces what stands between the marks of this name, and prints it."""
    print(f"\n{text}", flush=True)
    page = README.read_text()
    start, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
    before, rest = page.split(start)
    README.write_text(before + start + text + end + rest.split(end, 1)[1])
