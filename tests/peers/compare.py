"""Compares readings, field by field."""
import datetime
import re
from decimal import Decimal

from cases import Number, filed

ERRORS = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}


def expected(case):
    """The reading that nothing is wrong with."""
    wanted = {"requests": case["expected"]["requests"]}
    match case["expected"]:
        case {"refused": _}:
            return wanted | {"outcome": "refused"}
        case {"status": status}:
            error = ERRORS.get(status, "InternalServerError")
            return wanted | {"outcome": f"{error} {status}"}
        case {"served": served}:
            # What configures the server for the item is no part of the response.
            served = {name: value for name, value in served.items() if name != "respond"}
            results = served.get("processing_results") or []
            instants = [instant(result["processed_at"]) // 10**9 for result in results]
            kinds = [filed(result) for result in results]
            return wanted | {"outcome": "read", "value": served} | numbered("instant", instants) | numbered("filed", kinds)


def observed(reading):
    seen = {"requests": reading["requests"]}
    match reading:
        case {"refused": _}:
            return seen | {"outcome": "refused"}
        case {"error": error, "status": status}:
            return seen | {"outcome": f"{error} {status}"}
    seen |= {"outcome": "read", "value": reading["value"]} | numbered("instant", reading["instants"])
    # At run time a TypeScript type is nothing that could be looked at.
    return seen | numbered("filed", reading.get("filed", []))


def numbered(name, values):
    return {f"{name} {index}": value for index, value in enumerate(values)}


def differences(wanted, seen, client):
    """Paths at which two readings are not the same, with both values."""
    if wanted["outcome"] != seen["outcome"]:
        # The rest follows from that.
        wanted, seen = ({key: reading[key] for key in ("outcome", "requests")} for reading in (wanted, seen))
    for key in sorted(wanted.keys() | seen.keys()):
        if key == "value" and key in wanted and key in seen:
            yield from unequal(wanted[key], seen[key], "", client)
        elif key.startswith("filed") and client == "typescript":
            continue
        elif wanted.get(key) != seen.get(key):
            yield key, wanted.get(key), seen.get(key)


def unequal(wanted, seen, path, client):
    if isinstance(wanted, dict) and isinstance(seen, dict):
        for name in sorted(wanted.keys() | seen.keys()):
            one, other = (side.get(name, ABSENT) for side in (wanted, seen))
            yield from unequal(one, other, f"{path}.{name}".lstrip("."), client)
    elif isinstance(wanted, list) and isinstance(seen, list) and len(wanted) == len(seen):
        for index, (one, other) in enumerate(zip(wanted, seen)):
            yield from unequal(one, other, f"{path}[{index}]", client)
    elif normal(wanted, path, client) != normal(seen, path, client):
        yield path, wanted, seen


ABSENT = type("Absent", (), {"__repr__": lambda _: "absent"})()
RUN = r"processing_results\[\d+\]"
TIME = re.compile(rf"{RUN}\.processed_at|{RUN}\.job_config\.(created_at|effective_at|updated_at)")


def normal(value, path, client):
    """Equal for what means the same: 1 and 1.0, not 1 and true. The Python SDK makes times of texts."""
    if client == "python" and isinstance(value, str) and not isinstance(value, Number) and TIME.fullmatch(path):
        return "time", instant(value)
    if isinstance(value, (int, float, Number)) and not isinstance(value, bool):
        return "number", Decimal(repr(value) if isinstance(value, float) else value)
    return type(value).__name__, value


def instant(text):
    """Nanoseconds since 1970; a time without offset is UTC."""
    parts = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?", text)
    if parts is None:
        return text
    seconds, fraction, offset = parts.groups()
    time = datetime.datetime.fromisoformat(seconds + (offset or "Z").replace("Z", "+00:00"))
    return int(time.timestamp()) * 10**9 + int((fraction or "").ljust(9, "0"))


def told(detail):
    """The texts that any report of an error must have."""
    if isinstance(detail, str):
        return [detail]
    return [text for entry in detail or [] for text in (entry["msg"], entry["loc"][-1])]
