//! A licence's position on its own page: the block, and its place in the strip of facts.

use crate::estate::Record;
use crate::estate::licences::position;
use crate::format;
use crate::site::context::{Badge, LicencePosition, Tone};
use crate::site::page::Page;
use crate::site::pages::licences::validity_badge;
use crate::site::value;

/// The largest share that is told, in per cent; beyond, the number of assignments says more.
const MOST_PERCENT: i64 = 999;

/// « 47 affectés sur 50, 3 libres », for the strip of a licence.
pub(super) fn seats(page: &Page<'_>, licence: &Record) -> String {
    let own = block(page, licence);
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let key = match own.bought {
        None => "seats-unlimited",
        Some(_) if own.over > 0 => "seats-over",
        Some(_) => "seats-left",
    };
    let counts = [
        ("assigned", own.assigned),
        ("bought", own.bought.unwrap_or_default()),
        ("free", own.free.unwrap_or_default()),
        ("over", own.over),
    ];
    counts.into_iter().fold(page.word(key), |text, (key, it)| {
        page.agree(&text, key, count(it))
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
