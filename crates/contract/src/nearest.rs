//! The nearest of the names that exist, for `did you mean ...?`.
//!
//! | wrong | names | nearest |
//! |---|---|---|
//! | `nullabel` | `type`, `nullable` | `nullable`: two letters that changed places count once |
//! | `requird` | `required`, `requires_x` | `required` |
//! | `banana` | `nullable`, `type` | none is near |
//!
//! Near is a distance of at most a third of the letters, and at least one. Letter case does not count.

/// Limit on the names that are compared: help is not worth a pause.
const MAX_NAMES: usize = 300;

/// The nearest of the names that exist, if one is near at all; of equals, the first in the alphabet.
///
/// ```
/// use processing_results_contract::nearest;
///
/// assert_eq!(nearest("requird", ["required", "type"]), Some("required"));
/// assert_eq!(nearest("banana", ["required", "type"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let allowed = (wrong.chars().count() / 3).max(1);
    let letters = letters(&wrong);
    let names = names.into_iter().take(MAX_NAMES);
    // A distance is dear, and nearly all names have other letters.
    let likely = names.filter(|name| letters_apart(&letters, name) <= allowed);
    let distance = |name: &str| strsim::osa_distance(&wrong, &name.to_lowercase());
    let nearest = likely.map(|name| (distance(name), name)).min()?;
    (nearest.0 <= allowed).then_some(nearest.1)
}

/// How often each letter occurs, upper and lower case alike; some letters share a place.
type Letters = [i32; 32];

fn letters(text: &str) -> Letters {
    let mut letters = [0; 32];
    for letter in text.chars() {
        letters[(letter as usize) % 32] += 1;
    }
    letters
}

/// A lower bound of the distance: each edit adds one letter, takes one away, or does both.
fn letters_apart(wrong: &Letters, name: &str) -> usize {
    if !name.is_ascii() {
        return 0;
    }
    let (mut more, mut fewer) = (0, 0);
    for (wrong, name) in wrong.iter().zip(letters(name)) {
        more += (wrong - name).max(0);
        fewer += (name - wrong).max(0);
    }
    usize::try_from(more.max(fewer)).unwrap_or(usize::MAX)
}

/// The nearest name as a help line.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(
            nearest("nullabel", ["type", "nullable", "format"]),
            Some("nullable")
        );
        assert_eq!(
            nearest("requird", ["required", "requires_x"]),
            Some("required")
        );
        assert_eq!(nearest("x", ["nullable"]), None);
        assert_eq!(nearest("banana", ["nullable", "type"]), None);
    }
}
