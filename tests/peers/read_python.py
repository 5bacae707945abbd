"""What the official Python SDK reads: cases on standard input, readings on standard output."""
import datetime
import json
import sys

import llama_cloud


def read(case):
    sent = []
    http = llama_cloud.DefaultHttpxClient(event_hooks={"request": [sent.append]})
    options = {"max_retries": case["max_retries"]} if "max_retries" in case else {}
    client = llama_cloud.LlamaCloud(
        api_key=case["api_key"], base_url=case["base_url"], http_client=http, **options
    )
    query = {name: case[name] for name in ("job_type", "project_id", "organization_id") if name in case}
    try:
        history = client.beta.batch.job_items.get_processing_results(
            case["item_id"], extra_headers=case.get("headers"), **query
        )
    except llama_cloud.APIStatusError as error:
        detail = error.body.get("detail") if isinstance(error.body, dict) else None
        reading = {"error": type(error).__name__, "status": error.status_code, "detail": detail}
    except ValueError as error:
        reading = {"refused": str(error)}
    else:
        results = history.processing_results or []
        reading = {
            "value": plain(history),
            "filed": [filed(result.job_config) for result in results],
            "instants": [int(result.processed_at.timestamp()) for result in results],
        }
    return reading | {"requests": len(sent)}


def plain(value):
    """What a caller finds in the attributes, known and unknown ones, under the names of the wire."""
    if isinstance(value, llama_cloud.BaseModel):
        fields = type(value).model_fields.items()
        known = {field.alias or name: getattr(value, name) for name, field in fields if name in value.model_fields_set}
        return {name: plain(member) for name, member in (known | (value.model_extra or {})).items()}
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value


def filed(config):
    names = {
        "ProcessingResultJobConfigBatchParseJobRecordCreate": "parse record",
        "ClassifyJob": "classify job",
    }
    return names.get(type(config).__name__, "value")


json.dump({case["name"]: read(case) for case in json.load(sys.stdin)}, sys.stdout)
