//! Lengths of time in words.

use std::time::Duration;

/// Units and their lengths in seconds, the longest first.
const UNITS: [(&str, u64); 4] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];

/// A length of time in its two largest units: `46 d 4 h`, `6 min 52 s`, `0.3 s`.
pub(super) fn words(span: Duration) -> String {
    let seconds = span.as_secs();
    if seconds < 10 {
        return match span.as_millis() / 100 {
            0 => "less than 0.1 s".to_owned(),
            tenths if tenths % 10 == 0 => format!("{seconds} s"),
            tenths => format!("{seconds}.{} s", tenths % 10),
        };
    }
    let first = UNITS.iter().position(|(_, length)| seconds >= *length);
    let mut rest = seconds;
    let parts = UNITS.iter().skip(first.unwrap_or(3)).take(2);
    let parts = parts.filter_map(|(unit, length)| {
        let count = rest / length;
        rest %= length;
        (count > 0).then(|| format!("{count} {unit}"))
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_its_two_largest_units() {
        for (millis, text) in [
            (0, "less than 0.1 s"),
            (310, "0.3 s"),
            (2_000, "2 s"),
            (59_999, "59 s"),
            (412_000, "6 min 52 s"),
            (3_600_000, "1 h"),
            (3_601_000, "1 h"),
            (90_061_000, "1 d 1 h"),
            (3_990_000_000, "46 d 4 h"),
        ] {
            assert_eq!(words(Duration::from_millis(millis)), text, "{millis} ms");
        }
    }
}
