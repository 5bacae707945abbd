"""What each peer makes of `drift.json`: a response of a newer service."""
import datetime
import json

from page import ROOT


def table(peers):
    sent = json.loads((ROOT / "openapi/examples/drift.json").read_text())
    types = [result["job_type"] for result in sent["processing_results"]]
    lines = ["| | fields lost | values changed | configurations taken for another type |", "|---|---|---|---|"]
    for name, peer in peers.items():
        reading = peer.ask("read", "drift")
        peer.end()
        lines.append(f"| {name} | {row(sent, types, reading)} |")
    return "\n".join(lines)


def row(sent, types, reading):
    if "error" in reading:
        message = reading["error"].splitlines()[0][:100].replace("|", "\\|")
        return f"all: `{message}` | - | -"
    lost, changed = [], []
    compare(sent, reading["value"], "", lost, changed)
    if "filed" not in reading:
        wrong = "has no types at run time"
    else:
        wrong = told([f"{of} for {filed}" for of, filed in zip(types, reading["filed"]) if not right(of, filed)])
    return f"{told(lost)} | {told(changed)} | {wrong}"


def right(job_type, filed):
    """Only these two have a documented configuration; a value is never wrong, but for them."""
    return filed == (job_type if job_type in ("parse", "classify") else "value") or filed == "value"


def told(problems):
    return f"{len(problems)}: {', '.join(f'`{problem}`' for problem in problems[:4])}" if problems else "0"


def compare(sent, read, path, lost, changed):
    """A null is as good as a field that is not there, and a time as good as the same instant."""
    if isinstance(sent, dict) and isinstance(read, dict):
        for name, value in sent.items():
            if value is not None and name not in read:
                lost.append(f"{path}{name}")
            elif value is not None:
                compare(value, read[name], f"{path}{name}.", lost, changed)
    elif isinstance(sent, list) and isinstance(read, list) and len(sent) == len(read):
        for index, pair in enumerate(zip(sent, read)):
            compare(*pair, f"{path}{index}.", lost, changed)
    elif sent != read and not same_time(sent, read):
        changed.append(f"{path[:-1]}: {sent} as {read}")


def same_time(sent, read):
    try:
        one, other = (datetime.datetime.fromisoformat(value) for value in (sent, read))
    except (TypeError, ValueError):
        return False
    # A service's time without offset is UTC; a peer that keeps none leaves it to the caller's zone.
    return one == other
