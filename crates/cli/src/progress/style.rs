//! How bars look: the templates for `indicatif`, and the keys in them that it does not have.

use std::fmt;

use console::Term;
use indicatif::{HumanDuration, ProgressState, ProgressStyle};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProgressUnit {
    #[cfg_attr(not(feature = "s3"), allow(dead_code))]
    Bytes,
    /// One call, of which nothing is known until its response arrives.
    Call,
    /// Things that are done one by one, or fail.
    Items,
}

/// Columns of a terminal below which there are numbers without a bar: the name of a file needs the rest.
const MIN_WIDTH: usize = 60;

/// The style of a bar while nothing waits, and while something does; none if a template cannot be read, which a test
/// finds: the default bar is used then.
pub(super) fn styles(unit: ProgressUnit, has_total: bool) -> Option<[ProgressStyle; 2]> {
    let mut template = template(unit, has_total).to_owned();
    if usize::from(Term::stderr().size().1) < MIN_WIDTH {
        template = template
            .replace("{bar:20} ", "")
            .replace(" {bytes_per_sec}", "");
    }
    // What a call waits for needs a line of its own on terminals as narrow as most are.
    let waiting = template.replace("{wide_msg} ", "") + "\n{msg}";
    Some([style(&template)?, style(&waiting)?])
}

/// The style of a template, if that can be read, with the two keys that `indicatif` has otherwise: a rate by the minute,
/// and no time left as long as nothing is known.
fn style(template: &str) -> Option<ProgressStyle> {
    let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
        // What cannot be written is not shown.
        let _ = out.write_str(&shown_rate(state.per_sec()));
    };
    let left = |state: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = match state.pos() {
            0 => out.write_str("-"),
            _ => write!(out, "{:#}", HumanDuration(state.eta())),
        };
    };
    let style = ProgressStyle::with_template(template).ok()?;
    let style = style.with_key("rate", rate).with_key("left", left);
    Some(style.progress_chars("━╸ "))
}

/// A rate; one below 1/s is given per minute.
pub(super) fn shown_rate(a_second: f64) -> String {
    match a_second {
        10.0.. => format!("{a_second:.0}/s"),
        1.0.. => format!("{a_second:.1}/s"),
        _ => format!("{:.1}/min", a_second * 60.0),
    }
}

/// The template of the bar, for `indicatif`. The message takes the width that is left.
fn template(unit: ProgressUnit, has_total: bool) -> &'static str {
    match (unit, has_total) {
        (ProgressUnit::Call, _) => "{wide_msg} {spinner} {elapsed:>3}",
        (ProgressUnit::Bytes, true) => {
            "{wide_msg} {bar:20} {bytes}/{total_bytes} {bytes_per_sec} {left:>3}"
        }
        (ProgressUnit::Bytes, false) => "{wide_msg} {spinner} {bytes} {bytes_per_sec}",
        (ProgressUnit::Items, true) => {
            "{wide_msg} {bar:20} {human_pos}/{human_len}{prefix} {rate} {left:>3}"
        }
        (ProgressUnit::Items, false) => {
            "{wide_msg} {spinner} {human_pos}{prefix} {rate} {elapsed:>3}"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_has_a_template_that_can_be_read() {
        for unit in [ProgressUnit::Bytes, ProgressUnit::Call, ProgressUnit::Items] {
            for has_total in [true, false] {
                assert!(styles(unit, has_total).is_some());
            }
        }
    }

    #[test]
    fn a_rate_is_shown_so_that_it_can_be_read() {
        for (rate, shown) in [(1234.5, "1234/s"), (2.25, "2.2/s"), (0.25, "15.0/min")] {
            assert_eq!(shown_rate(rate), shown);
        }
    }
}
