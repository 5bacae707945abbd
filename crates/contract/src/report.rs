//! Findings as they are collected.

use crate::finding::{Finding, Position};
use crate::rules::Rule;

/// The findings of one file.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    file: String,
    findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn new(file: &str) -> Report {
        Report {
            file: file.to_owned(),
            findings: Vec::new(),
        }
    }

    pub(crate) fn add(
        &mut self,
        rule: &Rule,
        at: Position,
        message: impl Into<String>,
        help: impl Into<Help>,
    ) {
        self.findings.push(Finding {
            file: self.file.clone(),
            line: at.line,
            column: at.column,
            rule: rule.name,
            message: message.into(),
            help: help.into().0,
        });
    }

    /// By position, then by rule; nothing twice.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.findings.sort();
        self.findings.dedup();
        self.findings
    }
}

/// The help of a finding, from whatever a rule has at hand.
pub(crate) struct Help(Option<String>);

impl From<&str> for Help {
    fn from(help: &str) -> Help {
        Help(Some(help.to_owned()))
    }
}

impl From<String> for Help {
    fn from(help: String) -> Help {
        Help(Some(help))
    }
}

impl From<Option<String>> for Help {
    fn from(help: Option<String>) -> Help {
        Help(help)
    }
}

/// `did you mean ...?` with the nearest of the names that exist, if one is near at all.
pub(crate) fn nearest<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let distance =
        |name: &str| strsim::damerau_levenshtein(&wrong.to_lowercase(), &name.to_lowercase());
    let allowed = (wrong.chars().count() / 3).max(1);
    let nearest = names.into_iter().map(|name| (distance(name), name)).min()?;
    (nearest.0 <= allowed).then_some(nearest.1)
}

/// The nearest name as a help line.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(
            nearest("nullabel", ["type", "nullable", "format"]),
            Some("nullable")
        );
        assert_eq!(
            nearest("requird", ["required", "requires_x"]),
            Some("required")
        );
        assert_eq!(nearest("x", ["nullable"]), None);
        assert_eq!(nearest("banana", ["nullable", "type"]), None);
    }
}
