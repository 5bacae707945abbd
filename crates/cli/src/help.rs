//! Help texts, wrapped with a hanging indent at any width.
//!
//! Texts are files beside this one, one paragraph a line, and are wrapped here. Completions and the man page
//! are made of the same description of the command line.

use std::io::{self, Write as _};

use clap::{Command, Subcommand};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::terminal;

/// The widest line of a help text.
pub(crate) const MAX_WIDTH: usize = 100;

/// The text `help/NAME.txt`, for clap. Each paragraph and each entry is one line of that file.
macro_rules! help_text {
    ($name:literal) => {
        $crate::help::layout(include_str!(concat!("help/", $name, ".txt")))
    };
}

/// Help that belongs to several commands, as in `processing-results help exit-codes`.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Topic {
    #[command(hide = true, help_template = "{after-help}", after_help = help_text!("topic-exit-codes"))]
    ExitCodes,
    #[command(hide = true, help_template = "{after-help}", after_help = help_text!("topic-environment"))]
    Environment,
    #[command(hide = true, help_template = "{after-help}", after_help = help_text!("topic-formats"))]
    Formats,
    #[command(hide = true, help_template = "{after-help}", after_help = help_text!("topic-secrets"))]
    Secrets,
    #[command(hide = true, help_template = "{after-help}", after_help = help_text!("topic-resuming"))]
    Resuming,
}

impl Topic {
    pub(crate) fn text(self) -> String {
        match self {
            Topic::ExitCodes => help_text!("topic-exit-codes"),
            Topic::Environment => help_text!("topic-environment"),
            Topic::Formats => help_text!("topic-formats"),
            Topic::Secrets => help_text!("topic-secrets"),
            Topic::Resuming => help_text!("topic-resuming"),
        }
    }
}

/// The completions of the command for a shell.
pub(crate) fn completions(shell: Shell, mut command: Command) -> Vec<u8> {
    let mut out = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, name, &mut out);
    out
}

/// The manual: one page with all commands, and the topics of the help.
pub(crate) fn manual(command: &Command) -> io::Result<Vec<u8>> {
    let mut command = command.clone();
    // Gives commands their names with those of the commands above them.
    command.build();
    let mut out = Vec::new();
    Man::new(command.clone()).render(&mut out)?;
    sections(&command, &mut out)?;
    writeln!(out, ".SH TOPICS")?;
    for topic in command.get_subcommands().filter(|it| is_topic(it)) {
        if let Some(text) = topic.get_after_help() {
            writeln!(out, ".nf\n{}\n.fi", roff(&text.to_string()))?;
        }
    }
    Ok(out)
}

/// The sections of the commands below this one.
fn sections(command: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    let shown = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    for command in command.get_subcommands().filter(shown) {
        let name = command.get_bin_name().unwrap_or(command.get_name());
        let man = Man::new(command.clone().display_name(name.to_owned()));
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)?;
        man.render_extra_section(out)?;
        sections(command, out)?;
    }
    Ok(())
}

/// Topics are hidden among the commands, and named at the end of the help.
fn is_topic(command: &Command) -> bool {
    Topic::has_subcommand(command.get_name())
}

/// A text in which no line and no character is one of the page's language.
fn roff(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        match line.starts_with(['.', '\'']) {
            true => format!("\\&{line}"),
            false => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Wraps a help text for this terminal.
pub(crate) fn layout(text: &str) -> String {
    let width = terminal::width().min(MAX_WIDTH);
    let lines = text.lines().map(|line| wrapped(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

/// Breaks one line of a help file between words; a word that is too long is not broken.
fn wrapped(line: &str, width: usize) -> String {
    let indent = " ".repeat(hanging(line).min(width / 2));
    let options = textwrap::Options::new(width)
        .subsequent_indent(&indent)
        .break_words(false);
    textwrap::fill(line, options)
}

/// Where the continuation of a line begins: below its last column, below the text of a
/// list's entry, or below the line itself.
fn hanging(line: &str) -> usize {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if text.starts_with("- ") {
        return indent + 2;
    }
    // A paragraph at the margin has no columns.
    match text.find("  ").filter(|_| indent > 0) {
        Some(gap) => line.len() - text[gap..].trim_start().len(),
        None => indent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_hangs_below_its_column() {
        for (line, expected) in [
            (
                "  NAME   a text that is long",
                "  NAME   a text that\n         is long",
            ),
            (
                "  - an entry that is quite long",
                "  - an entry that is\n    quite long",
            ),
            ("a paragraph of two lines", "a paragraph of two\nlines"),
        ] {
            assert_eq!(wrapped(line, 20), expected);
        }
    }
}
