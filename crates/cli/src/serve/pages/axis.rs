//! The runs to scale: a dot for each on a line of time.

use maud::{Markup, html};

use super::run::{colour, moment};
use super::runs::Run;

/// Where on the line the first and the last dot are, in percent.
const ENDS: (f64, f64) = (2.0, 98.0);
/// Dots nearer to each other than this cannot be told apart.
const APART: f64 = 3.2;

/// The line, its dots, and the times of the first and the last; each dot leads to its run.
pub(super) fn drawing(runs: &[Run<'_>]) -> Markup {
    let places = places(runs);
    html! {
        figure.axis {
            svg role="img" aria-label="The runs on a line of time, to scale" width="100%" height="36" {
                line x1="0%" x2="100%" y1="18" y2="18" {}
                @for (at, (run, place)) in runs.iter().zip(&places).enumerate() {
                    a href={ "#run-" (at + 1) } {
                        circle class=(colour(&run.result.job_type)) cx={ (format!("{place:.2}")) "%" } cy="18" r="6.5" {
                            title { (at + 1) ". " (run.result.job_type.as_str()) ", " (moment(run.result)) }
                        }
                    }
                }
            }
            @if let (Some(first), Some(last)) = (runs.first(), runs.last()) {
                figcaption {
                    span { (moment(first.result)) }
                    span { (moment(last.result)) }
                }
            }
        }
    }
}

/// Where each dot is, in percent: to scale, and pushed apart where they would cover each other.
fn places(runs: &[Run<'_>]) -> Vec<f64> {
    let (start, end) = ENDS;
    let mut elapsed = 0.0;
    let elapsed = runs.iter().map(|run| {
        elapsed += run.since.unwrap_or_default().as_secs_f64();
        elapsed
    });
    let elapsed: Vec<_> = elapsed.collect();
    let whole = elapsed.last().copied().unwrap_or_default().max(1e-9);
    let mut places: Vec<_> = elapsed
        .iter()
        .map(|elapsed| start + elapsed / whole * (end - start))
        .collect();
    let gaps = u32::try_from(places.len()).map_or(f64::MAX, f64::from);
    let apart = APART.min((end - start) / gaps);
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

    use super::super::runs;
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn dots_stand_in_order_and_apart() {
        let contract = Contract::bundled().unwrap();
        for (name, json) in mock::EXAMPLES {
            let history: ItemProcessingResults = serde_json::from_str(json).unwrap();
            let places = places(&runs::of(&history, &contract));
            assert!(
                places.iter().all(|place| (0.0..=100.0).contains(place)),
                "{name}: {places:?}"
            );
            let near = places
                .windows(2)
                .find(|pair| pair[1] - pair[0] < APART - 0.001);
            assert_eq!(near, None, "{name}");
        }
    }
}
