//! The line of time at the top of an item's page: a dot for each result, to scale.
//!
//! It shows at a glance what a list does not: two jobs within minutes, then nothing for months. Dots have the colors of
//! their job types, duplicates a ring around them, and each leads to its result. It is SVG without a script.

use maud::{Markup, html};

use super::result::{colour, to};
use crate::analysis::sequence::Step;
use crate::words::moment;

/// Where on the line the first and the last dot are, in percent of the width.
const ENDS: (f64, f64) = (2.0, 98.0);
/// Dots nearer to each other than this overlap, in percent of the width of a phone.
const MIN_GAP: f64 = 3.2;

/// The line, its dots, and the times of the first and the last; each dot leads to its result.
pub(super) fn drawing(steps: &[Step<'_>], page: usize) -> Markup {
    let places = places(steps);
    html! {
        figure.axis {
            svg role="group" aria-label="The results on a line of time" width="100%" height="36" {
                line x1="0%" x2="100%" y1="18" y2="18" {}
                @for (at, (step, place)) in steps.iter().zip(&places).enumerate() {
                    @let x = format!("{place:.2}%");
                    a href=(to(at, page)) aria-label=(label(at, step)) {
                        @if step.repeats.is_some() { circle.again cx=(x) cy="18" r="10" {} }
                        circle class=(colour(&step.result.job_type)) cx=(x) cy="18" r="6.5" {
                            title { (label(at, step)) }
                        }
                    }
                }
            }
            @if let (Some(first), Some(last)) = (steps.first(), steps.last()) {
                figcaption {
                    span { (moment(first.result)) }
                    span.legend { (legend(steps)) }
                    span { (moment(last.result)) }
                }
            }
        }
    }
}

/// What a dot says when it is pointed at, and to screen readers: `3. parse, 2026-04-17 14:02:33Z, a duplicate`.
fn label(at: usize, step: &Step<'_>) -> String {
    let repeat = if step.repeats.is_some() {
        ", a duplicate"
    } else {
        ""
    };
    let job_type = step.result.job_type.as_str();
    format!("{}. {job_type}, {}{repeat}", at + 1, moment(step.result))
}

/// The job types that occur, with their colors, and what a ring means if there is one.
fn legend(steps: &[Step<'_>]) -> Markup {
    let mut types: Vec<_> = steps
        .iter()
        .map(|step| colour(&step.result.job_type))
        .collect();
    types.sort_unstable();
    types.dedup();
    html! {
        @for name in types { span.key.(name) { (name) } }
        @if steps.iter().any(|step| step.repeats.is_some()) { span.key.again { "duplicate" } }
    }
}

/// Where each dot is, in percent: to scale, and pushed apart where they would cover each other. Their order is kept, and
/// all of them are between the ends, also where there are too many to be apart.
fn places(steps: &[Step<'_>]) -> Vec<f64> {
    let (start, end) = ENDS;
    let mut elapsed = 0.0;
    let elapsed = steps.iter().map(|step| {
        elapsed += step.since.unwrap_or_default().as_secs_f64();
        elapsed
    });
    let elapsed: Vec<_> = elapsed.collect();
    let whole = elapsed.last().copied().unwrap_or_default().max(1e-9);
    let mut places: Vec<_> = elapsed
        .iter()
        .map(|elapsed| start + elapsed / whole * (end - start))
        .collect();
    let gaps = u32::try_from(places.len()).map_or(f64::MAX, f64::from);
    let apart = MIN_GAP.min((end - start) / gaps);
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + apart);
    }
    let mut limit = end;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - apart;
    }
    places
}

#[cfg(test)]
mod tests {
    use processing_results::types::ItemProcessingResults;
    use processing_results_mock as mock;

    use super::*;
    use crate::analysis::sequence;
    use crate::contract::Contract;

    #[test]
    fn dots_stand_in_order_and_apart() {
        let contract = Contract::bundled().unwrap();
        for (name, json) in mock::EXAMPLES {
            let history: ItemProcessingResults = serde_json::from_str(json).unwrap();
            let places = places(&sequence::of(&history, contract, false));
            assert!(
                places.iter().all(|place| (0.0..=100.0).contains(place)),
                "{name}: {places:?}"
            );
            let near = places
                .windows(2)
                .find(|pair| pair[1] - pair[0] < MIN_GAP - 0.001);
            assert_eq!(near, None, "{name}");
        }
    }
}
