//! Time limits that count only while the call is polled.
//!
//! A stream of calls is polled by its consumer. If that takes long, or blocks the thread, nothing is read
//! meanwhile, although the service has responded: that time is not the call's. Therefore a limit is counted in ticks,
//! and of the time between two polls no more counts than a tick with some lateness.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep};

const MIN_TICK: Duration = Duration::from_millis(10);
const MAX_TICK: Duration = Duration::from_secs(1);

/// What came of a future with a limit of time.
pub(super) struct Driven<T> {
    /// Its output, unless the limit was reached.
    pub(super) output: Option<T>,
    /// For how long it was driven.
    pub(super) took: Duration,
    /// Whether it was not polled for a time, which did not count.
    pub(super) stalled: bool,
}

/// Drives a future for at most `limit`.
pub(super) async fn timeout<F: Future>(limit: Duration, future: F) -> Driven<F::Output> {
    let mut future = pin!(future);
    let tick = (limit / 20).clamp(MIN_TICK, MAX_TICK);
    let mut timer = pin!(sleep(tick.min(limit)));
    let (mut took, mut stalled) = (Duration::ZERO, false);
    let mut last = Instant::now();
    poll_fn(|context| {
        let now = Instant::now();
        let gap = now.duration_since(last);
        last = now;
        stalled |= gap > tick * 2;
        took += gap.min(tick * 2);
        let output = match future.as_mut().poll(context) {
            Poll::Ready(output) => Some(output),
            Poll::Pending if took >= limit => None,
            Poll::Pending => {
                while timer.as_mut().poll(context).is_ready() {
                    timer.as_mut().reset(now + tick.min(limit - took));
                }
                return Poll::Pending;
            }
        };
        Poll::Ready(Driven {
            output,
            took,
            stalled,
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::task::{Context, Waker};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_limit_is_kept_while_it_is_driven() {
        for limit in [Duration::ZERO, SECOND / 100, SECOND, 90 * SECOND] {
            let started = Instant::now();
            let driven = timeout(limit, pending::<()>()).await;
            assert!(driven.output.is_none() && !driven.stalled);
            assert_eq!((driven.took, started.elapsed()), (limit, limit));
        }
        let driven = timeout(9 * SECOND, sleep(2 * SECOND)).await;
        assert_eq!((driven.output, driven.took), (Some(()), 2 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_without_a_poll_does_not_count() {
        let mut driven = pin!(timeout(10 * SECOND, pending::<()>()));
        let mut context = Context::from_waker(Waker::noop());
        assert!(driven.as_mut().poll(&mut context).is_pending());
        tokio::time::advance(300 * SECOND).await;
        let started = Instant::now();
        let driven = driven.await;
        assert!(driven.output.is_none() && driven.stalled);
        assert_eq!(driven.took, 10 * SECOND);
        assert_eq!(started.elapsed(), 9 * SECOND);
    }
}
