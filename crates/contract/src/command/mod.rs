//! `spec`: the reviewer's desk. No key, no network.

pub(crate) mod args;
mod diff;
mod drift;
mod file;
mod show;

use processing_results_contract::{check, render};

use crate::exit::{Exit, Failure};
use crate::text;
use args::{Check, CheckFormat, Spec};

pub(crate) fn run(spec: &Spec) -> Result<(), Failure> {
    match spec {
        Spec::Check(arguments) => run_check(arguments),
        Spec::Show(arguments) => show::run(arguments),
        Spec::Diff(arguments) => diff::run(arguments),
        Spec::Drift(arguments) => drift::run(arguments),
    }
}

fn run_check(arguments: &Check) -> Result<(), Failure> {
    let contract = file::contract(arguments.file.as_deref())?;
    let findings = check(&contract.name, &contract.text);
    let output = match arguments.format {
        CheckFormat::Text => text::escaped_lines(&render::text(&findings)),
        CheckFormat::Github => text::escaped_lines(&render::github(&findings)),
        CheckFormat::Json => text::escaped_json(render::json(&findings)),
    };
    text::print(output.as_bytes())?;
    let what = counted(findings.len(), "finding");
    concluded(findings.is_empty(), &format!("{what} in {}", contract.name))
}

/// Ends with a note if all is well, and with exit code 1 if not.
fn concluded(is_good: bool, summary: &str) -> Result<(), Failure> {
    if is_good {
        text::say(&format!("note: {summary}"));
        return Ok(());
    }
    Err(Failure::new(Exit::Output, summary))
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
