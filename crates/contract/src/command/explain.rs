//! `spec explain`: what a rule is for, for those who have met it in a finding.
//!
//! ```text
//! $ cargo spec explain duplicate-key
//! duplicate-key
//!
//! Why there is the rule, in a sentence.
//!
//! instead of:  a line that breaks it
//! write:       the line without the mistake
//! ```
//!
//! The texts are those of the rules themselves ([`Rule`]), here in sentences and as wide as the terminal. Without a name
//! all rules are listed; for a name that is nearly one, the message has the nearest.

use super::outcome::{Failure, Verdict};
use super::output::print;
use super::table;
use crate::nearest::nearest;
use crate::rules::{self, Rule};
use clap::Args;

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// Rule to explain, as findings name it; without it, all are listed
    rule: Option<String>,
}

/// Prints one rule, or all.
pub(super) fn run(arguments: &ExplainArguments) -> Result<Verdict, Failure> {
    let Some(name) = &arguments.rule else {
        let rows = rules::ALL
            .iter()
            .map(|rule| [rule.name.to_owned(), sentence(rule)]);
        print(&table::columns(
            ["rule", "reason"],
            &rows.collect::<Vec<_>>(),
        ))?;
        return Ok(Verdict::Shown);
    };
    let rule = rules::ALL.iter().find(|rule| rule.name == name);
    let rule = rule.ok_or_else(|| {
        let near = nearest(name, rules::ALL.iter().map(|rule| rule.name));
        let hint = near.map_or("`spec explain` lists all".to_owned(), |near| {
            format!("did you mean {near}?")
        });
        Failure::unusable(format!("there is no rule {name}; {hint}"))
    })?;
    print(&format!(
        "{}\n\n{}\n\ninstead of:  {}\nwrite:       {}\n",
        rule.name,
        table::wrapped(&sentence(rule)),
        rule.example,
        rule.fix,
    ))?;
    Ok(Verdict::Shown)
}

/// Why there is the rule, as a sentence; rules state it as a clause.
fn sentence(rule: &Rule) -> String {
    let mut letters = rule.why.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str() + "."
}
