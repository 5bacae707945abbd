//! The columns of CSV, TSV, Parquet, and NDJSON with `--fields`: their names, types and meanings.
//!
//! Programs read columns by name, so neither a name nor a type changes; a new column goes to the end of its group.
//! `docs/export.md` lists them, and is written from this table. Parameters that are lists or objects, and those that
//! nobody groups by, have no column: `job_config` has them all.

use std::borrow::Cow;
use std::cell::OnceCell;

use processing_results::types::Timestamp;
use processing_results_contract::nearest;

use super::members::{Members, quoted};
use crate::exit::Failure;

/// Types, as readers of Parquet know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    /// A list of texts.
    Texts,
    Boolean,
    /// With 64 bits.
    Integer,
    /// With 64 bits, floating point.
    Number,
    /// In UTC, with microseconds.
    Time,
    /// Text that is JSON.
    Json,
}

/// Where a cell comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellSource {
    /// The field of the row with the name of the column.
    Field,
    /// All fields of the row that have no column.
    Rest,
    /// This field of the job configuration's parameters.
    Parameter(&'static str),
    /// The field at this path within the job configuration.
    Config(&'static [&'static str]),
}

/// A column.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Type,
    pub(crate) source: CellSource,
    #[cfg_attr(
        not(feature = "parquet"),
        allow(dead_code, reason = "only Parquet files describe their columns")
    )]
    /// What it means, in a phrase; Parquet files have it too.
    pub(crate) about: &'static str,
}

/// The table below as values: fields of a row, then `extra`, then fields of the configuration, then parameters.
macro_rules! columns {
    ($($name:literal $kind:ident $about:literal)* config $($of:literal $kind_of:ident [$($path:literal)*] $says:literal)* parameters $($field:literal $type:ident $meaning:literal)*) => {
        [
            $(Column { name: $name, kind: Type::$kind, source: CellSource::Field, about: $about },)*
            Column {
                name: "extra",
                kind: Type::Json,
                source: CellSource::Rest,
                about: "Fields of the result that have no column, and a processed_at that is no time; null if there are none",
            },
            $(Column { name: $of, kind: Type::$kind_of, source: CellSource::Config(&[$($path),*]), about: $says },)*
            $(Column {
                name: concat!("parameters_", $field),
                kind: Type::$type,
                source: CellSource::Parameter($field),
                about: $meaning,
            },)*
        ]
    };
}

/// All columns, in their order. No credential is among them, which a test compares with the contract.
pub(crate) const COLUMNS: [Column; 46] = columns! {
    "item_id" Text "The item"
    "item_name" Text "Its name, mostly that of a file"
    "result_id" Text "The processing result"
    "job_type" Text "parse, extract, classify, or a newer type"
    "processed_at" Time "When the result was made, cut off to microseconds"
    "parameters_hash" Text "The same for jobs with the same parameters"
    "output_s3_path" Text "Where the output is, as the service wrote it"
    "output_bucket" Text "The bucket in it, null if there is none"
    "output_key" Text "The key in it, null if there is none"
    "output_metadata" Json "Metadata of the output"
    "job_config" Json "The complete job configuration; credentials are masked unless --reveal-secrets is given"
    config
    "batch_id" Text ["partitions" "batch_id"] "Batch that the job was part of"
    "job_status" Text ["status"] "Status of a classify job"
    "job_mode" Text ["mode"] "Mode of a classify job"
    parameters
    "tier" Text "Tier of quality and price"
    "version" Text "Release of the parser within its tier"
    "preset" Text "Set of parameters, by its name"
    "parse_mode" Text "How the document is read"
    "model" Text "Language model of the agentic modes"
    "vendor_multimodal_model_name" Text "Another vendor's model"
    "fast_mode" Boolean "Whether speed comes first"
    "premium_mode" Boolean "Whether quality comes first"
    "auto_mode" Boolean "Whether some pages get a better mode than the rest"
    "enable_cost_optimizer" Boolean "Whether easy pages are parsed in a cheaper way"
    "lang" Text "Language of the document"
    "languages" Texts "Languages for OCR"
    "high_res_ocr" Boolean "Whether OCR uses a higher resolution"
    "disable_ocr" Boolean "Whether text in images is ignored"
    "target_pages" Text "Pages to parse, from 0 on"
    "max_pages" Integer "Maximum number of pages"
    "page_error_tolerance" Number "Share of pages that may fail"
    "adaptive_long_table" Boolean "Whether long tables are recognized"
    "outlined_table_extraction" Boolean "Whether tables with ruled cells are looked for"
    "merge_tables_across_pages_in_markdown" Boolean "Whether a table over several pages becomes one"
    "output_tables_as_HTML" Boolean "Whether tables in the Markdown are HTML"
    "extract_layout" Boolean "Whether elements of pages are returned with their positions"
    "extract_charts" Boolean "Whether charts are extracted"
    "take_screenshot" Boolean "Whether a screenshot of every page is taken"
    "structured_output" Boolean "Whether data is returned by a JSON schema"
    "do_not_cache" Boolean "Whether nothing is stored in the cache"
    "invalidate_cache" Boolean "Whether cached results are discarded"
    "priority" Text "Requested priority"
    "output_s3_path_prefix" Text "Requested location of outputs"
    "project_id" Text "Project that the parser worked for"
    "pipeline_id" Text "Pipeline that the job was part of"
};

/// What the names of columns with parameters begin with.
const PARAMETERS: &str = "parameters_";

/// A row, of which each part is read once, however many columns there are for it.
pub(crate) struct RowValues<'a> {
    fields: Members<'a>,
    config: OnceCell<Option<Members<'a>>>,
    parameters: OnceCell<Option<Members<'a>>>,
}

impl<'a> RowValues<'a> {
    /// The row of a line of JSON; `None` if the line is not an object.
    pub(crate) fn read(line: &'a str) -> Option<Self> {
        Some(RowValues {
            fields: Members::read(line)?,
            config: OnceCell::new(),
            parameters: OnceCell::new(),
        })
    }

    /// The value of a cell as JSON; `None` for null and for what is not there.
    pub(crate) fn value(&self, column: &Column) -> Option<Cow<'a, str>> {
        let found = match column.source {
            CellSource::Field => self.fields.get(column.name),
            CellSource::Rest => return rest(&self.fields).map(Cow::Owned),
            CellSource::Parameter(name) => self.parameters()?.get(name),
            CellSource::Config(path) => {
                let (first, rest) = path.split_first()?;
                let first = self.config()?.get(first)?;
                rest.iter()
                    .try_fold(first, |json, name| Members::read(json)?.get(name))
            }
        };
        found.filter(|json| *json != "null").map(Cow::Borrowed)
    }

    fn config(&self) -> Option<&Members<'a>> {
        let read = || Members::read(self.fields.get("job_config")?);
        self.config.get_or_init(read).as_ref()
    }

    fn parameters(&self) -> Option<&Members<'a>> {
        let read = || Members::read(self.config()?.get("parameters")?);
        self.parameters.get_or_init(read).as_ref()
    }
}

/// The fields of a row that have no column, as a JSON object; `None` if all have one.
fn rest(row: &Members<'_>) -> Option<String> {
    let has_column = |name: &str| {
        COLUMNS
            .iter()
            .any(|column| column.source == CellSource::Field && column.name == name)
    };
    // A column of times has no place for a text that is none.
    let is_lost = |name: &str, json: &str| {
        let text = serde_json::from_str::<String>(json);
        name == "processed_at" && text.is_ok_and(|text| text.parse::<Timestamp>().is_err())
    };
    let rest = row
        .0
        .iter()
        .filter(|(name, value)| !has_column(name) || is_lost(name, value.get()));
    let rest: Vec<_> = rest
        .map(|(name, value)| format!("{}:{}", quoted(name), value.get()))
        .collect();
    (!rest.is_empty()).then(|| format!("{{{}}}", rest.join(",")))
}

/// The columns of these names in this order, or all columns if no name is given.
pub(crate) fn selected(names: &[String]) -> Result<Vec<&'static Column>, Failure> {
    if names.is_empty() {
        return Ok(COLUMNS.iter().collect());
    }
    let mut columns: Vec<&Column> = Vec::new();
    for name in names.iter().map(|name| name.trim()) {
        let found = COLUMNS.iter().find(|column| column.name == name);
        let column = found.ok_or_else(|| unknown(name))?;
        if columns.iter().any(|other| other.name == name) {
            return Err(Failure::usage(format!(
                "--fields names {name} twice: leave one of them out"
            )));
        }
        columns.push(column);
    }
    Ok(columns)
}

/// The failure for a name that no column has, with the one that may be meant: a parameter without `parameters_` or with
/// a dot, another case, a slip. If there is none, all names.
fn unknown(name: &str) -> Failure {
    if name.is_empty() {
        return Failure::usage(
            "--fields has an empty name: leave out the comma, or write the name",
        );
    }
    let plain = name.to_lowercase().replace(['.', '-', ' '], "_");
    let plain = plain.strip_prefix(PARAMETERS).unwrap_or(&plain);
    let all = || COLUMNS.iter().map(|column| column.name);
    let short = |name: &'static str| name.strip_prefix(PARAMETERS).unwrap_or(name);
    let near = nearest(plain, all().map(short));
    let near = near.and_then(|near| all().find(|name| short(name) == near));
    Failure::usage(match near {
        Some(meant) => format!("there is no field {name}: did you mean {meant}?"),
        None => format!(
            "there is no field {name}; there are {}",
            all().collect::<Vec<_>>().join(", ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use processing_results::__private::{Field, SensitiveNames};
    use processing_results::spec;
    use processing_results::types::ItemProcessingResults;
    use processing_results_contract::Document;
    use serde_json::Value;

    use super::*;

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
        let mut page = fs::read_to_string(path).unwrap();
        let table = |page: &str| {
            let lines = page.split_inclusive('\n');
            lines
                .filter(|line| line.starts_with("| `"))
                .collect::<String>()
        };
        let expected = documented();
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            page = page.replace(&table(&page), &expected);
            fs::write(path, &page).unwrap();
        }
        let table = table(&page);
        assert!(
            table == expected,
            "docs/export.md has another table than this; UPDATE_GOLDENS=1 writes it:\n{expected}"
        );
    }

    #[test]
    fn parameters_have_the_types_of_the_contract_and_none_is_secret() {
        let sensitive = SensitiveNames::new(&ItemProcessingResults::SHAPE);
        let json = Document::parse("", spec::YAML).unwrap().to_json();
        let record = &json["components"]["schemas"]["BatchParseJobConfig"];
        for column in &COLUMNS {
            let CellSource::Parameter(name) = column.source else {
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
            assert!(sensitive.shape(name).is_none(), "{name}");
            assert_eq!(field["format"], Value::Null, "{name}");
        }
    }
}
