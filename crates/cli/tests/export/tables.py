"""The same rows in Parquet as in NDJSON, as DuckDB and Polars read them."""
import json
import re
from datetime import datetime, timedelta, timezone

import duckdb
import polars

TYPES = {
    "text": ("VARCHAR", polars.String),
    "text, JSON": ("JSON", polars.String),
    "list of texts": ("VARCHAR[]", polars.List(polars.String)),
    "boolean": ("BOOLEAN", polars.Boolean),
    "integer, 64 bits": ("BIGINT", polars.Int64),
    "number, 64 bits": ("DOUBLE", polars.Float64),
    "timestamp, UTC, microseconds": ("TIMESTAMP WITH TIME ZONE", polars.Datetime("us", "UTC")),
}
# Columns that come from the configuration of a job type.
OF_JOBS = {
    "batch_id": ("parse", ("partitions", "batch_id")),
    "job_status": ("classify", ("status",)),
    "job_mode": ("classify", ("mode",)),
}
PYTHON = {"text": str, "boolean": bool, "integer, 64 bits": int, "number, 64 bits": float}


def documented(page):
    """Names and types of the columns, as crates/cli/docs/export.md tells them."""
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page.read_text(), re.M))


def time(text):
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def cell(row, name, kind, columns):
    """What should be in a column, from the row as NDJSON has it."""
    if name == "extra":
        return {key: value for key, value in row.items() if key not in columns} or None
    if name in OF_JOBS:
        job_type, path = OF_JOBS[name]
        value = row["job_config"] if row["job_type"] == job_type else None
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value if isinstance(value, str) else None
    if not name.startswith("parameters_") or name == "parameters_hash":
        value = row.get(name)
        return time(value) if name == "processed_at" else value
    parameters = row["job_config"].get("parameters")
    value = parameters.get(name.removeprefix("parameters_")) if isinstance(parameters, dict) else None
    if kind == "list of texts":
        return value if isinstance(value, list) else None
    return value if type(value) is PYTHON[kind] else None


def expected(lines, columns):
    rows = [json.loads(line) for line in lines.read_text().splitlines()]
    return [{name: cell(row, name, kind, columns) for name, kind in columns.items()} for row in rows]


def decoded(rows, columns):
    """With JSON read, and times in UTC, so that the same is equal."""
    for row in rows:
        for name, kind in columns.items():
            if row[name] is not None and kind == "text, JSON":
                row[name] = json.loads(row[name])
            if row[name] is not None and kind.startswith("timestamp"):
                row[name] = row[name].astimezone(timezone.utc)
    return rows


def by_duckdb(table, columns):
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    # As numbers: DuckDB wants one more package to hand times with a zone to Python.
    times = ", ".join(f"epoch_us({name}) AS {name}" for name, kind in columns.items() if kind.startswith("timestamp"))
    found = database.execute(f"SELECT * REPLACE ({times}) FROM read_parquet(?)", [str(table)])
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row)) for row in found.fetchall()]
    for row in rows:
        row["processed_at"] = datetime.fromtimestamp(0, timezone.utc) + timedelta(microseconds=row["processed_at"])
    types = {name: kind for name, kind, *_ in database.execute("DESCRIBE FROM read_parquet(?)", [str(table)]).fetchall()}
    groups = database.execute(
        "SELECT count(DISTINCT row_group_id), any_value(compression) FROM parquet_metadata(?)", [str(table)]
    ).fetchone()
    return rows, types, groups


def check(table, lines, page):
    """Fails with the first difference."""
    columns = documented(page)
    wanted = expected(lines, columns)
    rows, types, (groups, compression) = by_duckdb(table, columns)
    assert types == {name: TYPES[kind][0] for name, kind in columns.items()}, types
    assert groups > 1, "one group of rows was to be too small for these rows"
    assert compression == "SNAPPY", compression
    frame = polars.read_parquet(table)
    for name, kind in columns.items():
        found = frame.schema[name]
        # A column of JSON says so in its type.
        same = "arrow.json" in str(found) if kind == "text, JSON" else found == TYPES[kind][1]
        assert same, (name, found)
    for reader, found in (("DuckDB", rows), ("Polars", frame.to_dicts())):
        found = decoded(found, columns)
        assert len(found) == len(wanted), (reader, len(found), len(wanted))
        for at, (have, want) in enumerate(zip(found, wanted)):
            for name in columns:
                assert have[name] == want[name], (reader, at, name, str(have[name])[:200], str(want[name])[:200])
    assert not any("CANARY" in str(row) for row in rows), "a credential is in the table"
    return f"{len(wanted)} rows in {groups} groups, {len(columns)} columns: the same by DuckDB and Polars as in NDJSON"
