//! Progress of what takes long, on standard error: a bar on a terminal, a line every 10 seconds elsewhere.
//!
//! ```text
//! items                                   ━━━━━━╸              8/24, 1 failed 30/s  1s
//! items: 1,417 of 3,000 done, 2 failed, 140/s, 11 seconds left
//! ```
//!
//! The bar is for people who wait, the lines are for logs. Output in a pipe stays clean, and `--quiet` has neither. Both
//! move on while nothing arrives: a server that does not respond is something to be seen.

mod style;

use std::io::{IsTerminal, stdout};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget};

use tokio::time::timeout;

use crate::exit::Failure;
use crate::lock::lock;
use crate::stdout::{print_on, print_part};
use crate::{text, waits};
pub(crate) use style::ProgressUnit;
use style::{shown_rate, styles};

/// Time between two drawings of the bar.
const TICK: Duration = Duration::from_millis(200);
/// Time after which a single call is worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two lines where there is no bar. What takes less has no line.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// A bar or lines, which tasks can share. The bar vanishes when it is dropped.
pub(crate) struct Progress(Arc<Shown>);

/// What is shown, for the tasks and for the thread that prints lines.
struct Shown {
    bar: ProgressBar,
    unit: ProgressUnit,
    state: Mutex<State>,
}

/// What tasks change.
struct State {
    failed: u64,
    /// When the next line is due; none if there is a bar.
    due: Option<Instant>,
}

impl Progress {
    /// Shows the bar, if there is a terminal. `what` is a word or a file's name; without `total` the bar has no end.
    pub(crate) fn new(what: &str, unit: ProgressUnit, total: Option<u64>) -> Self {
        // It is hidden where nothing can be drawn: a pipe, a file, a terminal that is called dumb.
        let target = match text::is_quiet() {
            true => ProgressDrawTarget::hidden(),
            false => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(total, target).with_message(text::escaped(what));
        if let Some(styles) = styles(unit, total.is_some()) {
            bar.set_style(styles[0].clone());
            waits::start(&bar, what, styles);
        }
        let due = bar.is_hidden().then(|| Instant::now() + LINE_EVERY);
        let progress = Progress(Arc::new(Shown {
            bar,
            unit,
            state: Mutex::new(State { failed: 0, due }),
        }));
        progress.begin();
        progress
    }

    /// Begins to draw, or to print lines.
    fn begin(&self) {
        if !self.0.bar.is_hidden() {
            self.0.bar.enable_steady_tick(TICK);
        } else if !text::is_quiet() {
            let shown = Arc::downgrade(&self.0);
            thread::spawn(move || {
                while let Some(shown) = shown.upgrade() {
                    shown.tell(Instant::now());
                    drop(shown);
                    thread::sleep(PATIENCE);
                }
            });
        }
    }

    /// This much was done before: it counts for the share, not for the rate.
    pub(crate) fn skip(&self, by: u64) {
        self.0.bar.inc(by);
        self.0.bar.reset_eta();
    }

    /// This much more is done.
    pub(crate) fn done(&self, by: u64) {
        waits::arrived();
        self.0.bar.inc(by);
    }

    /// One more item is done, and it failed.
    pub(crate) fn failed(&self) {
        let mut state = lock(&self.0.state);
        state.failed += 1;
        self.0
            .bar
            .set_prefix(format!(", {} failed", HumanCount(state.failed)));
        drop(state);
        self.done(1);
    }

    /// Writes something to the terminal, above the bar.
    pub(crate) fn around<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.bar.suspend(write)
    }

    /// Prints a part of the output. The bar vanishes meanwhile if both are on the terminal.
    pub(crate) async fn print(&self, data: Vec<u8>) -> Result<(), Failure> {
        match data.is_empty() {
            true => Ok(()),
            false if stdout().is_terminal() => self.around(|| print_on(&data)),
            false => print_part(data).await,
        }
    }
}

impl Shown {
    /// Prints a line if one is due; a terminal with a bar is never due one.
    fn tell(&self, now: Instant) {
        let mut state = lock(&self.state);
        if state.due.is_some_and(|due| now >= due) {
            state.due = Some(now + LINE_EVERY);
            drop(state);
            text::info(&self.line());
        }
    }

    /// The line: what is done, of how much, how fast, and how long the rest takes.
    fn line(&self) -> String {
        let shown = |number: u64| match self.unit {
            ProgressUnit::Bytes => HumanBytes(number).to_string(),
            ProgressUnit::Call | ProgressUnit::Items => HumanCount(number).to_string(),
        };
        if self.unit == ProgressUnit::Call {
            let elapsed = HumanDuration(self.bar.elapsed());
            return format!("note: {}, {elapsed} so far", self.bar.message());
        }
        let total = self
            .bar
            .length()
            .map(|total| format!(" of {}", shown(total)));
        let (total, failed) = (total.unwrap_or_default(), self.bar.prefix());
        format!(
            "{}: {}{total} done{failed}{}",
            self.bar.message(),
            shown(self.bar.position()),
            self.pace()
        )
    }

    /// The end of the line for items: the rate, and the time left if the total is known.
    fn pace(&self) -> String {
        let rate = self.bar.per_sec();
        if self.unit == ProgressUnit::Bytes || rate <= 0.0 {
            return String::new();
        }
        let left = self.bar.length().map(|_| {
            let left = HumanDuration(self.bar.eta());
            format!(", {left} left")
        });
        format!(", {}{}", shown_rate(rate), left.unwrap_or_default())
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        waits::end();
        self.0.bar.finish_and_clear();
    }
}

/// Waits for a call. If that takes more than a second, a bar or lines say whose response is waited for.
pub(crate) async fn watched<T>(what: &str, call: impl Future<Output = T>) -> T {
    let mut call = pin!(call);
    match timeout(PATIENCE, &mut call).await {
        Ok(response) => response,
        Err(_) => {
            let _progress = Progress::new(what, ProgressUnit::Call, None);
            call.await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_done_and_what_failed() {
        let items = Progress::new("items", ProgressUnit::Items, Some(12_000));
        items.done(1_500);
        items.failed();
        let line = items.0.line();
        let begin = "items: 1,501 of 12,000 done, 1 failed";
        assert!(line.starts_with(begin), "{line}");
        let bytes = Progress::new("a\u{1b}b", ProgressUnit::Bytes, None);
        bytes.skip(1024);
        bytes.done(512);
        assert_eq!(bytes.0.line(), r"a\u{1b}b: 1.50 KiB done");
    }

    #[test]
    fn a_line_is_due_now_and_then() {
        let progress = Progress::new("items", ProgressUnit::Items, None);
        let due = || progress.0.state.lock().unwrap().due;
        let Some(first) = due() else { return };
        progress.done(1);
        assert_eq!(due(), Some(first));
        progress.0.tell(first);
        assert_eq!(due(), Some(first + LINE_EVERY));
    }
}
