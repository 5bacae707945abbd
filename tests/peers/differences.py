"""Where a client does not read what was served: each place by name, with what is read there instead.

A difference that is not listed fails, and so does one that is listed and does not show, so that the list stays true.
"""
from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Difference:
    client: str
    what: str
    # What is read instead of what was served.
    read: Callable
    # Pairs of a case and a path in its reading.
    places: tuple


def difference(client, what, read, *places):
    return Difference(client, what, read, places)


def as_double(number):
    return float(number)


def as_local_time(seconds):
    """In India, by the variable TZ."""
    return seconds - (5 * 60 + 30) * 60


def as_parse_record(_):
    return "parse record"


FIRST = "processing_results[0]"
DATES_WITHOUT_OFFSET = [
    *(("example drift-0001", f"instant {index}") for index in (0, 1, 2)),
    ("drift-0001, only parse", "instant 0"),
    ("drift-0001, only classify", "instant 0"),
]

DIFFERENCES = [
    difference(
        "python",
        "takes the configuration of an extract job for a parse record, since the record requires nothing",
        as_parse_record,
        ("example invoice-0001", "filed 3"),
        ("invoice-0001, only extract", "filed 0"),
        ("item empty-config", "filed 1"),
    ),
    difference(
        "python",
        "takes the configuration of a job type that it does not know for a parse record",
        as_parse_record,
        ("example drift-0001", "filed 2"),
    ),
    difference(
        "python",
        "takes a classify job with a new status for a parse record",
        as_parse_record,
        ("example drift-0001", "filed 1"),
        ("drift-0001, only classify", "filed 0"),
    ),
    difference(
        "python",
        "takes a classify job that has lost all its fields for a parse record",
        as_parse_record,
        ("item empty-config", "filed 2"),
    ),
    difference(
        "python",
        "gives a date-time without offset no zone, so that it is taken for local time",
        as_local_time,
        *DATES_WITHOUT_OFFSET,
    ),
    difference(
        "typescript",
        "leaves date-times as text, and a `Date` made of one without offset takes it for local time",
        as_local_time,
        *DATES_WITHOUT_OFFSET,
    ),
    difference(
        "python",
        "cuts a date-time off after microseconds",
        lambda text: text.replace(".123456789", ".123456"),
        ("item extremes", f"{FIRST}.processed_at"),
    ),
    difference(
        "python",
        "reads every fraction as a double",
        as_double,
        ("item extremes", f"{FIRST}.job_config.parameters.beyond_a_double"),
    ),
    difference(
        "typescript",
        "reads every number as a double",
        as_double,
        ("item extremes", f"{FIRST}.job_config.parameters.beyond_53_bits"),
        ("item extremes", f"{FIRST}.job_config.parameters.beyond_a_double"),
        ("item extremes", f"{FIRST}.output_metadata.beyond_53_bits"),
        ("item extremes", f"{FIRST}.output_metadata.beyond_64_bits"),
    ),
    difference(
        "typescript",
        "sends a request for an item without an id, to another route",
        {"refused": "NotFoundError 404", 0: 1}.get,
        ("refused: no id", "outcome"),
        ("refused: no id", "requests"),
    ),
    difference(
        "rust",
        "sends no request for an id with a slash",
        {"read": "refused", 1: 0}.get,
        ("an id with a slash", "outcome"),
        ("an id with a slash", "requests"),
    ),
]
