//! What comes twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::Hash;

/// What was seen first under a key, if anything was; otherwise this is the first.
pub(super) fn already<K: Eq + Hash, V: Copy>(
    seen: &mut HashMap<K, V>,
    key: K,
    this: V,
) -> Option<V> {
    match seen.entry(key) {
        Slot::Occupied(first) => Some(*first.get()),
        Slot::Vacant(slot) => {
            slot.insert(this);
            None
        }
    }
}
