//! Whether a service that says it is unavailable, and for how long, means that there are too many requests.
//!
//! It does if it says so to three requests in a row: to one or two, it may be an instance of many that stops. One or two
//! calls at a time rarely get there, as each waits for as long as it is asked to. A limit on the rate then shows by its
//! regularity: between a refusal and the next but one it lets the same number of requests through again and again, and
//! chance does not.

/// Refusals in a row that stand for the service, and not for one of its instances.
const IN_A_ROW: u32 = 3;
/// Refusals whose regularity is hardly chance: four pairs.
const REFUSALS: usize = 8;

/// How often a service has said that it is unavailable.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    in_a_row: u32,
    /// Requests accepted since the last refusal.
    accepted: u32,
    /// Requests accepted before each of the last refusals, since the one before it.
    gaps: [u32; REFUSALS],
}

impl Doubts {
    pub(super) fn accept(&mut self) {
        self.in_a_row = 0;
        self.accepted = self.accepted.saturating_add(1);
    }

    /// Counts a refusal. Returns whether it holds of every request.
    pub(super) fn refuse(&mut self) -> bool {
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.gaps.rotate_right(1);
        self.gaps[0] = std::mem::take(&mut self.accepted);
        let is_of_all = self.in_a_row >= IN_A_ROW || self.is_regular();
        if is_of_all {
            // What follows is at another rate.
            self.gaps = [0; REFUSALS];
        }
        is_of_all
    }

    /// Whether the pairs are equal, but for one request or a tenth: a window may end within a pair.
    fn is_regular(&self) -> bool {
        let pairs = self.gaps.chunks(2).map(|pair| pair.iter().sum::<u32>());
        let (least, most) = pairs.fold((u32::MAX, 0), |(least, most), pair| {
            (least.min(pair), most.max(pair))
        });
        least > 0 && most - least <= (most / 10).max(1)
    }
}
