//! What an edit of the contract alone does: builds of a copy of the repository in which nothing but the YAML is another.

// The lints' exemption for tests does not reach their helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use processing_results_contract::{Document, drift};
use serde_json::json;

const CONTRACT: &str = "openapi/processing-results.yaml";

/// The repository; none in a package.
fn repository() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(CONTRACT).exists().then_some(root)
}

/// A job type with a configuration, and a region.
fn extended(yaml: &str) -> String {
    let edits = [
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
            concat!(
                "    ExtractJob:\n",
                "      type: object\n",
                "      description: Configuration of an extract run.\n",
                "      additionalProperties: {}\n",
                "      properties:\n",
                "        extraction_target:\n",
                "          type: string\n",
                "          nullable: true\n",
                "          description: What data is extracted from.\n\n",
                "    ClassifyJob:\n",
            ),
        ),
    ];
    edits.iter().fold(yaml.to_owned(), |yaml, (from, to)| {
        assert_eq!(yaml.matches(from).count(), 1, "{from}");
        yaml.replace(from, to)
    })
}

/// Builds a copy of the repository with another contract, and runs a program on it.
fn run(yaml: &str, program: &str) -> Result<String, String> {
    // One copy and one target directory, so that what is the same is built once.
    static COPY: Mutex<()> = Mutex::new(());
    let _alone = COPY.lock().unwrap_or_else(PoisonError::into_inner);
    let root = repository().unwrap();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edits");
    for path in [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "build.rs",
        "src",
        "openapi",
        "crates/contract",
        "crates/codegen",
        "crates/runtime",
    ] {
        copy_all(&root.join(path), &copy.join(path));
    }
    // Of the members, those that are copied, and the program.
    let manifest = fs::read_to_string(copy.join("Cargo.toml")).unwrap();
    let (workspace, package) = manifest.split_once("[package]").unwrap();
    let workspace = workspace
        .lines()
        .filter(|line| !line.starts_with("default-members"));
    let package = without_section(package, "[dev-dependencies]");
    let package = without_section(&without_section(&package, "[[test]]"), "[[bench]]");
    let manifest = format!(
        "{}\n[package]{package}",
        workspace.collect::<Vec<_>>().join("\n")
    );
    write(&copy.join("Cargo.toml"), manifest.as_bytes());
    write(&copy.join(CONTRACT), yaml.as_bytes());
    let manifest = "[package]\nname = \"program\"\nedition = \"2024\"\n[dependencies]\nprocessing-results = { path = \"../..\" }\nserde_json = \"1\"\n";
    write(&copy.join("crates/program/Cargo.toml"), manifest.as_bytes());
    write(&copy.join("crates/program/src/main.rs"), program.as_bytes());

    let cargo = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "-p", "program"])
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", copy.join("target"))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match cargo.status.success() {
        true => Ok(text(&cargo.stdout)),
        false => Err(text(&cargo.stderr)),
    }
}

/// A manifest without one of its sections.
fn without_section(manifest: &str, section: &str) -> String {
    match manifest.split_once(section) {
        Some((before, rest)) => before.to_owned() + rest.find("\n[").map_or("", |end| &rest[end..]),
        None => manifest.to_owned(),
    }
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy_all(&from.join(&name), &to.join(&name));
        }
    } else {
        write(to, &fs::read(from).unwrap());
    }
}

/// Writes a file that is not the same already, which cargo would take for another.
fn write(to: &Path, content: &[u8]) {
    if fs::read(to).ok().as_deref() != Some(content) {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, content).unwrap();
    }
}

#[test]
fn a_job_type_and_a_region_are_edits_of_the_contract_alone() {
    let Some(root) = repository() else { return };
    let yaml = extended(&fs::read_to_string(root.join(CONTRACT)).unwrap());
    let document = Document::parse("edited", &yaml).unwrap();
    let findings: Vec<_> = document.check().iter().map(ToString::to_string).collect();
    assert_eq!(findings, [""; 0]);

    let program = r##"
        use processing_results::{Job, Region, types::ProcessingResult};
        fn main() {
            let result: ProcessingResult = serde_json::from_str(r#"{
                "item_id": "a", "result_id": "r", "job_type": "extract", "parameters_hash": "h", "output_s3_path": "",
                "job_config": {"extraction_target": "per_page", "new": 1}, "processed_at": "2026-01-02T03:04:05"
            }"#).unwrap();
            let Job::Extract(job) = result.job() else { panic!("an extract job") };
            println!("{} {}", job.extraction_target.as_deref().unwrap_or_default(), Region::Au.base_url());
            println!("{}", result.masked()["job_config"]);
        }
    "##;
    let shown = "per_page https://api.cloud.au.llamaindex.ai\n{\"extraction_target\":\"per_page\",\"new\":\"<number>\"}\n";
    assert_eq!(run(&yaml, program), Ok(shown.to_owned()));

    let response = json!({"item_id": "a", "item_name": "a", "processing_results": [{
        "item_id": "a", "result_id": "r", "job_type": "extract", "parameters_hash": "h", "output_s3_path": "",
        "job_config": {"extraction_target": 7, "new": 1}, "processed_at": "2026-01-02T03:04:05"
    }]});
    let drifts = drift::inspect(&document, &response).unwrap();
    let places: Vec<_> = drifts.iter().map(|drift| drift.place.as_str()).collect();
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(
        places.iter().all(|place| place.contains("Extract")),
        "{places:?}"
    );
}

#[test]
fn a_renamed_parameter_does_not_build_with_two_values_swapped() {
    let Some(root) = repository() else { return };
    let yaml = fs::read_to_string(root.join(CONTRACT)).unwrap();
    for (from, to) in [
        ("organization_id", "zone_id"),
        ("project_id", "a_project_id"),
    ] {
        let parameter = format!("        - name: {from}\n");
        assert_eq!(yaml.matches(&parameter).count(), 1);
        let renamed = yaml.replace(&parameter, &format!("        - name: {to}\n"));
        let error = run(&renamed, "fn main() {}").unwrap_err();
        assert!(error.contains(from), "{error}");
        assert!(
            error.contains("no field named")
                || error.contains("cargo::error")
                || error.contains(CONTRACT),
            "{error}"
        );
    }
}
