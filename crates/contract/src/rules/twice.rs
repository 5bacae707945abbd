//! What comes twice: values of an enum, names of a list, ids, requirements, regions.
//!
//! Every message about such a thing names the line of the first one, so the first is kept, and found in
//! constant time however long the list is.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::Hash;

/// What was seen first under a key, if anything was; otherwise `this` is the first.
///
/// Of `[a, b, a, a]`, the first two are `None` and the last two give what was passed with the first `a`.
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
