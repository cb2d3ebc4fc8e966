//! What is left of a price after some time: linear and declining depreciation as French accounts have them.
//!
//! Linear: prorata temporis in days of a year of 360 (twelve months of 30), from the day of start-up, that day
//! and the day asked for included; nothing before it, so that what waits in stock keeps its value (Plan comptable
//! général, article 322-4; BOI-BIC-AMT-20-10, 120). Declining: the linear rate times 1.25 (3 or 4 years), 1.75 (5 or 6), 2.25
//! (more), from the first day of the month of purchase, in months; linear from the year in which that gives
//! more (BOI-BIC-AMT-20-20-30). Source: Code général des impôts, articles 39 A and 39 B, and annexe II, articles 22 to 25. The
//! accounting year is the calendar's. Every amount is exact; only the results are rounded, to the cent.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::format::to_the_cent;

const MONTH: i64 = 30;
const YEAR: i64 = 360;
/// The shortest life that declining depreciation is allowed for, in years.
const SHORTEST_DECLINING: i64 = 3;

/// How a price is spread over the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The same each day.
    Linear,
    /// Faster in the first years.
    Declining,
}

/// The depreciation of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// What it cost, in euros.
    pub cost: Decimal,
    /// What it is worth when the plan ends, in euros.
    pub residual: Decimal,
    /// How.
    pub method: Method,
    /// For how many years, at least 1.
    pub years: i64,
    /// Start-up day for linear, purchase day for declining; `None` for what has never been started up.
    pub start: Option<Date>,
}

impl Plan {
    /// The method that really applies: a life of less than three years is linear.
    pub fn applied(&self) -> Method {
        match self.method {
            Method::Declining if self.years >= SHORTEST_DECLINING => Method::Declining,
            _ => Method::Linear,
        }
    }

    /// The coefficient of declining depreciation; 1 for linear.
    pub fn coefficient(&self) -> Decimal {
        match (self.applied(), self.years) {
            (Method::Linear, _) => Decimal::ONE,
            (Method::Declining, ..5) => Decimal::new(125, 2),
            (Method::Declining, 5..7) => Decimal::new(175, 2),
            (Method::Declining, _) => Decimal::new(225, 2),
        }
    }

    /// What has been written off by the end of a day, in euros; never more than cost less residual value.
    pub fn written_off(&self, day: Date) -> Decimal {
        let base = self.base();
        let Some(start) = self.start.filter(|start| *start <= day) else {
            return Decimal::ZERO;
        };
        if base <= Decimal::ZERO {
            return Decimal::ZERO;
        }
        let amount = match self.applied() {
            Method::Linear => self.linear(base, [start, day]),
            Method::Declining => self.declining(base, [start, day]),
        };
        cents(amount).min(base)
    }

    /// Net book value at the end of a day, in euros.
    pub fn value_on(&self, day: Date) -> Decimal {
        self.cost - self.written_off(day)
    }

    /// Whether it has begun by the end of a day.
    pub fn is_started(&self, day: Date) -> bool {
        self.start.is_some_and(|start| start <= day)
    }

    /// The last day of the plan, `None` before its first is known; a declining one ends with the last of its calendar years.
    pub fn end(&self) -> Option<Date> {
        let years = i16::try_from(self.years).ok()?;
        let start = self.start?;
        match self.applied() {
            Method::Declining => Date::new(start.year().checked_add(years - 1)?, 12, 31).ok(),
            Method::Linear => {
                let next = start.checked_add(jiff::Span::new().years(years)).ok()?;
                next.yesterday().ok()
            }
        }
    }

    fn base(&self) -> Decimal {
        (self.cost - self.residual).max(Decimal::ZERO)
    }

    fn linear(&self, base: Decimal, [start, day]: [Date; 2]) -> Decimal {
        let whole = self.years.max(1) * YEAR;
        let spent = (accounting_days(start, day) + 1).clamp(0, whole);
        base * Decimal::from(spent) / Decimal::from(whole)
    }

    /// Year by year: what is left times the rate, or what is left over the years left where that is more.
    fn declining(&self, base: Decimal, [start, day]: [Date; 2]) -> Decimal {
        let rate = self.coefficient() / Decimal::from(self.years);
        let mut left = base;
        for year in 0..self.years {
            let calendar = i64::from(start.year()) + year;
            if calendar > i64::from(day.year()) {
                break;
            }
            let first = if year == 0 {
                i64::from(start.month())
            } else {
                1
            };
            let months = 13 - first;
            let by_rate = left * rate * Decimal::from(months) / Decimal::from(12);
            let evenly = left / Decimal::from(self.years - year);
            let is_linear = year > 0 && evenly >= left * rate;
            let annuity = cents(if is_linear { evenly } else { by_rate }).min(left);
            if calendar == i64::from(day.year()) {
                let spent = i64::from(day.month()) - first + 1;
                return base - left + annuity * Decimal::from(spent) / Decimal::from(months);
            }
            left -= annuity;
        }
        base - left
    }
}

/// Days from one day to another where every month has 30.
fn accounting_days(from: Date, to: Date) -> i64 {
    let place = |date: Date| {
        let day = if date.day() == date.days_in_month() {
            MONTH
        } else {
            i64::from(date.day())
        };
        i64::from(date.year()) * YEAR + i64::from(date.month()) * MONTH + day
    };
    place(to) - place(from)
}

/// To the cent; halves go up.
pub fn cents(amount: Decimal) -> Decimal {
    to_the_cent(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(method: Method, years: i64, start: Date) -> Plan {
        Plan {
            cost: Decimal::from(10_000),
            residual: Decimal::ZERO,
            method,
            years,
            start: Some(start),
        }
    }

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::constant(year, month, day)
    }

    fn euros(text: &str) -> Decimal {
        text.parse().expect("an amount")
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!(euros("0.1") + euros("0.2"), euros("0.3"));
        assert_eq!(cents(euros("1.005")), euros("1.01"));
    }

    /// From 15 March: 16 days of March and nine months, 286 days of 360, that is 2,000 × 286/360 = 1,588.89.
    #[test]
    fn linear_counts_the_days_of_a_year_of_360() {
        let plan = plan(Method::Linear, 5, day(2024, 3, 15));
        let written = [
            (day(2024, 3, 14), "0"),
            (day(2024, 3, 15), "5.56"),
            (day(2024, 12, 31), "1588.89"),
            (day(2025, 12, 31), "3588.89"),
            (day(2029, 3, 13), "9994.44"),
            (day(2029, 3, 14), "10000"),
            (day(2035, 1, 1), "10000"),
        ];
        for (on, amount) in written {
            assert_eq!(plan.written_off(on), euros(amount), "{on}");
        }
        assert_eq!(plan.value_on(day(2025, 12, 31)), euros("6411.11"));
        assert_eq!(plan.end(), Some(day(2029, 3, 14)));
    }

    #[test]
    fn the_end_of_february_ends_its_month() {
        let plan = plan(Method::Linear, 1, day(2025, 1, 1));
        assert_eq!(plan.written_off(day(2025, 2, 28)), euros("1666.67"));
        assert_eq!(plan.written_off(day(2025, 3, 31)), euros("2500"));
    }

    #[test]
    fn the_residual_value_stays() {
        let plan = Plan {
            residual: Decimal::from(1_000),
            ..plan(Method::Linear, 3, day(2024, 1, 1))
        };
        assert_eq!(plan.value_on(day(2024, 12, 31)), Decimal::from(7_000));
        assert_eq!(plan.value_on(day(2030, 12, 31)), Decimal::from(1_000));
    }

    /// The example of textbooks: 10,000 in five years at 35 %, bought in January: 3,500; 2,275; 1,478.75;
    /// then 2,746.25 in two equal years, because 50 % is more than 35 %.
    #[test]
    fn declining_turns_linear_where_that_gives_more() {
        let plan = plan(Method::Declining, 5, day(2024, 1, 10));
        let left = ["6500", "4225", "2746.25", "1373.12", "0"];
        for (year, value) in (2024..).zip(left) {
            assert_eq!(plan.value_on(day(year, 12, 31)), euros(value), "{year}");
        }
        // Two months of twelve in 2025: 2,275 / 6 = 379.17.
        assert_eq!(plan.value_on(day(2025, 2, 3)), euros("6120.83"));
        assert_eq!(plan.end(), Some(day(2028, 12, 31)));
    }

    /// From April: 10,000 × 35 % × 9/12 = 2,625; 7,375 × 35 % = 2,581.25; 4,793.75 × 35 % = 1,677.81.
    #[test]
    fn the_first_year_of_declining_counts_its_months() {
        let plan = plan(Method::Declining, 5, day(2024, 4, 20));
        let left = ["7375", "4793.75", "3115.94", "1557.97", "0"];
        for (year, value) in (2024..).zip(left) {
            assert_eq!(plan.value_on(day(year, 12, 31)), euros(value), "{year}");
        }
    }

    #[test]
    fn coefficients_follow_the_duration() {
        let of = |years| plan(Method::Declining, years, day(2024, 1, 1)).coefficient();
        let expected = [
            (2, "1"),
            (3, "1.25"),
            (4, "1.25"),
            (5, "1.75"),
            (6, "1.75"),
            (7, "2.25"),
        ];
        for (years, coefficient) in expected {
            assert_eq!(of(years), euros(coefficient), "{years} years");
        }
    }
}
