//! Counts by key, with a bound on the number of keys in memory.
//!
//! A parameter may have as many values as there are results, such as a prompt or a URL. A report shows the most
//! frequent ones, so the memory that it needs must not grow with the number of different values.

use std::collections::HashMap;
use std::hash::Hash;

/// How often each of a bounded number of different things was seen. Things that came first are counted one by one,
/// later ones together: a value that is frequent, but first seen late, is among the others.
pub(super) struct BoundedCounts<K> {
    /// How many keys have a count of their own.
    most: usize,
    counts: HashMap<K, u64>,
    /// How often anything else was seen.
    others: u64,
}

impl<K: Clone + Eq + Hash + Ord> BoundedCounts<K> {
    pub(super) fn new(most: usize) -> Self {
        BoundedCounts {
            most,
            counts: HashMap::new(),
            others: 0,
        }
    }

    /// Counts one more of this thing.
    pub(super) fn add(&mut self, thing: K) {
        let is_full = self.counts.len() >= self.most;
        match self.counts.get_mut(&thing) {
            Some(count) => *count += 1,
            None if is_full => self.others += 1,
            None => {
                self.counts.insert(thing, 1);
            }
        }
    }

    /// The things that have a count, the most frequent first; equal counts are in the order of the keys, so that two
    /// reports on the same items are the same.
    pub(super) fn sorted(&self) -> Vec<(&K, u64)> {
        let mut all: Vec<_> = self
            .counts
            .iter()
            .map(|(thing, count)| (thing, *count))
            .collect();
        all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        all
    }

    /// How often things without a count of their own were seen.
    pub(super) fn others(&self) -> u64 {
        self.others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_things_are_told_apart() {
        let mut counts = BoundedCounts::new(2);
        for thing in ["b", "a", "c", "a", "b", "c", "a"] {
            counts.add(thing);
        }
        assert_eq!(counts.sorted(), [(&"a", 3), (&"b", 2)]);
        assert_eq!(counts.others(), 2);
    }
}
