//! The chart of the results over time, as SVG within the page.
//!
//! The crate `kuva` draws it. The drawing has no fonts and no fixed colors: it takes both from the page, so that one
//! file serves light and dark screens. It is drawn twice, for wide and for narrow screens, and the style shows one of
//! the two, since letters that scale with the drawing could not be read on a phone.

use std::sync::Arc;

use kuva::backend::svg::SvgBackend;
use kuva::plot::BarPlot;
use kuva::render::layout::{Layout, TickFormat};
use kuva::render::plots::Plot;
use kuva::render::render::render_multiple;
use kuva::render::theme::Theme;
use maud::{Markup, PreEscaped, html};

use super::periods::Unit;
use super::timeline::{Period, Series, SeriesCounts};
use crate::words::grouped;

/// Lines across the chart at most, the one at zero not counted.
const LINES: u64 = 4;
/// Number of bars that fill the chart. Fewer bars are as wide as if there were this many: one day is no wall.
const FULL: f64 = 10.0;

/// Pixels above the bars, for half of the topmost number.
const TOP: f64 = 10.0;
/// Pixels below the bars, for the names of the periods.
const BOTTOM: f64 = 30.0;
/// Pixels between the bars and the names of their periods.
const TICK: f64 = 6.0;

/// One drawing of the chart, for one kind of screen. Lengths are in pixels of the drawing.
struct Drawing {
    /// The class by which the style shows it, and the beginning of the ids within it.
    name: &'static str,
    width: f64,
    height: f64,
    /// Room for the numbers of the lines.
    left: f64,
    /// Room for half of the last period's name.
    right: f64,
    /// Names of periods that have room side by side.
    names: usize,
    /// The size of letters.
    letters: u32,
}

/// Letters are of the same size on each kind of screen, so the drawings differ.
const DRAWINGS: [Drawing; 2] = [
    Drawing {
        name: "wide",
        width: 850.0,
        height: 270.0,
        left: 56.0,
        right: 36.0,
        names: 8,
        letters: 13,
    },
    Drawing {
        name: "narrow",
        width: 340.0,
        height: 210.0,
        left: 44.0,
        right: 30.0,
        names: 3,
        letters: 12,
    },
];

/// The results of each period as a bar, in the colors of their job types. `describe` is the chart in words, for
/// screen readers.
pub(super) fn results(unit: Unit, periods: &[Period], describe: &str) -> Markup {
    html! {
        @for drawing in &DRAWINGS {
            @let (title, desc) = (format!("{}-title", drawing.name), format!("{}-desc", drawing.name));
            svg.(drawing.name) viewBox={ "0 0 " (drawing.width) " " (drawing.height) } role="img"
                aria-labelledby={ (title) " " (desc) } {
                title id=(title) { "Results over time, by job type" }
                desc id=(desc) { (describe) }
                (PreEscaped(drawn(unit, periods, drawing)))
            }
        }
    }
}

/// The bars as SVG, without fonts or fixed colors, so that they follow the page's style.
fn drawn(unit: Unit, periods: &[Period], drawing: &Drawing) -> String {
    let count = periods.len() as f64;
    let mut bars = BarPlot::new()
        .with_stacked()
        .with_width((0.8 * count / FULL).min(0.8));
    // Every third bar has its name, say, so that names do not overlap.
    let every = periods.len().div_ceil(drawing.names).max(1);
    for (at, period) in periods.iter().enumerate() {
        let name = match at % every {
            0 => unit.short_name(&period.name),
            _ => "",
        };
        let parts = Series::ALL
            .iter()
            .zip(period.counts)
            .filter(|(_, count)| *count > 0);
        let parts: Vec<_> = parts
            .map(|(series, count)| (count as f64, format!("var(--{})", series.name())))
            .collect();
        bars = bars.with_group(name, parts);
    }
    let most = periods.iter().map(|period| sum(&period.counts)).max();
    let most = most.unwrap_or_default().max(1);
    let step = step(most);
    let plots = vec![Plot::Bar(bars)];
    let layout = Layout::auto_from_plots(&plots)
        .with_theme(theme())
        .with_width(drawing.width)
        .with_height(drawing.height)
        .with_tick_size(drawing.letters)
        .with_tick_length(TICK)
        .with_force_margins(drawing.left, drawing.right)
        .with_force_margins_y(TOP, BOTTOM)
        .with_y_axis_min(0.0)
        .with_y_axis_max((most.div_ceil(step) * step) as f64)
        .with_y_tick_step(step as f64)
        .with_y_tick_format(TickFormat::Custom(Arc::new(short)));
    SvgBackend::new().render_scene(&render_multiple(plots, layout))
}

/// Colours of the page, so that the drawing is as light or dark as it.
fn theme() -> Theme {
    let (line, text) = (|| "var(--line)".to_owned(), "currentColor".to_owned());
    Theme {
        background: "none".to_owned(),
        axis_color: line(),
        grid_color: line(),
        tick_color: "none".to_owned(),
        text_color: text,
        ..Theme::light()
    }
}

/// The distance of the lines: the least of 1, 2, 5, 10, 20, 50, ... with which at most [`LINES`] lines reach `most`.
fn step(most: u64) -> u64 {
    let powers = (0..19).map(|power| 10_u64.pow(power));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|factor| power * factor));
    steps
        .find(|step| step.saturating_mul(LINES) >= most)
        .unwrap_or(u64::MAX)
}

/// The number of a line, as short as it can be without being rounded: `4,000`, `20k`, `1.5M`.
fn short(number: f64) -> String {
    match number {
        1e9.. => format!("{}G", number / 1e9),
        1e6.. => format!("{}M", number / 1e6),
        1e4.. => format!("{}k", number / 1e3),
        _ => grouped(number as u64),
    }
}

/// Results of all job types.
pub(super) fn sum(counts: &SeriesCounts) -> u64 {
    counts.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_at_round_numbers_and_few() {
        for (most, expected) in [
            (1, 1),
            (4, 1),
            (5, 2),
            (13, 5),
            (40, 10),
            (41, 20),
            (1_000_000, 500_000),
            (u64::MAX, 5_000_000_000_000_000_000),
        ] {
            assert_eq!(step(most), expected, "{most}");
        }
    }

    #[test]
    fn the_numbers_of_lines_are_short() {
        for (number, text) in [
            (0.0, "0"),
            (4_000.0, "4,000"),
            (20_000.0, "20k"),
            (1_500_000.0, "1.5M"),
            (2e10, "20G"),
        ] {
            assert_eq!(short(number), text);
        }
    }

    #[test]
    fn every_result_is_in_a_bar_and_no_color_is_fixed() {
        let period = |name: &str, counts| Period {
            name: name.to_owned(),
            counts,
        };
        let periods = [
            period("2026-01-01", [3, 0, 1, 2]),
            period("2026-01-02", [0; 4]),
        ];
        let svg = results(Unit::Day, &periods, "two <days>").into_string();
        assert_eq!(svg.matches("fill=\"var(--parse)\"").count(), 2);
        assert_eq!(svg.matches("fill=\"var(--other)\"").count(), 2);
        assert!(!svg.contains("fill=\"#") && !svg.contains("style"), "{svg}");
        assert!(svg.contains("two &lt;days&gt;"), "{svg}");
    }
}
