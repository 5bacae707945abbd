//! Legal edits: each changes what is generated, and no Rust file.

/// A marker between what the responses say, and what is printed about these edits.
pub(crate) const MORE: &str = "more:\n";

/// What the package of [`extended`], the second one, shows: its names are in the bindings.
pub(crate) const PROGRAM: &str = r##"
    println!("more:");
    let result: e1::types::ProcessingResult = serde_json::from_str(r#"{
        "item_id": "a", "result_id": "r", "job_type": "extract", "parameters_hash": "h", "output_s3_path": "",
        "job_config": {"extraction_target": "per_page", "new": 1}, "processed_at": "2026-01-02T03:04:05"
    }"#).unwrap();
    let e1::Job::Extract(job) = result.job() else { panic!("an extract job") };
    println!("{} {}", job.extraction_target.as_deref().unwrap_or_default(), e1::Region::Au.base_url());
    println!("{}", result.masked()["job_config"]);
"##;

/// What the program prints then.
pub(crate) const SHOWN: &str = "per_page https://api.cloud.au.llamaindex.ai\n{\"extraction_target\":\"per_page\",\"new\":\"<number>\"}";

fn edited(yaml: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(yaml.to_owned(), |yaml, (from, to)| {
        assert_eq!(yaml.matches(from).count(), 1, "{from}");
        yaml.replace(from, to)
    })
}

/// A job type with a configuration, and a region.
pub(crate) fn extended(yaml: &str) -> String {
    edited(
        yaml,
        &[
            (
                "    x-region: Eu\n",
                "    x-region: Eu\n  - url: https://api.cloud.au.llamaindex.ai\n    description: Australia.\n    x-region: Au\n",
            ),
            (
                "          classify: ClassifyJob\n",
                "          classify: ClassifyJob\n          extract: ExtractJob\n",
            ),
            (
                "            $ref: '#/components/schemas/ClassifyJob'\n        - $ref: '#/components/schemas/ClassifyJob'\n",
                "            $ref: '#/components/schemas/ClassifyJob'\n        - $ref: '#/components/schemas/ClassifyJob'\n        - $ref: '#/components/schemas/ExtractJob'\n",
            ),
            (
                "    ClassifyJob:\n",
                "    ExtractJob:
      type: object
      description: Configuration of an extract run.
      additionalProperties: {}
      properties:
        extraction_target:
          type: string
          nullable: true
          description: What data is extracted from.

    ClassifyJob:
",
            ),
        ],
    )
}

/// Errors with bodies, parameters of every kind, formats, and names that are hard to write in Rust.
pub(crate) fn all(yaml: &str) -> String {
    let optional = |name: &str, schema: &str| {
        format!(
            "        {name}: {{{schema}, nullable: true, description: 'One of many, as `{name}`.'}}\n"
        )
    };
    let mut fields = String::new();
    for name in [
        "self",
        "super",
        "crate",
        "async",
        "r#match",
        "1st",
        "名前",
        "\"true\"",
        "x-y",
        "a.b",
        "\"42\"",
        "format",
        "properties",
        "as_str",
        "new",
        "object",
        "map",
        "text",
        "\"ä ö\"",
        "\"%\"",
        "\"+1\"",
    ] {
        fields += &optional(name, "type: string");
    }
    for (name, kind) in [
        ("uuid", "string"),
        ("date", "string"),
        ("int32", "integer"),
        ("int64", "integer"),
        ("float", "number"),
        ("double", "number"),
    ] {
        fields += &optional(
            &format!("of_{name}"),
            &format!("type: {kind}, format: {name}"),
        );
    }
    for (name, schema) in [
        (
            "array_of_times",
            "type: array, items: {type: string, format: date-time, nullable: true}",
        ),
        (
            "array_of_arrays",
            "type: array, items: {type: array, items: {type: string, format: password}}",
        ),
        (
            "map_of_numbers",
            "type: object, additionalProperties: {type: number, nullable: true}",
        ),
        ("map_of_anything", "type: object, additionalProperties: {}"),
        (
            "map_of_enums",
            "type: object, additionalProperties: {$ref: '#/components/schemas/Priority'}",
        ),
        ("array_of_anything", "type: array, items: {}"),
        ("old_one", "type: string, deprecated: true"),
    ] {
        fields += &optional(name, schema);
    }
    let values: String = [
        "\"1\"",
        "Self",
        "crate",
        "\"2026-01-01\"",
        "with space",
        "\"true\"",
        "v1.2-beta",
        "ärger",
        "名前",
        "none",
        "some",
        "ok",
        "err",
        "string",
        "vec",
    ]
    .iter()
    .map(|value| format!("        - {value}\n"))
    .collect();
    let parameter = |name: &str, place: &str, schema: &str| {
        format!(
            "        - name: {name}\n          in: {place}\n          deprecated: true\n          description: One more.\n          schema: {schema}\n"
        )
    };
    let parameters = [
        parameter("limit", "query", "{type: integer, format: int32}"),
        parameter("ids", "query", "{type: array, items: {type: string}}"),
        parameter("since", "query", "{type: string, format: date-time}"),
        parameter("type", "query", "{type: boolean}"),
        parameter("X-Trace", "header", "{type: string}"),
        parameter(
            "priority",
            "query",
            "{$ref: '#/components/schemas/Priority'}",
        ),
        "        - name: session\n".to_owned(),
    ];
    let history = "                $ref: '#/components/schemas/ItemProcessingResults'\n";
    let error = |status: &str| {
        format!(
            "        \"{status}\":\n          description: Refused.\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/HttpError'}}}}}}\n"
        )
    };
    let error_body = "    HttpError:
      type: object
      description: Why a request was refused.
      additionalProperties: {}
      properties:
        detail:
          description: What is wrong.

    JobName:
";
    edited(
        yaml,
        &[
            (
                "        - screenshot\n",
                &format!("        - screenshot\n{values}"),
            ),
            (
                "        outputBucket:\n",
                &format!("{fields}        outputBucket:\n"),
            ),
            ("        - name: session\n", &parameters.concat()),
            (
                history,
                &format!("{history}{}{}{}", error("404"), error("400"), error("5XX")),
            ),
            ("    JobName:\n", error_body),
            (
                "      operationId: get_item_processing_results\n",
                "      deprecated: true\n      operationId: list_runs\n",
            ),
        ],
    )
}

/// Components with names that other types have, as objects or as enums.
pub(crate) fn named(yaml: &str, as_enums: bool) -> String {
    const NAMES: [&str; 40] = [
        "Client",
        "Error",
        "Value",
        "Box",
        "Vec",
        "Result",
        "Some",
        "None",
        "Ok",
        "Err",
        "Uuid",
        "ResponseValue",
        "Region",
        "Parameters",
        "OtherJob",
        "Transport",
        "Builder",
        "Default",
        "Send",
        "ByteStream",
        "Debug",
        "Clone",
        "PartialEq",
        "Serialize",
        "Deserialize",
        "Serializer",
        "Deserializer",
        "Types",
        "Prelude",
        "From",
        "Into",
        "Iterator",
        "Display",
        "Object",
        "Field",
        "Shape",
        "Map",
        "BTreeMap",
        "Other",
        "Unknown",
    ];
    let (mut fields, mut components) = (String::new(), String::new());
    for name in NAMES {
        fields += &format!(
            "        a_{name}:\n          type: {kind}\n          nullable: true\n          description: One.\n          allOf:\n            - $ref: '#/components/schemas/{name}'\n",
            kind = if as_enums { "string" } else { "object" }
        );
        components += &match as_enums {
            true => format!(
                "    {name}:\n      type: string\n      description: One.\n      enum: [one, two]\n"
            ),
            false => format!(
                "    {name}:\n      type: object\n      description: One.\n      additionalProperties: {{}}\n      required: [a]\n      properties:\n        a:\n          type: string\n          description: One.\n        b:\n          type: array\n          nullable: true\n          description: One.\n          items: {{type: boolean}}\n"
            ),
        };
    }
    edited(
        yaml,
        &[
            (
                "        outputBucket:\n",
                &format!("{fields}        outputBucket:\n"),
            ),
            ("    JobName:\n", &format!("{components}    JobName:\n")),
        ],
    )
}
