"""The first line of the contract points editors to a schema. That schema must
be the published one of that address, and accept the contract."""
import json
import pathlib
import sys

import jsonschema
import openapi_spec_validator
import yaml

text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
address = text.splitlines()[0].partition("$schema=")[2]
folder = pathlib.Path(openapi_spec_validator.__file__).parent / "resources"
schemas = [json.loads(path.read_text(encoding="utf-8")) for path in folder.rglob("schema.json")]
schema = next((schema for schema in schemas if address and address in (schema.get("id"), schema.get("$id"))), None)
if schema is None:
    sys.exit(f"no published schema has the address of the first line: {address!r}")


class Texts(yaml.SafeLoader):
    """Reads no dates: JSON has none."""


Texts.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
jsonschema.Draft4Validator(schema).validate(yaml.load(text, Texts))
print(f"{address}: OK")
