//! Second factors: the privileged accounts without one first, then by method and by group.

use rust_decimal::Decimal;

use crate::estate::accounts::Issue;
use crate::estate::accounts::coverage::{Coverage, Factors, factors};
use crate::site::context::{Badge, LinkedFigure, ReviewSection, Tone, Value};
use crate::site::page::{Page, tone};

use super::super::service_levels;
use super::counts::{choices, head, named, numeric, plain_number};
use super::{lists, unlinked};

/// The table of groups has this many.
const GROUPS: usize = 30;

/// The share of accounts of people that have a second factor.
pub(super) fn figure(page: &Page<'_>) -> Option<LinkedFigure> {
    let whole = factors(page.estate()).whole;
    (whole.total > 0).then(|| LinkedFigure {
        label: unlinked(&page.word("accounts-mfa-share")),
        value: percent(page, whole.with(), whole.total),
        badge: (whole.sms > 0).then(|| sms(page, whole.sms)),
    })
}

/// By method, then by group.
pub(super) fn sections(page: &Page<'_>) -> Vec<ReviewSection> {
    let factors = factors(page.estate());
    if factors.whole.total == 0 {
        return Vec::new();
    }
    let groups = Some(by_group(page, &factors)).filter(|section| !section.table.rows.is_empty());
    std::iter::once(by_method(page, &factors))
        .chain(lists::weak(page, &factors.weak))
        .chain(groups)
        .collect()
}

fn by_method(page: &Page<'_>, factors: &Factors) -> ReviewSection {
    let methods = choices(page, "mfa");
    let row = |(key, count): (&Option<String>, &usize)| {
        let choice = methods
            .iter()
            .find(|choice| Some(&choice.key) == key.as_ref());
        let name = choice.map_or_else(
            || Value::text(page.word("accounts-unsaid")),
            |choice| Value::badge(choice.labels.get(page.language), tone(choice.tone)),
        );
        let remark = match key.as_deref() {
            Some("sms") => page.word("accounts-mfa-sms-weak"),
            Some("none") => page.word("accounts-mfa-none"),
            None => page.word("accounts-mfa-unknown"),
            _ => String::new(),
        };
        vec![
            name,
            plain_number(page, *count),
            Value::number(
                percent(page, *count, factors.whole.total),
                count.to_string(),
            ),
            if remark.is_empty() {
                Value::Empty
            } else {
                Value::text(remark)
            },
        ]
    };
    let columns = vec![
        head(page.word("accounts-method")),
        numeric(page.word("accounts")),
        numeric(page.word("accounts-share")),
        head(page.word("accounts-remark")),
    ];
    let rows = factors.methods.iter().map(row).collect();
    let mut section = named(page, "accounts-mfa", columns, rows);
    let whole = &factors.whole;
    section.note = Some(page.word("accounts-mfa-note"));
    section.table.total = vec![
        Value::text(page.word("total")),
        plain_number(page, whole.total),
        Value::Empty,
        Value::Empty,
    ];
    section
}

fn by_group(page: &Page<'_>, factors: &Factors) -> ReviewSection {
    let estate = page.estate();
    let row = |name: Value, own: &Coverage| {
        vec![
            name,
            plain_number(page, own.total),
            grave(page, own.privileged_without),
            plain_number(page, own.strong),
            if own.sms == 0 {
                plain_number(page, 0)
            } else {
                Value::badge(own.sms.to_string(), Tone::Warning)
            },
            plain_number(page, own.none + own.unknown),
            if own.total == 0 {
                Value::Empty
            } else {
                Value::number(percent(page, own.with(), own.total), own.with().to_string())
            },
        ]
    };
    let mut rows = vec![row(
        Value::text(page.word("accounts-privileged-all")),
        &factors.privileged,
    )];
    rows.extend(
        factors
            .groups
            .iter()
            .take(GROUPS)
            .map(|(group, own)| row(Value::link(page.link(estate.record(*group))), own)),
    );
    let mut columns = vec![head(page.word("accounts-group"))];
    let keys = [
        "accounts",
        "accounts-privileged-without",
        "accounts-mfa-strong",
        "accounts-mfa-sms",
        "accounts-mfa-without",
        "accounts-mfa-share",
    ];
    columns.extend(keys.map(|key| numeric(page.word(key))));
    let mut section = named(page, "accounts-mfa-groups", columns, rows);
    let more = factors.groups.len().saturating_sub(GROUPS);
    section.note = Some(page.word("accounts-mfa-groups-note"));
    if more > 0 {
        section.points = vec![page.count("and-more", more)];
    }
    let whole = row(Value::text(page.word("total")), &factors.whole);
    section.table.total = whole;
    section
}

fn grave(page: &Page<'_>, count: usize) -> Value {
    if count == 0 {
        return plain_number(page, 0);
    }
    let tone = if Issue::PrivilegedWithoutMfa.is_grave() {
        Tone::Danger
    } else {
        Tone::Warning
    };
    Value::badge(count.to_string(), tone)
}

fn sms(page: &Page<'_>, count: usize) -> Badge {
    Badge::new(page.count("accounts-by-sms", count), Tone::Warning)
}

/// A share in whole percent, the half rounded up; 100 % means all.
fn percent(page: &Page<'_>, part: usize, whole: usize) -> String {
    service_levels::percent(page, Decimal::from(share(part, whole)))
}

fn share(part: usize, whole: usize) -> usize {
    let whole = whole.max(1);
    let most = if part < whole { 99 } else { 100 };
    ((part * 200 + whole) / (whole * 2)).min(most)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_rounded_half_up_and_all_alone_is_a_hundred() {
        assert_eq!([share(56, 76), share(6, 76), share(1, 8)], [74, 8, 13]);
        assert_eq!(
            [share(199, 200), share(200, 200), share(0, 0)],
            [99, 100, 0]
        );
    }
}
