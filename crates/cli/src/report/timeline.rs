//! How many results there were when: counts for each day in UTC.
//!
//! A history may claim any time, and dates from the year -9999 to 9999 are seven million days. Once there are more
//! than [`MAX_DATES`] different days, they are added up to months, and then to years: the chart could not show more
//! than that anyway.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::Offset;
use processing_results::JobType;
use processing_results::types::ProcessingResult;

use super::periods::Unit;
use crate::words::instant;

/// Different days, or months, that are kept: 20,000 days are 55 years.
const MAX_DATES: usize = 20_000;

/// Job types as the chart distinguishes them, each with a color. Types that are new to this crate share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    Parse,
    Extract,
    Classify,
    Other,
}

/// Numbers of results, one for each [`Series`] in its order.
pub(super) type SeriesCounts = [u64; 4];

/// What is counted together. It only becomes coarser.
#[derive(Clone, Copy, PartialEq)]
enum Grain {
    Day,
    Month,
    Year,
}

/// Results by day, month or year.
pub(super) struct Timeline {
    grain: Grain,
    /// Different dates at which the grain becomes coarser.
    most: usize,
    /// By the first day of what is counted together.
    counts: BTreeMap<Date, SeriesCounts>,
    /// Results whose time is none, such as `yesterday`: no bar is theirs.
    pub(super) undated: u64,
}

/// The results of one bar of the chart.
#[derive(Debug, PartialEq)]
pub(super) struct Period {
    /// Such as `2026-03-04` or `2026 Q1`; see [`Unit::name`].
    pub(super) name: String,
    pub(super) counts: SeriesCounts,
}

impl Series {
    pub(super) const ALL: [Series; 4] = [
        Series::Parse,
        Series::Extract,
        Series::Classify,
        Series::Other,
    ];

    /// The series of a job type.
    pub(super) fn of(job_type: &JobType) -> Self {
        match job_type {
            JobType::Parse => Series::Parse,
            JobType::Extract => Series::Extract,
            JobType::Classify => Series::Classify,
            _ => Series::Other,
        }
    }

    /// The name in the legend, which is also that of its color in the style.
    pub(super) fn name(self) -> &'static str {
        match self {
            Series::Parse => "parse",
            Series::Extract => "extract",
            Series::Classify => "classify",
            Series::Other => "other",
        }
    }
}

impl Timeline {
    /// Counts by day as long as that is possible.
    pub(super) fn new() -> Self {
        Timeline {
            grain: Grain::Day,
            most: MAX_DATES,
            counts: BTreeMap::new(),
            undated: 0,
        }
    }

    /// Counts one result on its day in UTC, whatever the offset of its time.
    pub(super) fn add(&mut self, result: &ProcessingResult) {
        let Some(time) = instant(result) else {
            self.undated += 1;
            return;
        };
        let date = Offset::UTC.to_datetime(time).date();
        let counts = self.counts.entry(self.grain.start(date)).or_default();
        counts[Series::of(&result.job_type) as usize] += 1;
        if self.counts.len() > self.most && self.grain != Grain::Year {
            self.coarsen();
        }
    }

    /// Adds up days to months, or months to years.
    fn coarsen(&mut self) {
        self.grain = match self.grain {
            Grain::Day => Grain::Month,
            _ => Grain::Year,
        };
        let mut counts = BTreeMap::new();
        for (date, of_date) in &self.counts {
            add(counts.entry(self.grain.start(*date)).or_default(), of_date);
        }
        self.counts = counts;
    }

    /// The time from the first to the last result in at most `most` periods of one unit, empty ones included. A unit
    /// is never finer than what was counted.
    pub(super) fn periods(&self, most: i64) -> (Unit, Vec<Period>) {
        let (Some((first, _)), Some((last, _))) =
            (self.counts.first_key_value(), self.counts.last_key_value())
        else {
            return (Unit::Day, Vec::new());
        };
        let unit = Unit::fitting(self.grain.unit(), *first, *last, most);
        let start = unit.number(*first);
        let names = (start..=unit.number(*last)).map(|number| unit.name(number));
        let mut periods: Vec<_> = names
            .map(|name| Period {
                name,
                counts: SeriesCounts::default(),
            })
            .collect();
        for (date, of_date) in &self.counts {
            let at = usize::try_from(unit.number(*date) - start).unwrap_or_default();
            if let Some(period) = periods.get_mut(at) {
                add(&mut period.counts, of_date);
            }
        }
        (unit, periods)
    }
}

impl Grain {
    /// The first day of what a date is counted with.
    fn start(self, date: Date) -> Date {
        match self {
            Grain::Day => date,
            Grain::Month => date.first_of_month(),
            Grain::Year => date.first_of_year(),
        }
    }

    /// The shortest period that has a bar of its own.
    fn unit(self) -> Unit {
        match self {
            Grain::Day => Unit::Day,
            Grain::Month => Unit::Month,
            Grain::Year => Unit::Years(1),
        }
    }
}

/// Adds counts to others, series by series.
pub(super) fn add(to: &mut SeriesCounts, more: &SeriesCounts) {
    for (sum, count) in to.iter_mut().zip(more) {
        *sum += count;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn timeline(times: &[&str], most: usize) -> Timeline {
        let mut timeline = Timeline::new();
        timeline.most = most;
        for time in times {
            let result = json!({
                "item_id": "a", "result_id": "r", "job_type": "parse", "job_config": {},
                "processed_at": time, "parameters_hash": "", "output_s3_path": ""
            });
            timeline.add(&serde_json::from_value(result).unwrap());
        }
        timeline
    }

    fn named(timeline: &Timeline, most: i64) -> Vec<(String, u64)> {
        let (_, periods) = timeline.periods(most);
        let named = periods.into_iter().map(|it| (it.name, it.counts[0]));
        named.collect()
    }

    #[test]
    fn days_without_results_are_there_and_offsets_are_heeded() {
        let times = ["2026-02-27T23:30:00-01:00", "2026-03-02T01:00:00+02:00"];
        let days = named(&timeline(&times, MAX_DATES), 60);
        let days: Vec<_> = days
            .iter()
            .map(|(name, runs)| (name.as_str(), *runs))
            .collect();
        assert_eq!(days, [("2026-02-28", 1), ("2026-03-01", 1)]);
    }

    #[test]
    fn years_apart_and_the_ends_of_time_are_few_periods() {
        for times in [
            ["1970-01-01T00:00:00Z", "2026-03-01T00:00:00Z"],
            ["-009999-01-03T00:00:00Z", "9999-12-30T00:00:00Z"],
        ] {
            let timeline = timeline(&times, MAX_DATES);
            let periods = named(&timeline, 60);
            assert!((2..=60).contains(&periods.len()), "{periods:?}");
            assert_eq!(periods.iter().map(|(_, runs)| runs).sum::<u64>(), 2);
        }
    }

    #[test]
    fn too_many_days_become_months_and_years_and_nothing_is_lost() {
        let times: Vec<_> = (0..40)
            .map(|at| format!("{}-{:02}-03T00:00:00Z", 2000 + at / 4, at % 4 + 1))
            .collect();
        let times: Vec<_> = times.iter().map(String::as_str).collect();
        let timeline = timeline(&times, 12);
        assert!(timeline.grain == Grain::Year);
        assert_eq!(timeline.counts.len(), 10);
        let periods = named(&timeline, 60);
        assert_eq!(periods.first(), Some(&("2000".to_owned(), 4)));
        assert_eq!(periods.len(), 10);
    }
}
