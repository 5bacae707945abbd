//! What the bindings and the command call by name.
//!
//! `src/` and the packages above it name the parameters that they send and the fields that they read. Without
//! one of them, or with another type, the build stops in Rust code. The tables here say it first, at the line.
//! A test builds the bindings from a contract that has nothing but these (`crates/codegen/tests/it/needed.rs`).
//!
//! ```yaml
//! - {name: project, in: query}        # wrong: the bindings send `project_id`
//! processed_at: {type: string}        # wrong: used as a required `format: date-time`
//! ```
//!
//! Everything else may be renamed, retyped, added or removed by an edit of the YAML alone. What this finds
//! comes last, and only where nothing else is wrong: see `rules::run`.

mod call;
mod fields;
mod report;
mod tables;

use crate::finding::Position;
use crate::report::Report;
use crate::spec::{Operation, Spec};
use report::{gone, miss};
use tables::{HISTORY, JOB_CONFIG, JOB_TYPE, RESULT};

pub(crate) use report::USED_BY_BINDINGS;
pub(crate) use tables::is_parameter;

/// Reports what the bindings miss, and says whether that is anything.
///
/// Of several operations, the first is the one that the bindings make. A component that is not there is
/// reported at the one that took its place, if one is near.
pub(crate) fn check(spec: &Spec, report: &mut Report) -> bool {
    let calls: Vec<Operation> = spec.operations().collect();
    if let Some(call) = calls.first() {
        call::check(spec, call, report);
    }
    for second in calls.iter().skip(1) {
        let line = calls.first().map_or(1, |first| first.method.at.line);
        let message = format!("the bindings make one call, which is on line {line}");
        miss(report, second.method.at, message, "keep one of them");
    }
    let components = spec.components();
    for name in [HISTORY, RESULT, JOB_TYPE, JOB_CONFIG] {
        match components.iter().find(|entry| entry.key.text == name) {
            Some(entry) => fields::check(entry, report),
            None => {
                let at = spec.root.at_key("components", Position::START);
                let names = components
                    .iter()
                    .map(|entry| (entry.key.text.as_str(), entry.at));
                gone(&format!("a component `{name}`"), name, names, at, report);
            }
        }
    }
    report.has(&USED_BY_BINDINGS)
}
