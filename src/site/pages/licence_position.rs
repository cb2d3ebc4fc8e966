//! A licence's position on its own page: the block, and its place in the strip of facts.

use crate::estate::Record;
use crate::estate::licences::{Position, position};
use crate::format;
use crate::site::context::{Badge, LicencePosition, Link, Tone, Value};
use crate::site::page::Page;
use crate::site::pages::licences::validity_badge;
use crate::site::value;

/// The largest share that is told, in per cent; beyond, the number of assignments says more.
const MOST_PERCENT: i64 = 999;

/// « 47 affectés sur 50, 3 libres », for the strip of a licence.
pub(super) fn seats(page: &Page<'_>, licence: &Record) -> String {
    told(page, &[position(page.estate(), licence)])
}

/// The same of all licences of a software, with the way to each of them; `None` where it has none.
pub(super) fn of_software(page: &Page<'_>, software: &Record) -> Option<(String, Value)> {
    let estate = page.estate();
    let from = software
        .back_links
        .iter()
        .map(|link| estate.record(link.from));
    let is_own = |record: &&Record| {
        record.kind().name == "licence"
            && estate
                .first(record, "software")
                .is_some_and(|of| of.id == software.id)
    };
    let mut positions: Vec<Position<'_>> = from
        .filter(is_own)
        .map(|licence| position(estate, licence))
        .collect();
    positions.dedup_by_key(|position| position.licence.id);
    let text = told(page, &positions);
    let link = Link::new(text, page.to("licences/positions/"));
    (!positions.is_empty()).then(|| (page.word("licence-seats"), Value::link(link)))
}

fn told(page: &Page<'_>, positions: &[Position<'_>]) -> String {
    let over: i64 = positions.iter().map(Position::over).sum();
    let bought: Option<i64> = positions.iter().map(|position| position.bought).sum();
    let free: Option<i64> = positions.iter().map(Position::free).sum();
    let key = match (bought, free) {
        (None, _) => "seats-unlimited",
        (_, Some(1..)) if over > 0 => "seats-both",
        _ if over > 0 => "seats-over",
        _ => "seats-left",
    };
    let counts = [
        ("assigned", positions.iter().map(|it| it.assigned).sum()),
        ("bought", bought.unwrap_or_default()),
        ("free", free.unwrap_or_default()),
        ("over", over),
    ];
    counts.into_iter().fold(page.word(key), |text, (key, it)| {
        page.agree(&text, key, usize::try_from(it).unwrap_or_default())
    })
}

/// The block on a licence's page.
pub(in crate::site) fn block(page: &Page<'_>, licence: &Record) -> LicencePosition {
    let position = position(page.estate(), licence);
    let (free, over) = (position.free(), position.over());
    let badge = match (over, free) {
        (over, _) if over > 0 && !position.over_use_allowed => Badge::new(
            page.count("licence-over-by", usize::try_from(over).unwrap_or(0)),
            Tone::Danger,
        ),
        (over, _) if over > 0 => Badge::new(
            page.count("licence-over-by", usize::try_from(over).unwrap_or(0)),
            Tone::Warning,
        ),
        (_, Some(0)) if position.validity.counts() => {
            Badge::new(page.word("licence-full"), Tone::Warning)
        }
        (_, None) => Badge::new(page.word("licence-unlimited"), Tone::Success),
        _ => Badge::new(page.word("licence-fits"), Tone::Success),
    };
    let holders = licence
        .view()
        .structures("assignments")
        .filter_map(|assignment| {
            let reference = assignment.references("to").next()?;
            Some(value::reference_link(page, licence, reference))
        });
    let whole = |number: i64| u64::try_from(number).unwrap_or_default();
    let percent = match position.bought {
        Some(bought) if bought > 0 => (position.assigned * 100 / bought).clamp(0, MOST_PERCENT),
        _ => 0,
    };
    let view = licence.view();
    let cost = view.decimal("cost").map(|cost| {
        let amount = format::money(cost, page.language);
        match view.choice("cost_period") {
            Some(period) => format!(
                "{amount} ({})",
                period.labels.get(page.language).to_lowercase()
            ),
            None => amount,
        }
    });
    LicencePosition {
        bought: position.bought.map(whole),
        assigned: whole(position.assigned),
        free: free.map(whole),
        over: whole(over),
        percent: u16::try_from(percent).unwrap_or_default(),
        badge,
        expires: view.date("expires").map(|date| page.date(date)),
        expiry_badge: validity_badge(page, position.validity),
        cost,
        holders: holders.collect(),
    }
}
