//! Periods for the bars of the chart: days, weeks, months, quarters, years, and multiples of years.
//!
//! The periods of a unit are numbered one after another, so that the ones between two dates, empty ones included, are
//! a range of numbers. Dates are of the proleptic Gregorian calendar in UTC, as far as `jiff` has them: from the year
//! -9999 to 9999.

use jiff::civil::Date;

/// The length of a period. A week begins on Monday; a period of years at a year that its number divides, so that
/// decades are 2020 to 2029.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Years(i64),
}

/// The shortest first. The last one divides all the years that there are into 20 periods.
const UNITS: [Unit; 14] = [
    Unit::Day,
    Unit::Week,
    Unit::Month,
    Unit::Quarter,
    Unit::Years(1),
    Unit::Years(2),
    Unit::Years(5),
    Unit::Years(10),
    Unit::Years(20),
    Unit::Years(50),
    Unit::Years(100),
    Unit::Years(200),
    Unit::Years(500),
    Unit::Years(1000),
];

impl Unit {
    /// The first unit from `shortest` on that has at most `most` periods between two dates, both included. If even the
    /// longest has more, the longest.
    pub(super) fn fitting(shortest: Unit, first: Date, last: Date, most: i64) -> Unit {
        let units = UNITS.into_iter().skip_while(|unit| *unit != shortest);
        let mut unit = shortest;
        for next in units {
            unit = next;
            if unit.number(last) - unit.number(first) < most {
                break;
            }
        }
        unit
    }

    /// The number of the period that a date is in. The next period has the next number; where counting begins differs
    /// by unit, and does not matter.
    pub(super) fn number(self, date: Date) -> i64 {
        let (year, month) = (i64::from(date.year()), i64::from(date.month()));
        match self {
            Unit::Day => days(date),
            Unit::Week => (days(date) + FIRST_MONDAY).div_euclid(7),
            Unit::Month => year * 12 + month - 1,
            Unit::Quarter => year * 4 + (month - 1) / 3,
            Unit::Years(years) => year.div_euclid(years),
        }
    }

    /// The name of a period: `2026-03-02` for a day or for the week from that Monday, `2026-03`, `2026 Q1`, `2026`, or
    /// `2020 to 2029`.
    pub(super) fn name(self, number: i64) -> String {
        match self {
            Unit::Day => day(number),
            Unit::Week => day(number * 7 - FIRST_MONDAY),
            Unit::Month => format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Unit::Quarter => format!("{} Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Unit::Years(1) => number.to_string(),
            Unit::Years(years) => format!("{} to {}", number * years, number * years + years - 1),
        }
    }

    /// The part of a name for an axis, where there is little room: `2020` for `2020 to 2029`.
    pub(super) fn short_name(self, name: &str) -> &str {
        match self {
            Unit::Years(_) => name.split(' ').next().unwrap_or(name),
            _ => name,
        }
    }

    /// What one bar is, to end a sentence: "Each bar is a week, named by its Monday".
    pub(super) fn described(self) -> String {
        match self {
            Unit::Day => "a day".to_owned(),
            Unit::Week => "a week, named by its Monday".to_owned(),
            Unit::Month => "a month".to_owned(),
            Unit::Quarter => "a quarter of a year".to_owned(),
            Unit::Years(1) => "a year".to_owned(),
            Unit::Years(years) => format!("{years} years, named by the first"),
        }
    }

    /// The heading of a column of names.
    pub(super) fn word(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week from",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Years(1) => "year",
            Unit::Years(_) => "years",
        }
    }
}

/// Days from the Monday before to 1970-01-01, a Thursday.
const FIRST_MONDAY: i64 = 3;
/// The day with the number 0.
const FIRST: Date = Date::constant(1970, 1, 1);

/// The number of a day, negative before 1970.
fn days(date: Date) -> i64 {
    date.duration_since(FIRST).as_hours() / 24
}

/// The day of a number, such as `2026-03-04`.
fn day(number: i64) -> String {
    let span = jiff::SignedDuration::from_hours(number.saturating_mul(24));
    FIRST.saturating_add(span).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_the_name_of_its_first_day() {
        let date = Date::constant(2026, 3, 4);
        for (unit, name) in [
            (Unit::Day, "2026-03-04"),
            (Unit::Week, "2026-03-02"),
            (Unit::Month, "2026-03"),
            (Unit::Quarter, "2026 Q1"),
            (Unit::Years(1), "2026"),
            (Unit::Years(10), "2020 to 2029"),
        ] {
            assert_eq!(unit.name(unit.number(date)), name);
            let next = unit.number(date) + 1;
            assert_ne!(unit.name(next), name);
        }
        let before = Date::constant(1969, 12, 28);
        assert_eq!(Unit::Week.name(Unit::Week.number(before)), "1969-12-22");
    }
}
