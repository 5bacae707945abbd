//! The tables of the page: headings, and cells with numbers, shares and amounts of money.
//!
//! Numbers have a comma between thousands, shares one decimal and a bar, amounts two decimals. A share is never
//! rounded to 0% or 100% unless it is just that: "under 0.1%" of a million documents are still documents.

use maud::{Markup, html};

use crate::words::grouped;

/// Amounts from this many cents on have an exponent.
const MAX_CENTS: f64 = 1e15;

/// The heading of a column: its name, and the class that aligns its cells.
pub(super) struct Heading(String, Option<&'static str>);

/// A column of texts, aligned to the left.
pub(super) fn text(name: impl Into<String>) -> Heading {
    Heading(name.into(), None)
}

/// A column of numbers, aligned to the right.
pub(super) fn numbers(name: impl Into<String>) -> Heading {
    Heading(name.into(), Some("number"))
}

/// A column of shares, which takes the width that is left for its bars.
pub(super) fn shares(name: impl Into<String>) -> Heading {
    Heading(name.into(), Some("share"))
}

/// A table. The first cell of each row has to be its heading, a `th` with the scope `row`.
pub(super) fn table(caption: &str, columns: &[Heading], rows: &Markup) -> Markup {
    of_class(None, caption, columns, rows)
}

/// A table whose first cells have a line of their own on a narrow screen, for long names.
pub(super) fn stacked(caption: &str, columns: &[Heading], rows: &Markup) -> Markup {
    of_class(Some("stacked"), caption, columns, rows)
}

/// A table with a class of its own, for what the style does on a narrow screen.
pub(super) fn of_class(
    class: Option<&str>,
    caption: &str,
    columns: &[Heading],
    rows: &Markup,
) -> Markup {
    html! {
        table class=[class] {
            caption { (caption) }
            thead {
                tr {
                    @for Heading(name, class) in columns {
                        th scope="col" class=[*class] { (name) }
                    }
                }
            }
            tbody { (rows) }
        }
    }
}

/// A cell with a number.
pub(super) fn number(count: u64) -> Markup {
    html! { td.number { (grouped(count)) } }
}

/// A cell with a share, as a bar and in percent.
pub(super) fn share(part: u64, whole: u64) -> Markup {
    let percent = if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    };
    html! {
        td.share {
            span { (percentage(part, whole)) }
            svg aria-hidden="true" width="100%" height="8" {
                rect.whole width="100%" height="100%" rx="3" {}
                @if part > 0 {
                    rect.part width={ (format!("{percent:.2}")) "%" } height="100%" rx="3" {}
                }
            }
        }
    }
}

/// A cell with an amount of money, in the currency of the caller's prices; a dash where no price is given.
pub(super) fn cost(amount: Option<f64>) -> Markup {
    html! { td.number data-label="cost" { (amount.map_or("–".to_owned(), self::amount)) } }
}

/// An amount with two decimals, in whatever currency the caller's prices are: `1,234.50`, `under 0.01`. One that no
/// bill has is written with an exponent.
pub(super) fn amount(amount: f64) -> String {
    let cents = (amount * 100.0).round();
    match cents {
        0.0 if amount > 0.0 => "under 0.01".to_owned(),
        ..MAX_CENTS => {
            let cents = cents as u64;
            format!("{}.{:02}", grouped(cents / 100), cents % 100)
        }
        _ => format!("{amount:.2e}"),
    }
}

/// A share as a percentage, without a space: `33.3%`, `under 0.1%`, `100%`.
pub(super) fn percentage(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0%".to_owned();
    }
    let percent = part as f64 * 100.0 / whole as f64;
    match percent {
        _ if part == whole => "100%".to_owned(),
        ..0.1 => "under 0.1%".to_owned(),
        99.9.. => "over 99.9%".to_owned(),
        _ => format!("{percent:.1}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_to_nothing_or_all() {
        for (part, whole, text) in [
            (0, 0, "0%"),
            (0, 5, "0%"),
            (1, 1_000_000, "under 0.1%"),
            (1, 3, "33.3%"),
            (999_999, 1_000_000, "over 99.9%"),
            (7, 7, "100%"),
        ] {
            assert_eq!(percentage(part, whole), text);
        }
    }
}
