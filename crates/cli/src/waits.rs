//! Messages about calls that wait.
//!
//! Nothing waits for more than a second in silence: the reason, the time, and which item of which server are in the bar
//! if there is one, else in a line on standard error:
//!
//! ```text
//! note: rate limited, next try in 8 s (api.cloud.llamaindex.ai, item invoice-0001)
//! ```

use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::lock::lock;
use crate::text;

/// Time between two lines while many calls wait.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// The progress that is shown now. The library reports waits from within calls, which do not know of it.
static ACTIVE: Mutex<Option<Active>> = Mutex::new(None);

/// A bar, and what was reported about waits while it is shown.
struct Active {
    bar: ProgressBar,
    /// What the bar says while nothing waits.
    what: String,
    /// How the bar looks while nothing waits, and while something does.
    styles: [ProgressStyle; 2],
    is_waiting: bool,
    /// When the last line about a wait was printed.
    noted: Option<Instant>,
}

/// Locks it.
fn active() -> MutexGuard<'static, Option<Active>> {
    lock(&ACTIVE)
}

/// A bar is shown from now on; `what` is its usual text. While something waits it has the second style.
pub(crate) fn start(bar: &ProgressBar, what: &str, styles: [ProgressStyle; 2]) {
    *active() = Some(Active {
        bar: bar.clone(),
        what: text::escaped(what),
        styles,
        is_waiting: false,
        noted: None,
    });
}

/// The bar is not shown any more.
pub(crate) fn end() {
    *active() = None;
}

/// Reports that a call waits, in the bar or in a line. `about` is the server and the item.
pub(crate) fn waiting(reason: &str, wait: Duration, about: &str) {
    let seconds = wait.as_secs_f64().ceil();
    let text = format!("{reason}, next try in {seconds} s ({about})");
    let mut active = active();
    let Some(active) = active.as_mut() else {
        return text::info(&format!("note: {text}"));
    };
    if !active.bar.is_hidden() {
        active.is_waiting = true;
        active.bar.set_style(active.styles[1].clone());
        return active.bar.set_message(format!("{}: {text}", active.what));
    }
    let now = Instant::now();
    if active.noted.is_none_or(|noted| now >= noted + LINE_EVERY) {
        active.noted = Some(now);
        text::info(&format!("note: {text}"));
    }
}

/// Something arrived, so the bar has its usual text again.
pub(crate) fn arrived() {
    if let Some(active) = active().as_mut().filter(|active| active.is_waiting) {
        active.is_waiting = false;
        active.bar.set_style(active.styles[0].clone());
        active.bar.set_message(active.what.clone());
    }
}
