//! A text of opening hours → [`WeeklyHours`]: `lun-ven 8:00-12:00, 13:30-18:00 ; sam 9h-12h`,
//! `Du lundi au vendredi, 8 h 30 – 18 h`, `24 h/24, 7 j/7`, `lun-ven 18:00-08:00, week-ends et jours fériés`.
//!
//! Days come first, then their spans; days without a span are open all day. What is written twice
//! is open when either says so. A text that is not understood is told, never guessed.

use super::tokens::{Token, tokens};
use super::weekly::{DAY, DaySpan, WHOLE_DAY, WeeklyHours};

/// Why a text of opening hours means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// This word is not known.
    Word(String),
    /// Hours without the days they are for.
    NoDays,
    /// The words are known, but not in this order.
    Order,
    /// It can be read, and opens no hour.
    NeverOpens,
}

/// Days that share spans.
#[derive(Default)]
struct Days {
    weekdays: [bool; 7],
    holidays: bool,
    any: bool,
}

/// Reads opening hours.
pub fn read(text: &str) -> Result<WeeklyHours, Unreadable> {
    let tokens = tokens(text).map_err(Unreadable::Word)?;
    let mut hours = WeeklyHours::default();
    let mut whole = Days::default();
    let mut mornings = Vec::new();
    let mut rest = every_day_first(&tokens);
    while !rest.is_empty() {
        let days = days(&mut rest)?;
        let spans = spans(&mut rest)?;
        if !days.any {
            return Err(if spans.is_some() {
                Unreadable::NoDays
            } else {
                Unreadable::Order
            });
        }
        match spans {
            Some(spans) if spans.is_empty() => close(&mut hours, &days),
            Some(spans) => {
                let nights = spans.iter().filter(|span| span.to > DAY);
                mornings.extend(nights.map(|night| night.to - DAY));
                open(&mut hours, &days, &spans);
            }
            None => {
                open(&mut hours, &days, &[WHOLE_DAY]);
                whole.join(&days);
            }
        }
    }
    // A day that is on call as a whole, beside nights: it lasts until the night would have ended.
    if let Some(morning) = mornings.into_iter().max() {
        let until = DaySpan {
            from: 0,
            to: DAY + morning,
        };
        open(&mut hours, &whole, &[until]);
    }
    if hours.opens() {
        Ok(hours)
    } else {
        Err(Unreadable::NeverOpens)
    }
}

/// `24 h/24, 7 j/7` says the hours first.
fn every_day_first(tokens: &[Token]) -> &[Token] {
    const ALWAYS: &[Token] = &[Token::EveryDay, Token::AllDay];
    match tokens {
        [Token::AllDay]
        | [Token::AllDay, Token::EveryDay]
        | [Token::AllDay, Token::And, Token::EveryDay] => ALWAYS,
        _ => tokens,
    }
}

/// Reads days: `lun-ven`, `lun, mer et ven`, `week-ends et jours fériés`.
fn days(rest: &mut &[Token]) -> Result<Days, Unreadable> {
    let mut days = Days::default();
    loop {
        match *rest {
            [Token::Day(from), Token::To, Token::Day(to), ..] => {
                // From Saturday to Monday goes round the end of the week.
                let length = (to + 7 - from) % 7;
                for day in 0..=length {
                    days.weekdays[(from + day) % 7] = true;
                }
                *rest = &rest[3..];
            }
            [Token::Day(day), ..] => {
                days.weekdays[*day] = true;
                *rest = &rest[1..];
            }
            [Token::Weekend, ..] => {
                days.weekdays[5] = true;
                days.weekdays[6] = true;
                *rest = &rest[1..];
            }
            [Token::Workdays, ..] => {
                days.weekdays[..5].fill(true);
                *rest = &rest[1..];
            }
            [Token::EveryDay, ..] => {
                days.weekdays.fill(true);
                days.holidays = true;
                *rest = &rest[1..];
            }
            [Token::Holidays, ..] => {
                days.holidays = true;
                *rest = &rest[1..];
            }
            [Token::And, ..] => {
                *rest = &rest[1..];
                continue;
            }
            [Token::To, ..] => return Err(Unreadable::Order),
            _ => return Ok(days),
        }
        days.any = true;
    }
}

/// Reads the spans after days: none written (`None`), closed (empty), or some.
fn spans(rest: &mut &[Token]) -> Result<Option<Vec<DaySpan>>, Unreadable> {
    let mut spans = None;
    loop {
        match *rest {
            [Token::Time(from), Token::To, Token::Time(to), ..] => {
                let from = from % DAY;
                let to = if *to < from { to + DAY } else { *to };
                spans
                    .get_or_insert_with(Vec::new)
                    .push(DaySpan { from, to });
                *rest = &rest[3..];
            }
            [Token::AllDay, ..] => {
                spans.get_or_insert_with(Vec::new).push(WHOLE_DAY);
                *rest = &rest[1..];
            }
            [Token::Closed, ..] => {
                spans.get_or_insert_with(Vec::new);
                *rest = &rest[1..];
            }
            [Token::And, Token::Time(_) | Token::AllDay, ..] => *rest = &rest[1..],
            [Token::Time(_) | Token::To, ..] => return Err(Unreadable::Order),
            _ => return Ok(spans),
        }
    }
}

fn open(hours: &mut WeeklyHours, days: &Days, spans: &[DaySpan]) {
    for span in spans {
        for weekday in (0..7).filter(|weekday| days.weekdays[*weekday]) {
            hours.open(weekday, *span);
        }
        if days.holidays {
            hours.open_on_holidays(*span);
        }
    }
}

fn close(hours: &mut WeeklyHours, days: &Days) {
    for weekday in (0..7).filter(|weekday| days.weekdays[*weekday]) {
        hours.close(weekday);
    }
    if days.holidays {
        hours.close_on_holidays();
    }
}

impl Days {
    fn join(&mut self, other: &Self) {
        for (own, others) in self.weekdays.iter_mut().zip(other.weekdays) {
            *own |= others;
        }
        self.holidays |= other.holidays;
    }
}

#[cfg(test)]
mod tests;
