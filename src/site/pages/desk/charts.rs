//! The charts of the desk: their marks and their words.

use crate::estate::desk::{AGES, Line, RANKS, Subject, Week};
use crate::estate::places;
use crate::site::diagrams::chart::{Bar, WeekMarks, Words, bars, weeks};
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;

use super::figures::{integer, time};
use super::tables::{DeskTable, age};

/// A chart has this many bars; the table has the others.
const BARS: usize = 8;

/// A week in so many has its number under the axis.
const TICK: usize = 5;

/// From this rank on, a priority is high.
const HIGH: usize = 4;

/// The chart of a table, for those that have one.
pub(super) fn chart(page: &Page<'_>, table: DeskTable) -> Option<String> {
    let desk = page.estate().desk();
    let (marks, description) = match table {
        DeskTable::Backlog => (by_age(page), page.word("desk-backlog-chart")),
        DeskTable::Weeks => return Some(by_week(page)),
        DeskTable::Categories => (
            by_line(page, &desk.categories, Measure::Tickets),
            page.word("desk-categories-chart"),
        ),
        DeskTable::Models => (
            by_line(page, &desk.models, Measure::Spent),
            page.word("desk-models-chart"),
        ),
        _ => return None,
    };
    let id = format!("chart-{}", table.key());
    let title = page.word(&format!("desk-{}", table.key()));
    let words = Words {
        id: &id,
        title: &title,
        description: &description,
    };
    // What full and hollow bars mean is for every reader, not only for those who hear the picture.
    let caption = escape(&description);
    Some(format!(
        "{}<figcaption>{caption}</figcaption>",
        bars(words, &marks)
    ))
}

/// What waits, oldest last; the full part is of high priority or above.
fn by_age(page: &Page<'_>) -> Vec<Bar> {
    let backlog = &page.estate().desk().backlog;
    let whole = |count: usize| i64::try_from(count).unwrap_or_default();
    (0..AGES.len())
        .map(|place| {
            let count = backlog.of_age(place);
            let high: usize = (HIGH..RANKS).map(|rank| backlog.counts[place][rank]).sum();
            let mut text = integer(count, page.language);
            if high > 0 {
                text = format!("{text}, {}", page.count("desk-high", high));
            }
            Bar {
                label: age(page, place),
                value: whole(count),
                full: whole(high),
                text,
            }
        })
        .collect()
}

/// What a bar is as long as.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    Tickets,
    Spent,
}

fn by_line(page: &Page<'_>, lines: &[Line], measure: Measure) -> Vec<Bar> {
    let bar = |line: &Line| {
        let tickets = page.count("desk-count", line.tickets);
        let label = match &line.subject {
            Subject::Text(text) => page.set(text),
            Subject::Record(id) => {
                page.set(&places::told(page.estate(), page.estate().record(*id)))
            }
            Subject::None => page.word("desk-without"),
        };
        let (value, text) = match measure {
            Measure::Tickets => (i64::try_from(line.tickets).unwrap_or_default(), tickets),
            Measure::Spent => {
                let spent = time(line.spent, page.language);
                (line.spent, format!("{spent}, {tickets}"))
            }
        };
        Bar {
            label,
            value,
            full: value,
            text,
        }
    };
    lines.iter().take(BARS).map(bar).collect()
}

fn by_week(page: &Page<'_>) -> String {
    let all = &page.estate().desk().weeks;
    let mark = |(place, week): (usize, &Week)| {
        let number = format!("{}{}", page.word("desk-week-sign"), week.number());
        let count = |count| integer(count, page.language);
        WeekMarks {
            // The last week always has its number.
            label: if (all.len() - 1 - place).is_multiple_of(TICK) {
                number
            } else {
                String::new()
            },
            entered: week.opened + week.reopened,
            left: week.resolved,
            waiting: week.backlog,
            text: page
                .word("desk-week-text")
                .replace("{week}", &week.number().to_string())
                .replace("{day}", &super::day(page, week.monday))
                .replace("{in}", &count(week.opened + week.reopened))
                .replace("{out}", &count(week.resolved))
                .replace("{waiting}", &count(week.backlog)),
        }
    };
    let marks: Vec<WeekMarks> = all.iter().enumerate().map(mark).collect();
    let title = page.word("desk-weeks");
    let description = page.word("desk-weeks-chart");
    let words = Words {
        id: "chart-weeks",
        title: &title,
        description: &description,
    };
    let names = ["desk-series-waiting", "desk-series-in", "desk-series-out"];
    let names = names.map(|key| page.word(key));
    weeks(words, [&names[0], &names[1], &names[2]], &marks)
}
