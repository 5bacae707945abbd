//! Whether the time of some work grows with the size of its input, and no faster.

// The lints' exemption for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

/// Asserts that `work(8 * count)` takes less than 24 times the processor time of `work(count)`: 8 times is linear,
/// 64 times is square. The best of three runs counts.
pub fn grows_linearly(work: impl Fn(usize), count: usize) {
    let seconds = |count: usize| {
        let runs = (0..3).map(|_| {
            let started = seconds_of_thread();
            work(count);
            seconds_of_thread() - started
        });
        runs.fold(f64::MAX, f64::min)
    };
    let (one, eight) = (seconds(count), seconds(8 * count));
    assert!(
        eight < 24.0 * one,
        "{count}: {one} s, eight times as much: {eight} s"
    );
}

/// The processor time of this thread: other programs run on the machine.
#[cfg(unix)]
fn seconds_of_thread() -> f64 {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    std::time::Duration::try_from(spent).unwrap().as_secs_f64()
}

/// The time of day, where there is no such clock.
#[cfg(not(unix))]
fn seconds_of_thread() -> f64 {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed();
    now.unwrap().as_secs_f64()
}
