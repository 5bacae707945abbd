//! The columns of a table: their names, types and meanings. Programs rely on the names and types.

/// Types, as readers of Parquet know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Texts,
    Boolean,
    Integer,
    Number,
    /// In UTC, with microseconds.
    Time,
    /// Text that is JSON.
    Json,
}

/// Where a cell comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The row's field of the column's name.
    Field,
    /// All fields of the row that have no column.
    Rest,
    /// This field of the job configuration's parameters.
    Parameter(&'static str),
}

pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Type,
    pub(super) source: Source,
    pub(super) about: &'static str,
}

macro_rules! columns {
    ($($name:literal $kind:ident $about:literal)* parameters $($field:literal $type:ident $meaning:literal)*) => {
        [
            $(Column { name: $name, kind: Type::$kind, source: Source::Field, about: $about },)*
            Column {
                name: "extra",
                kind: Type::Json,
                source: Source::Rest,
                about: "Fields of the result that have no column, null if there are none",
            },
            $(Column {
                name: concat!("parameters_", $field),
                kind: Type::$type,
                source: Source::Parameter($field),
                about: $meaning,
            },)*
        ]
    };
}

/// All columns, in their order. No credential is among them.
pub(super) const COLUMNS: [Column; 43] = columns! {
    "item_id" Text "The item"
    "item_name" Text "Its name, mostly that of a file"
    "result_id" Text "The processing result"
    "job_type" Text "What was done: parse, extract, classify, or what the service learns to do"
    "processed_at" Time "When it was done; what is finer than a microsecond is cut off"
    "parameters_hash" Text "The same for jobs with the same parameters"
    "output_s3_path" Text "Where the output is, as the service wrote it"
    "output_bucket" Text "The bucket in it, null if there is none"
    "output_key" Text "The key in it, null if there is none"
    "output_metadata" Json "What the service tells about the output"
    "job_config" Json "The whole job configuration; credentials are masked unless --reveal-secrets is there"
    parameters
    "tier" Text "Level of quality and price"
    "version" Text "Release of the parser within its tier"
    "preset" Text "Set of parameters, by its name"
    "parse_mode" Text "How the document is read"
    "model" Text "Language model of the modes with an agent"
    "vendor_multimodal_model_name" Text "Another vendor's model"
    "fast_mode" Boolean "Whether speed comes first"
    "premium_mode" Boolean "Whether quality comes first"
    "auto_mode" Boolean "Whether some pages get a better mode than the rest"
    "enable_cost_optimizer" Boolean "Whether easy pages take a cheaper way"
    "lang" Text "Language of the document"
    "languages" Texts "Languages that OCR expects"
    "high_res_ocr" Boolean "Whether OCR takes a finer resolution"
    "disable_ocr" Boolean "Whether text in images is passed over"
    "target_pages" Text "Pages to parse, from 0 on"
    "max_pages" Integer "How many pages are parsed at most"
    "page_error_tolerance" Number "Share of pages that may fail"
    "adaptive_long_table" Boolean "Whether long tables are recognized"
    "outlined_table_extraction" Boolean "Whether tables with ruled cells are looked for"
    "merge_tables_across_pages_in_markdown" Boolean "Whether a table over several pages becomes one"
    "output_tables_as_HTML" Boolean "Whether tables in the Markdown are HTML"
    "extract_layout" Boolean "Whether elements of pages are returned with their positions"
    "extract_charts" Boolean "Whether charts are extracted"
    "take_screenshot" Boolean "Whether there is a picture of every page"
    "structured_output" Boolean "Whether data is returned in the shape of a schema"
    "do_not_cache" Boolean "Whether nothing is stored in the cache"
    "invalidate_cache" Boolean "Whether what the cache has is thrown away"
    "priority" Text "Urgency that was asked for"
    "output_s3_path_prefix" Text "Where outputs were to be put"
    "project_id" Text "Project that the parser worked for"
    "pipeline_id" Text "Pipeline that the job was part of"
};

#[cfg(test)]
mod tests {
    use std::fs;

    use processing_results::spec;
    use processing_results_contract::Document;
    use serde_json::Value;

    use super::*;
    use crate::contract::Contract;

    /// The lines of the table in docs/export.md.
    fn documented() -> String {
        let line = |column: &Column| {
            let kind = match column.kind {
                Type::Text => "text",
                Type::Texts => "list of texts",
                Type::Boolean => "boolean",
                Type::Integer => "integer, 64 bits",
                Type::Number => "number, 64 bits",
                Type::Time => "timestamp, UTC, microseconds",
                Type::Json => "text, JSON",
            };
            format!("| `{}` | {kind} | {} |\n", column.name, column.about)
        };
        COLUMNS.iter().map(line).collect()
    }

    #[test]
    fn every_column_is_documented() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/export.md");
        let page = fs::read_to_string(path).unwrap();
        let table: String = page
            .split_inclusive('\n')
            .filter(|line| line.starts_with("| `"))
            .collect();
        let expected = documented();
        assert!(
            table == expected,
            "docs/export.md has another table than this:\n{expected}"
        );
    }

    #[test]
    fn parameters_have_the_types_of_the_contract_and_none_is_secret() {
        let contract = Contract::bundled().unwrap();
        let json = Document::parse("", spec::YAML).unwrap().to_json();
        let record = &json["components"]["schemas"]["BatchParseJobConfig"];
        for column in &COLUMNS {
            let Source::Parameter(name) = column.source else {
                continue;
            };
            let field = &record["properties"][name];
            let expected = match (field["type"].as_str(), field["items"].is_object()) {
                (Some("string"), _) => Type::Text,
                (Some("boolean"), _) => Type::Boolean,
                (Some("integer"), _) => Type::Integer,
                (Some("number"), _) => Type::Number,
                (Some("array"), true) => Type::Texts,
                _ => panic!("{name} is not in the contract as a column could be"),
            };
            assert_eq!(column.kind, expected, "{name}");
            assert!(contract.sensitive(name).is_none(), "{name}");
            assert_eq!(field["format"], Value::Null, "{name}");
        }
    }
}
