"""What schemathesis has to know of the service beyond the contract."""
import os

import schemathesis

# A detail is a sentence, or in a 422 a list of what is wrong.
DETAIL = {
    "oneOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["loc", "msg", "type"],
                "properties": {
                    "loc": {"type": "array", "minItems": 1},
                    "msg": {"type": "string", "minLength": 1},
                    "type": {"type": "string", "minLength": 1},
                },
            },
        },
    ]
}
ERROR = {"type": "object", "required": ["detail"], "properties": {"detail": DETAIL}}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """The contract documents the response 200 alone, and says in prose that parameters are not sent empty."""
    (path,) = raw_schema["paths"].values()
    for status in ("401", "404", "422"):
        path["get"]["responses"][status] = {
            "description": "An error.",
            "content": {"application/json": {"schema": ERROR}},
        }
    for parameter in path["get"]["parameters"]:
        if parameter["in"] == "query" and parameter["name"] != "job_type":
            parameter["schema"]["minLength"] = 1


@schemathesis.hook
def map_case(context, case):
    """Hardly any made up id is that of an item, so that one can be given."""
    if item_id := os.environ.get("PEERS_ITEM_ID"):
        case.path_parameters = {"item_id": item_id}
    return case
