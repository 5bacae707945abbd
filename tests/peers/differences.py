"""Where a client does not read what was served: each place by name, and no other.

A difference that is listed and does not show is a failure too, so that the list stays true.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    client: str
    what: str
    # Pairs of a case and a path in its reading.
    places: frozenset


def difference(client, what, *places):
    return Difference(client, what, frozenset(places))


RESULT = "processing_results[{}]".format
DATES_WITHOUT_OFFSET = [
    *(("example drift-0001", f"instant {index}") for index in (0, 1, 2)),
    ("drift-0001, only parse", "instant 0"),
    ("drift-0001, only classify", "instant 0"),
]

DIFFERENCES = [
    difference(
        "python",
        "takes the configuration of an extract job for a parse record, since the record requires nothing",
        ("example invoice-0001", "filed 3"),
        ("invoice-0001, only extract", "filed 0"),
        ("item empty-config", "filed 1"),
    ),
    difference(
        "python",
        "takes the configuration of a job type that it does not know for a parse record",
        ("example drift-0001", "filed 2"),
    ),
    difference(
        "python",
        "takes a classify job with a new status for a parse record",
        ("example drift-0001", "filed 1"),
        ("drift-0001, only classify", "filed 0"),
    ),
    difference(
        "python",
        "takes a classify job that has lost all its fields for a parse record",
        ("item empty-config", "filed 2"),
    ),
    difference(
        "python",
        "gives a date-time without offset no zone, so that it is taken for local time",
        *DATES_WITHOUT_OFFSET,
    ),
    difference(
        "typescript",
        "leaves date-times as text, and a `Date` made of one without offset takes it for local time",
        *DATES_WITHOUT_OFFSET,
    ),
    difference(
        "python",
        "cuts a date-time off after microseconds",
        ("item extremes", f"{RESULT(0)}.processed_at"),
    ),
    difference(
        "python",
        "reads every fraction as a double",
        ("item extremes", f"{RESULT(0)}.job_config.parameters.beyond_a_double"),
    ),
    difference(
        "typescript",
        "reads every number as a double",
        ("item extremes", f"{RESULT(0)}.job_config.parameters.beyond_53_bits"),
        ("item extremes", f"{RESULT(0)}.job_config.parameters.beyond_a_double"),
        ("item extremes", f"{RESULT(0)}.output_metadata.beyond_53_bits"),
        ("item extremes", f"{RESULT(0)}.output_metadata.beyond_64_bits"),
    ),
    difference(
        "rust",
        "reads an integer beyond 64 bits as a double, outside of job configurations",
        ("item extremes", f"{RESULT(0)}.output_metadata.beyond_64_bits"),
    ),
    difference(
        "typescript",
        "sends a request for an item without an id, to another route",
        ("refused: no id", "outcome"),
        ("refused: no id", "requests"),
    ),
    difference(
        "rust",
        "takes a parse record for a value if an integer in it is written as 10.0",
        ("item extremes", "filed 0"),
    ),
    difference(
        "rust",
        "sends no request for an id with a slash",
        ("an id with a slash", "outcome"),
        ("an id with a slash", "requests"),
    ),
]
