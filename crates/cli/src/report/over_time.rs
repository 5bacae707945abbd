//! The section about when the results were made.

use maud::{Markup, html};

use super::chart::{self, sum};
use super::periods::Unit;
use super::tables::{number, numbers, table, text};
use super::tally::Tally;
use super::timeline::{Period, Runs, Series};
use crate::text::counted;
use crate::words::grouped;

/// Bars of the chart, at most.
const PERIODS: i64 = 60;

/// When the results were made.
pub(super) fn section(tally: &Tally) -> Markup {
    let (unit, periods) = tally.timeline.periods(PERIODS);
    let all = total(&periods);
    let used: Vec<_> = Series::ALL
        .into_iter()
        .filter(|series| all[*series as usize] > 0)
        .collect();
    html! {
        section #runs {
            h2 { "Results over time" }
            @if periods.is_empty() {
                p { "Nothing has been done to " (if tally.items == 1 { "this item" } else { "these items" }) " yet." }
            } @else {
                figure.chart {
                    ul.legend {
                        @for series in &used {
                            li.(series.name()) { (series.name()) " " b { (grouped(all[*series as usize])) } }
                        }
                    }
                    (chart::runs(unit, &periods, &described(unit, &periods)))
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

fn total(periods: &[Period]) -> Runs {
    let mut all = Runs::default();
    for period in periods {
        for (sum, runs) in all.iter_mut().zip(period.runs) {
            *sum += runs;
        }
    }
    all
}

/// The chart for those who do not see it.
fn described(unit: Unit, periods: &[Period]) -> String {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
        return String::new();
    };
    let most = periods
        .iter()
        .rev()
        .max_by_key(|period| sum(&period.runs))
        .unwrap_or(first);
    let results = counted(sum(&total(periods)), "result");
    format!(
        "{results}, a bar for each {} {} to {}; the most, {}, in {}.",
        unit.word(),
        first.name,
        last.name,
        grouped(sum(&most.runs)),
        most.name,
    )
}

/// The same numbers as a table, for those who do not see the chart.
fn by_period(unit: Unit, periods: &[Period], used: &[Series]) -> Markup {
    let mut columns = vec![text(unit.word())];
    columns.extend(used.iter().map(|series| numbers(series.name())));
    columns.push(numbers("all"));
    let rows = html! {
        @for period in periods.iter().filter(|period| sum(&period.runs) > 0) {
            tr {
                th scope="row" { (period.name) }
                @for series in used { (number(period.runs[*series as usize])) }
                (number(sum(&period.runs)))
            }
        }
    };
    table(
        "Results over time, without times in which there were none",
        &columns,
        &rows,
    )
}
