//! The section of the page about when the results were made.
//!
//! A bar stands for a day, a week, a month or longer, whichever divides the time into at most [`MAX_BARS`] bars. The
//! same numbers are below the chart as a table, for those who cannot see it or want to copy them.

use maud::{Markup, html};

use super::chart::{self, sum};
use super::periods::Unit;
use super::tables::{number, numbers, table, text};
use super::tally::Tally;
use super::timeline::{Period, Series, SeriesCounts, add};
use crate::text::counted;
use crate::words::grouped;

/// Bars of the chart, at most: on a wide screen each still has 12 pixels.
const MAX_BARS: i64 = 60;

/// The section; without results it says that there are none.
pub(super) fn section(tally: &Tally) -> Markup {
    let (unit, periods) = tally.timeline.periods(MAX_BARS);
    let all = total(&periods);
    let used: Vec<_> = Series::ALL
        .into_iter()
        .filter(|series| all[*series as usize] > 0)
        .collect();
    html! {
        section #runs {
            h2 { "Results over time" }
            @if tally.timeline.undated > 0 {
                p.aside { (counted(tally.timeline.undated, "result")) " without a time that can be read." }
            }
            @if periods.is_empty() && tally.timeline.undated == 0 {
                p { "Nothing has been done to " (if tally.items == 1 { "this item" } else { "these items" }) " yet." }
            } @else if !periods.is_empty() {
                figure.chart {
                    ul.legend {
                        @for series in &used {
                            li.(series.name()) { (series.name()) " " b { (grouped(all[*series as usize])) } }
                        }
                    }
                    (chart::results(unit, &periods, &described(unit, &periods)))
                    figcaption { "Each bar is " (unit.described()) "." }
                }
                details {
                    summary { "The chart as a table" }
                    (by_period(unit, &periods, &used))
                }
            }
        }
    }
}

/// The results of all periods, by job type.
fn total(periods: &[Period]) -> SeriesCounts {
    let mut all = SeriesCounts::default();
    for period in periods {
        add(&mut all, &period.counts);
    }
    all
}

/// The chart in a sentence, which screen readers read in its place.
fn described(unit: Unit, periods: &[Period]) -> String {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
        return String::new();
    };
    let most = periods
        .iter()
        .rev()
        .max_by_key(|period| sum(&period.counts))
        .unwrap_or(first);
    let results = counted(sum(&total(periods)), "result");
    format!(
        "{results}, a bar for each {} {} to {}; the most, {}, in {}.",
        unit.word(),
        first.name,
        last.name,
        grouped(sum(&most.counts)),
        most.name,
    )
}

/// The numbers of the chart as a table. Periods without results are left out: there may be hundreds of days.
fn by_period(unit: Unit, periods: &[Period], used: &[Series]) -> Markup {
    let mut columns = vec![text(unit.word())];
    columns.extend(used.iter().map(|series| numbers(series.name())));
    columns.push(numbers("all"));
    let rows = html! {
        @for period in periods.iter().filter(|period| sum(&period.counts) > 0) {
            tr {
                th scope="row" { (period.name) }
                @for series in used { (number(period.counts[*series as usize])) }
                (number(sum(&period.counts)))
            }
        }
    };
    table(
        "Results over time, without times in which there were none",
        &columns,
        &rows,
    )
}
