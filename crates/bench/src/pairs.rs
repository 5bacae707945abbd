//! Two things timed against each other: in turn, so that what slows the
//! machine down slows both, and by the median of the ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long a batch of one side should take: far longer than a clock's step,
/// far shorter than what comes and goes on a machine.
const BATCH: Duration = Duration::from_millis(5);
/// Batches of each side.
const ROUNDS: usize = 101;

/// What was measured.
pub struct Pair {
    /// Median of the ratios of neighbouring batches.
    pub ratio: f64,
    /// Median time of one run of the first, and of the second.
    pub times: [Duration; 2],
}

/// Times `ours` against `floor`.
pub fn pair<A, B>(mut ours: impl FnMut() -> A, mut floor: impl FnMut() -> B) -> Pair {
    let counts = [count(&mut ours), count(&mut floor)];
    let mut samples = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        samples.push([batch(counts[0], &mut ours), batch(counts[1], &mut floor)]);
    }
    let side = |side: usize| Duration::from_secs_f64(median(samples.iter().map(|s| s[side])));
    Pair {
        ratio: median(samples.iter().map(|[ours, floor]| ours / floor)),
        times: [side(0), side(1)],
    }
}

/// How many runs fill a batch, once caches and allocator are warm.
fn count<T>(run: &mut impl FnMut() -> T) -> u32 {
    let started = Instant::now();
    let mut runs = 0;
    while started.elapsed() < 4 * BATCH || runs < 4 {
        black_box(run());
        runs += 1;
    }
    (runs / 4).max(1)
}

/// Seconds of one run, over a batch of them.
fn batch<T>(count: u32, run: &mut impl FnMut() -> T) -> f64 {
    let started = Instant::now();
    for _ in 0..count {
        black_box(run());
    }
    started.elapsed().as_secs_f64() / f64::from(count)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
