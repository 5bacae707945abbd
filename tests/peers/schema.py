"""schemathesis makes requests from the contract and checks the responses against it: all its checks, none left out."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from cases import DOCUMENTED, KEY

HERE = pathlib.Path(__file__).resolve().parent
CONTRACT = HERE.parent.parent / "openapi" / "processing-results.yaml"

# "Response violates schema", by schemathesis' own number.
VIOLATION = "ST108"
# Any made up id is that of no item.
ANY = ""
# An item, whether formats count, and what is found.
RUNS = [
    (ANY, True, []),
    ("invoice-0001", True, []),
    # The documented example, whose placeholder "webhook_url" is no URL: that and nothing else is wrong with it.
    (DOCUMENTED, True, [VIOLATION]),
    (DOCUMENTED, False, []),
    # It is there to break with the contract: enums are closed to a validator, but not to the clients.
    ("drift-0001", False, [VIOLATION]),
]


def check(checks, _, folder, urls):
    # It stores earlier runs in the directory in which it is started.
    folder = folder / "schemathesis"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for item_id, formats, findings in RUNS:
        name = f"{item_id or 'any item'}{'' if formats else ', formats aside'}"
        expected = "violates the schema" if findings else "nothing to be found"
        url = urls["examples" if item_id == DOCUMENTED else "sample data"]
        report = run(folder, url, item_id, formats)
        checks(f"schemathesis: {name}: {expected}", problems(report, item_id, findings))


def run(folder, url, item_id, formats):
    name = f"{item_id or 'any'}-{'strict' if formats else 'lenient'}"
    report, settings = folder / f"{name}.json", folder / f"{name}.toml"
    settings.write_text(f"[checks.response_schema_conformance]\nvalidate-formats = {str(formats).lower()}\n")
    options = [
        f"--url={url}", f"--header=Authorization: Bearer {KEY}", "--checks=all",
        "--max-examples=100", "--generation-deterministic", "--request-timeout=10", "--continue-on-failure",
        "--no-color", "--report=json", f"--report-json-path={report}",
    ]
    environment = {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [pathlib.Path(sys.executable).with_name("schemathesis"), f"--config-file={settings}", "run", CONTRACT, *options],
        cwd=folder, env=os.environ | environment | {"PEERS_ITEM_ID": item_id},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=180,
    )
    found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return found | {"output": done.stdout}


def problems(report, item_id, findings):
    if not report.get("complete") or report["errors"]:
        yield f"it did not run to its end: {report.get('errors')}\n{report['output']}"
        return
    found = sorted(failure["code"] for failure in report["failures"])
    if found != findings:
        yield f"{findings} expected, {found} found\n{report['output']}"
    (rates,) = report["valid_rates"].values()
    for phase in ("coverage", "fuzzing"):
        # Of a made up id, it counts the 404 as out of its reach.
        if rates[phase]["accepted" if item_id else "unreachable"] == 0:
            yield f"no valid request of the {phase} got an answer: {rates[phase]}"
