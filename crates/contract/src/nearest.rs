//! The nearest of the names that exist, for `did you mean ...?`.

/// Limit on the names that are compared: help is not worth a pause.
const MAX_NAMES: usize = 300;

/// The nearest of the names that exist, if one is near at all.
pub(crate) fn nearest<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let length = wrong.chars().count();
    let allowed = (length / 3).max(1);
    let of_like_length = |name: &&str| name.chars().count().abs_diff(length) <= allowed;
    let names = names.into_iter().take(MAX_NAMES).filter(of_like_length);
    let distance = |name: &str| strsim::osa_distance(&wrong, &name.to_lowercase());
    let nearest = names.map(|name| (distance(name), name)).min()?;
    (nearest.0 <= allowed).then_some(nearest.1)
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
