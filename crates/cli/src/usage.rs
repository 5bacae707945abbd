//! Errors about the command line, without what may be a secret and without what acts on a terminal.
//!
//! The errors of `clap` repeat arguments as they were given: a key in the wrong place would end up in a log, and an escape
//! sequence would act on the terminal. So the value of an option is never repeated, whatever it looks like; the error
//! names the option. Other arguments are repeated if they look like the name of a command or an option, else by their
//! first three characters.

use std::io::{self, Write as _};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};
use processing_results_contract::is_credential;

use crate::environment::API_KEYS;
use crate::exit::{Exit, Failure};
use crate::mask;
use crate::stdout;
use crate::text::escaped;

/// Characters of a name of an option or a command; what is longer is something else.
const MAX_NAME: usize = 24;
/// What stands for the value of an option.
const HIDDEN: &str = "…";
/// Characters that are shown of anything else, so that it can be found again.
const MAX_BEGINNING: usize = 3;

/// Prints help and version on standard output, and errors on standard error.
pub(crate) fn report(mut error: clap::Error) -> Result<(), Failure> {
    if !error.use_stderr() {
        stdout::check()?;
        let printed = error.print().and_then(|()| io::stdout().flush());
        return stdout::written(printed);
    }
    hide_arguments(&mut error);
    // If it cannot be printed, nobody reads standard error.
    let _ = error.print();
    Err(Failure::reported(Exit::Usage))
}

/// Replaces the arguments in an error by what may be shown of them.
fn hide_arguments(error: &mut clap::Error) {
    for kind in [
        ContextKind::InvalidArg,
        ContextKind::InvalidValue,
        ContextKind::InvalidSubcommand,
    ] {
        hide(error, kind);
    }
}

/// Replaces one kind of argument. The name of an option that exists is left as it is.
fn hide(error: &mut clap::Error, kind: ContextKind) {
    let Some(ContextValue::String(given)) = error.get(kind) else {
        return;
    };
    let given = given.clone();
    let is_ours =
        kind == ContextKind::InvalidArg && error.kind() != clap::error::ErrorKind::UnknownArgument;
    if is_ours {
        return;
    }
    let shown = match kind {
        // An empty one makes the error say that a value is missing.
        ContextKind::InvalidValue if !given.is_empty() => HIDDEN.to_owned(),
        ContextKind::InvalidArg if !given.starts_with('-') => beginning(&given),
        _ => name(&given),
    };
    error.insert(kind, ContextValue::String(shown));
    if kind != ContextKind::InvalidArg {
        return;
    }
    // clap's suggestion repeats the argument, and explains how to pass it as a value: not what was meant.
    error.remove(ContextKind::Suggested);
    if is_credential(given.trim_start_matches('-')) {
        let [variable, _] = API_KEYS;
        let tip = StyledStr::from(format!("the API key is read from {variable}"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
        error.remove(ContextKind::SuggestedArg);
    }
}

/// The argument if it looks like a misspelt option or command, else its beginning.
fn name(given: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    match given.len() <= MAX_NAME && given.bytes().all(is_plain) && !is_secret(given) {
        true => given.to_owned(),
        false => beginning(given),
    }
}

/// Whether a part of it would be masked in a result.
fn is_secret(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    mask::text(text, false) != text
}

/// The first characters, enough to find the argument again and too few to use it.
fn beginning(text: &str) -> String {
    let beginning: String = text.chars().take(MAX_BEGINNING).collect();
    format!("{}…", escaped(&beginning))
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory, Parser};

    use super::*;
    use crate::args::Cli;

    /// What neither a name nor a form says to be a secret: a word, a number and a share.
    const VALUES: [&str; 4] = [
        "correcthorse",
        "77889900112233445566",
        "-778899",
        "778899:0.5",
    ];

    /// The errors of all options of a command and of those below it, with these values.
    fn errors(command: &Command, path: &[String], found: &mut Vec<String>) {
        let path = [path, &[command.get_name().to_owned()]].concat();
        for option in command.get_arguments().filter_map(|arg| arg.get_long()) {
            for value in VALUES {
                let given = [path.clone(), vec![format!("--{option}={value}")]].concat();
                let Err(mut error) = Cli::try_parse_from(given) else {
                    continue;
                };
                hide_arguments(&mut error);
                found.push(error.to_string());
            }
        }
        for command in command.get_subcommands() {
            errors(command, &path, found);
        }
    }

    #[test]
    fn no_error_repeats_the_value_of_an_option() {
        let mut found = Vec::new();
        errors(&Cli::command(), &[], &mut found);
        let of_a_value = found
            .iter()
            .filter(|error| error.contains("value '…' for '--"));
        assert!(of_a_value.count() > 50, "{found:#?}");
        for error in found {
            let is_repeated = VALUES.iter().any(|value| error.contains(value));
            assert!(!is_repeated, "{error}");
        }
    }
}
