//! Mistakes in the command line, without what may be a secret in them, and without what acts on a terminal.
//!
//! The errors of `clap` repeat arguments as they were given. A key that slipped into the wrong place would
//! end up in a log, and an escape sequence would act on the terminal.

use std::io::{self, Write as _};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};
use processing_results_contract::is_credential;

use crate::environment::API_KEYS;
use crate::exit::{Exit, Failure};
use crate::mask;
use crate::stdout;
use crate::text::escaped;

/// The longest value of an option that is repeated.
const MAX_VALUE: usize = 32;
/// The longest name of an option or a command that is repeated.
const MAX_NAME: usize = 24;
/// Characters that are shown of anything else, so that it can be found again.
const MAX_BEGINNING: usize = 3;

/// Prints help and version on standard output, and errors on standard error.
pub(crate) fn report(mut error: clap::Error) -> Result<(), Failure> {
    if !error.use_stderr() {
        stdout::check()?;
        let printed = error.print().and_then(|()| io::stdout().flush());
        return stdout::written(printed);
    }
    for kind in [
        ContextKind::InvalidArg,
        ContextKind::InvalidValue,
        ContextKind::InvalidSubcommand,
    ] {
        hide(&mut error, kind);
    }
    // If it cannot be printed, nobody reads standard error.
    let _ = error.print();
    Err(Failure::reported(Exit::Usage))
}

/// Has the error show an argument as it may be shown.
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
        ContextKind::InvalidValue => value(&given),
        _ => name(&given),
    };
    error.insert(kind, ContextValue::String(shown));
    if kind != ContextKind::InvalidArg {
        return;
    }
    // It repeats the argument, and leads from an option to an item with that name.
    error.remove(ContextKind::Suggested);
    if is_credential(given.trim_start_matches('-')) {
        let [variable, _] = API_KEYS;
        let tip = StyledStr::from(format!("the API key is read from {variable}"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
        error.remove(ContextKind::SuggestedArg);
    }
}

/// An argument that is neither an option nor a command: names alone are repeated.
fn name(given: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    match given.len() <= MAX_NAME && given.bytes().all(is_plain) && !is_secret(given) {
        true => given.to_owned(),
        false => beginning(given),
    }
}

/// The value of a known option: what could be meant for one is repeated.
fn value(given: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " .,:/=+_-".contains(c);
    match given.len() <= MAX_VALUE && given.chars().all(is_plain) && !is_secret(given) {
        true => given.to_owned(),
        false => beginning(given),
    }
}

/// Whether the masking of results would hide a part of it.
fn is_secret(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    mask::text(text, false) != text
}

/// The first characters, enough to find the argument again and too few to use it.
fn beginning(text: &str) -> String {
    let beginning: String = text.chars().take(MAX_BEGINNING).collect();
    format!("{}…", escaped(&beginning))
}
