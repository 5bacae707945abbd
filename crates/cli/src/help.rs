//! Help texts, wrapped with a hanging indent at any width; completions; and the man page.
//!
//! Each text is a file in `help/`, with one paragraph or entry per line. What follows the options in the help of a
//! command is `help/COMMAND.txt`, and begins with examples; `help/topic-NAME.txt` is for several commands, as in
//! `processing-results help exit-codes`. Completions and the man page are made from the same description of the command
//! line.

use std::io::{self, Write as _};
use std::sync::OnceLock;

use clap::builder::Resettable;
use clap::{Command, Subcommand};
use clap_complete::Shell;
use clap_mangen::Man;
use textwrap::WordSplitter;

use crate::terminal;

/// The widest line of a help text: longer ones are hard to read.
pub(crate) const MAX_WIDTH: usize = 100;
/// The widest line of a text in the manual, which `man` indents by 7 in 80 columns.
const MAN_TEXT: usize = 72;
/// Set while the manual is printed, whose width does not depend on the terminal.
static MANUAL_WIDTH: OnceLock<usize> = OnceLock::new();

/// The message of a build without a feature.
macro_rules! without_feature {
    ($name:literal) => {
        concat!(
            "this command was built without the feature `",
            $name,
            "`: install it with `--features ",
            $name,
            "`"
        )
    };
}

/// The text `help/NAME.txt`, for clap. Each paragraph and each entry is one line of that file.
macro_rules! help_text {
    ($name:literal) => {
        $crate::help::layout(include_str!(concat!("help/", $name, ".txt")))
    };
}

/// Help topics. They are hidden commands, so that `processing-results exit-codes` works as well as `help exit-codes`.
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
    /// The text, wrapped for this terminal.
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

/// The script that completes commands, options and their values in a shell.
pub(crate) fn completions(shell: Shell, mut command: Command) -> Vec<u8> {
    let mut out = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, &name, &mut out);
    if shell == Shell::Bash {
        // clap_complete 4.6 writes a name with a hyphen in two ways, so that no command would have completions.
        let [one, other] = ["__subcmd__", "__"].map(|hyphen| name.replace('-', hyphen));
        out = String::from_utf8_lossy(&out)
            .replace(&one, &other)
            .into_bytes();
    }
    out
}

/// The manual: one page with all commands, and the topics of the help.
///
/// It takes the function that describes the command line, since help texts are wrapped when that is called.
pub(crate) fn manual(describe: fn() -> Command) -> io::Result<Vec<u8>> {
    // Set once: nothing else is printed by the process that prints the manual.
    let _ = MANUAL_WIDTH.set(MAN_TEXT);
    // The checksum and the commit are of a build, not of the command.
    let mut command = describe().long_version(Resettable::Reset);
    // Gives commands their names with those of the commands above them.
    command.build();
    let mut out = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    sections(&command, &mut out)?;
    writeln!(out, ".SH TOPICS")?;
    for topic in command.get_subcommands().filter(|it| is_topic(it)) {
        verbatim(topic, &mut out)?;
    }
    man.render_version_section(&mut out)?;
    Ok(out)
}

/// A section for this command, and one for each command below it.
fn sections(command: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    writeln!(out, ".SH \"{}\"", roff(name))?;
    let man = Man::new(command.clone().display_name(name.to_owned()));
    let mut parts = Vec::new();
    man.render_synopsis_section(&mut parts)?;
    man.render_description_section(&mut parts)?;
    man.render_options_section(&mut parts)?;
    for line in String::from_utf8_lossy(&parts).lines() {
        // Below the heading of the command, these are headings of the second level.
        match line.strip_prefix(".SH ") {
            Some(heading) => writeln!(out, ".SS {heading}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    verbatim(command, out)?;
    let shown = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    let mut below = command.get_subcommands().filter(shown);
    below.try_for_each(|command| sections(command, out))
}

/// The text behind the options of a command, with its lines as they are: examples must not be filled.
fn verbatim(command: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    match command.get_after_help() {
        Some(text) => writeln!(out, ".PP\n.nf\n{}\n.fi", roff(&text.to_string())),
        None => Ok(()),
    }
}

/// Whether a command is a help topic.
fn is_topic(command: &Command) -> bool {
    Topic::has_subcommand(command.get_name())
}

/// A text for the man page: backslashes and hyphens are escaped, and no line is taken for a request of roff.
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
    let of_terminal = || terminal::width().min(MAX_WIDTH);
    laid_out(
        text,
        MANUAL_WIDTH.get().copied().unwrap_or_else(of_terminal),
    )
}

/// Lines below `Examples:` are commands, up to the next empty line; all others are text.
fn laid_out(text: &str, width: usize) -> String {
    let mut is_example = false;
    let lines = text.lines().map(|line| {
        let is_command = is_example && !line.is_empty();
        is_example = is_command || line == "Examples:";
        match is_command {
            true => wrapped_command(line, width),
            false => wrapped(line, width),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Breaks one line of a help file between words; a word that is too long is not broken, nor is one with
/// hyphens, such as an option.
fn wrapped(line: &str, width: usize) -> String {
    let indent = " ".repeat(hanging(line).min(width / 2));
    textwrap::fill(line, options(width).subsequent_indent(&indent))
}

/// Breaks a command so that a shell still reads it: `\` ends each line but the last.
fn wrapped_command(line: &str, width: usize) -> String {
    const INDENT: &str = "      ";
    if line.chars().count() <= width {
        return line.to_owned();
    }
    let lines = textwrap::wrap(line, options(width - 2).subsequent_indent(INDENT));
    lines.join(" \\\n")
}

fn options(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation)
}

/// The column in which the continuation of a line begins: below the last column of an entry (`  NAME  text`), below the
/// text of a list item (`  - text`), else below the beginning of the line.
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
            ("an option is --re-sume", "an option is\n--re-sume"),
        ] {
            assert_eq!(wrapped(line, 20), expected);
        }
    }

    #[test]
    fn a_wrapped_example_is_still_one_command() {
        let text = "Examples:\n  name --first-option value --last\n  name\n\nname, and more words";
        let expected = "Examples:\n  name \\\n      --first-option \\\n      value --last\n  name\n\nname, and more words";
        assert_eq!(laid_out(text, 22), expected);
        for line in laid_out(text, 22).lines() {
            assert!(line.len() <= 22, "{line}");
        }
    }
}
