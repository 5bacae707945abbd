//! The version of the contract, `info.version`.
//!
//! The generated client sends it as the header `api-version` unless a caller sets another one, so it must fit into
//! one. YAML adds a trap of its own:
//!
//! ```yaml
//! version: 1.0           # wrong: the number 1, to most tools
//! version: "1.0"         # right
//! version: 2026-03-27    # wrong: a date to YAML 1.1 tools, which `bare-scalar` reports
//! ```

use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;

/// Spaces are refused as well. That the version is there is `missing-key`'s; which versions are newer than
/// others is nobody's business here.
pub(crate) static INFO_VERSION_ASCII: Rule = Rule {
    name: "info-version-ascii",
    why: "a version that is not plain ASCII panics in a header at call time; a bare number is no text",
    example: "version: 1.0",
    fix: "version: \"1.0\"",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    let Some(version) = spec.root.get("info").and_then(|info| info.get("version")) else {
        return;
    };
    let text = version.text().unwrap_or_default();
    let (message, help) = if version.string().is_none() {
        (
            format!("`{text}` is no text"),
            format!("write `\"{text}\"`"),
        )
    } else if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        let message = format!("`{text}` cannot be sent in a header");
        (
            message,
            "write ASCII without spaces, such as a date".to_owned(),
        )
    } else {
        return;
    };
    report.add(&INFO_VERSION_ASCII, version.at, message, help);
}
