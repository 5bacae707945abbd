//! Spans of time of the same length, by number.

use jiff::civil::Date;

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Years(i64),
}

/// The shortest first; the last divides all of time into few.
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
    /// The shortest unit with at most `limit` periods in the range, and at least `floor`.
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

    /// The number of the period that a day is in; the next period has the next number.
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

    /// What the period of a number is called.
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

    /// The same on an axis, where there is little room.
    pub(super) fn short_name(self, name: &str) -> &str {
        match self {
            Unit::Years(_) => name.split(' ').next().unwrap_or(name),
            _ => name,
        }
    }

    /// What one period is, in a sentence.
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

    /// The same above a column of them.
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

/// The first day of 1970 was a Thursday.
const FIRST_MONDAY: i64 = 3;
const FIRST: Date = Date::constant(1970, 1, 1);

fn days(date: Date) -> i64 {
    date.duration_since(FIRST).as_hours() / 24
}

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
