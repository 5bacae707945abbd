"""What the Rust client reads: the command's JSON, and its table for what JSON does not say."""
import calendar
import json
import os
import re
import subprocess
import time

ERRORS = {2: "UnprocessableEntityError", 3: "AuthenticationError", 4: "NotFoundError"}


def read(binary, case, number):
    arguments = ["get", f"--base-url={case['base_url']}"]
    options = {name: f"--{name.replace('_', '-')}" for name in ("job_type", "project_id", "organization_id", "max_retries")}
    arguments += [f"{option}={case[name]}" for name, option in options.items() if name in case]
    environment = os.environ | {"LLAMA_CLOUD_API_KEY": case["api_key"], "COLUMNS": "200"}

    def call(*more):
        return subprocess.run(
            [binary, *arguments, *more, "--", case["item_id"]],
            env=environment, capture_output=True, text=True, timeout=60,
        )

    done = call("--output=json", "--reveal-secrets", "--verbose")
    reading = {"requests": len(re.findall(r"^  attempt \d+: ", done.stderr, re.MULTILINE))}
    if done.returncode == 0:
        rows = table(call("--output=table", "--params").stdout)
        return reading | {"value": json.loads(done.stdout, parse_float=number)} | rows
    message = done.stderr.strip().splitlines()[-1]
    status = re.search(r"\(status (\d+)\)", message)
    if status is None:
        return reading | {"refused": message}
    status = int(status[1])
    # One exit code stands for all failures of the service, so that only the status distinguishes them.
    service = {429: "RateLimitError"}.get(status, "InternalServerError" if status >= 500 else "?")
    error = service if done.returncode == 5 else ERRORS.get(done.returncode, "?")
    return reading | {"error": error, "status": status, "message": message}


def table(text):
    """The instants in UTC, and what each configuration was taken for."""
    row = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)Z +(\S+).*$", re.MULTILINE)
    rows = list(row.finditer(text))
    ends = [row.start() for row in rows[1:]] + [len(text)]
    instants = [calendar.timegm(time.strptime(row[1], "%Y-%m-%d %H:%M:%S")) for row in rows]
    return {"instants": instants, "filed": [filed(row[2], text[row.end():end]) for row, end in zip(rows, ends)]}


def filed(job_type, lines):
    """What the job type has in the contract, unless a note says that the configuration does not decode."""
    if re.search(r"^ +note: the configuration does not decode", lines, re.MULTILINE):
        return "value"
    return {"parse": "parse record", "classify": "classify job"}.get(job_type, "value")
