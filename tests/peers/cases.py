"""What the clients do, and what must come of it."""
import json

KEY = "llx-mock-key"
# The documented example. It is no part of the sample data, so that `serve` has to be given it.
DOCUMENTED = "item_id"
JOB_TYPES = ("parse", "extract", "classify")
CLASSIFY_JOB = {"id", "project_id", "rules", "status", "user_id"}


def cases(examples, items):
    """From two directories of items, the bundled examples and those made for these cases."""
    return [*of_examples(histories(examples)), *of_items(histories(items))]


def histories(folder):
    """The items as files, by id, with every digit of their numbers."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json")))
    found = [json.loads(text, parse_float=Number) for text in texts]
    return {item["item_id"]: item for item in found}


class Number(str):
    """A number with a fraction or an exponent, as it was written."""


def case(name, item_id, **expected):
    """To send to a client are all but `server`, `clients` and `expected`."""
    known = ("job_type", "project_id", "organization_id", "api_key", "headers", "max_retries")
    request = {"name": name, "item_id": item_id, "api_key": KEY}
    request |= {key: expected.pop(key) for key in known if key in expected}
    clients = ("python", "typescript") if "headers" in request else ("rust", "python", "typescript")
    server = expected.pop("server", "sample data")
    requests = expected.setdefault("requests", 0 if "refused" in expected else 1)
    assert requests or "refused" in expected, name
    return {"request": request, "clients": clients, "server": server, "expected": expected}


def filed(result):
    """What a configuration is, by the job type beside it."""
    match result["job_type"], result["job_config"]:
        case "parse", dict():
            return "parse record"
        case "classify", dict() as config if config.keys() >= CLASSIFY_JOB:
            return "classify job"
    return "value"


def of_examples(items):
    for item_id, item in items.items():
        server = "examples" if item_id == DOCUMENTED else "sample data"
        yield case(f"example {item_id}", item_id, served=item, server=server)
        for job_type in JOB_TYPES:
            results = [result for result in item["processing_results"] if result["job_type"] == job_type]
            served = item | {"processing_results": results}
            yield case(f"{item_id}, only {job_type}", item_id, served=served, job_type=job_type, server=server)

    item_id = "invoice-0001"
    yield case("401: another key", item_id, status=401, api_key="llx-another-key")
    yield case("404: no such item", "no-such-item", status=404)
    yield case("404: the documented example is no sample", DOCUMENTED, status=404)
    yield case("422: no such job type", item_id, status=422, job_type="translate")
    yield case("refused: no id", "", refused=True)
    yield case("refused: an id of dots", "..", refused=True)
    # The command sends no preferences; to the two others each error is the same as when it comes by itself.
    for status in (400, 401, 403, 404, 409, 422, 429, 500, 503):
        yield case(f"prefers {status}", item_id, status=status, headers={"Prefer": f"code={status}"}, max_retries=0)
    yield case("prefers an example", item_id, served=items[DOCUMENTED], headers={"Prefer": "example=documented"})


def of_items(items):
    for name in ("no-results", "no-list", "extremes", "empty-config"):
        yield case(f"item {name}", name, served=items[name], server="items")
    odd = next(item_id for item_id in items if "%" in item_id)
    yield case("an id that must be encoded", odd, served=items[odd], server="items")
    yield case("an id with a slash", "a/b", served=items["a/b"], server="items")

    for name, requests in {"retried": 3, "limited-once": 2}.items():
        yield case(f"item {name}", name, served=items[name], requests=requests, server="items")
    name = "retried-for-each-reason"
    yield case(f"item {name}", name, served=items[name], requests=4, max_retries=3, server="items")
    yield case("429: limited", "limited", status=429, max_retries=0, server="items")
    yield case("503: unavailable", "unavailable", status=503, requests=2, max_retries=1, server="items")

    own = {"project_id": "prj-a", "organization_id": "org-a"}
    yield case("its own scope", "scoped", served=items["scoped"], server="items", **own)
    for name in own:
        yield case(f"404: another {name}", "scoped", status=404, server="items", **own | {name: "another"})
