//! Calls that wait, and say so.
//!
//! Nothing waits for more than a second without a word: a reason, how long, and which item of which server.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::text;

/// While many calls wait, a line at most this often.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// The progress that is shown now, for waits that the library reports.
static ACTIVE: Mutex<Option<Active>> = Mutex::new(None);

/// The bar that is on the screen now, and what was said about waits.
struct Active {
    bar: ProgressBar,
    /// What the bar says while nothing waits.
    what: String,
    is_waiting: bool,
    /// When the last line about a wait was printed.
    noted: Option<Instant>,
}

fn active() -> MutexGuard<'static, Option<Active>> {
    ACTIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A bar is shown from now on, of this.
pub(crate) fn start(bar: &ProgressBar, what: &str) {
    *active() = Some(Active {
        bar: bar.clone(),
        what: text::escaped(what),
        is_waiting: false,
        noted: None,
    });
}

/// The bar is not shown any more.
pub(crate) fn end() {
    *active() = None;
}

/// Says that a call waits: in the bar, else in a line; while many calls wait, in a line now and then.
pub(crate) fn waiting(reason: &str, wait: Duration, about: &str) {
    let seconds = wait.as_secs_f64().ceil();
    let text = format!("{reason}, next try in {seconds} s ({about})");
    let mut active = active();
    let Some(active) = active.as_mut() else {
        return text::info(&format!("note: {text}"));
    };
    if !active.bar.is_hidden() {
        active.is_waiting = true;
        return active.bar.set_message(format!("{}: {text}", active.what));
    }
    let now = Instant::now();
    if active.noted.is_none_or(|noted| now >= noted + LINE_EVERY) {
        active.noted = Some(now);
        text::info(&format!("note: {text}"));
    }
}

/// Something arrived: nothing waits as far as one can see.
pub(crate) fn arrived() {
    if let Some(active) = active().as_mut().filter(|active| active.is_waiting) {
        active.is_waiting = false;
        active.bar.set_message(active.what.clone());
    }
}
