//! The block on the page of what is kept in order: support, protection, old versions, tasks, manuals.

use crate::estate::backups::is_in_use;
use crate::estate::installed::Installation;
use crate::estate::upkeep::{PAGE, due};
use crate::estate::{Estate, Record};
use crate::format;
use crate::site::context::{Badge, Heading, Link, Tone, UpkeepBlock, UpkeepList};
use crate::site::page::Page;

use super::machines::gap_word;
use super::support;
use super::tasks::nearness;
use crate::site::pages::desk::figures::{Cell, question};
use crate::site::pages::fleet::outside;

/// A list has this many lines, and this few where the page is heavy.
const MOST: usize = 5;
const FEWEST: usize = 2;

/// The block of a record; `None` when there is nothing to say.
pub(in crate::site::pages) fn block(page: &Page<'_>, record: &Record) -> Option<UpkeepBlock> {
    let (badges, others) = match record.kind().name.as_str() {
        "asset" if is_in_use(record) => (
            of_machine(page, record),
            vec![old(page, record), manuals(page, record)],
        ),
        "software" => (of_software(page, record), vec![machines(page, record)]),
        _ => (Vec::new(), Vec::new()),
    };
    let is_told = |list: &UpkeepList| !list.items.is_empty();
    let lists = std::iter::once(tasks(page, record)).chain(others);
    let lists: Vec<UpkeepList> = lists.filter(is_told).collect();
    (!badges.is_empty() || !lists.is_empty()).then(|| UpkeepBlock {
        badges,
        lists,
        all: Link::new(page.word("upkeep"), page.to(PAGE)),
    })
}

/// For "on this page".
pub(in crate::site::pages) fn heading(page: &Page<'_>) -> Heading {
    Heading {
        id: "upkeep".to_owned(),
        text: page.word("upkeep-block"),
        level: 2,
    }
}

/// Makes room on a heavy page.
pub(in crate::site::pages) fn shorten(page: &Page<'_>, block: &mut UpkeepBlock) {
    for list in &mut block.lists {
        list.items.truncate(FEWEST);
        let left = list.count - list.items.len();
        list.more = (left > 0).then(|| page.count("and-more", left));
    }
}

fn list(page: &Page<'_>, key: &str, all: Vec<(Link, Option<Badge>)>) -> UpkeepList {
    let count = all.len();
    UpkeepList {
        title: page.word(key),
        items: all.into_iter().take(MOST).collect(),
        count,
        more: (count > MOST).then(|| page.count("and-more", count - MOST)),
    }
}

/// The end of its system's support, and what is wrong with its protection.
fn of_machine(page: &Page<'_>, asset: &Record) -> Vec<Badge> {
    let estate = page.estate();
    let system = estate.systems().of(asset);
    let system = system.filter(|system| system.end.is_some()).map(|system| {
        let badge = support(page, system);
        let end = system.end.map(|end| format::short_date(end, page.language));
        let text = page
            .word("upkeep-support")
            .replace("{verdict}", &badge.text)
            .replace("{date}", &end.unwrap_or_default());
        Badge { text, ..badge }
    });
    let all = &estate.upkeep().protections;
    let place = all.binary_search_by_key(&asset.id, |it| it.asset);
    let gaps = place.map_or(&[][..], |place| all[place].gaps.as_slice());
    let gaps = gaps
        .iter()
        .map(|gap| Badge::new(gap_word(page, *gap), Tone::Warning));
    system.into_iter().chain(gaps).collect()
}

/// On how many machines a software is too old.
fn of_software(page: &Page<'_>, software: &Record) -> Vec<Badge> {
    let all = &page.estate().upkeep().updates;
    let Ok(place) = all.binary_search_by_key(&software.id, |update| update.software) else {
        return Vec::new();
    };
    let update = &all[place];
    let counts = [
        ("upkeep-current-count", update.current(), Tone::Success),
        ("upkeep-behind-count", update.behind.len(), Tone::Info),
        (
            "upkeep-outdated-count",
            update.outdated.len(),
            Tone::Warning,
        ),
    ];
    let told = counts.into_iter().filter(|(_, count, _)| *count > 0);
    told.map(|(key, count, tone)| Badge::new(page.count(key, count), tone))
        .collect()
}

/// What is installed in an old version.
fn old(page: &Page<'_>, asset: &Record) -> UpkeepList {
    let estate = page.estate();
    let found = estate.upkeep().old_on(asset).iter().map(|old| {
        let software = estate.record(old.software);
        let wanted = expected(software).map(|wanted| format!("{} → {wanted}", old.version));
        let link = page
            .link(software)
            .hint(wanted.unwrap_or_else(|| old.version.clone()));
        (link, Some(lateness(page, old.is_outdated)))
    });
    list(page, "upkeep-old", found.collect())
}

/// What machines in use run of a software: as a system by version, with the end of its support, else those on
/// which it was found installed, the oldest versions first.
fn machines(page: &Page<'_>, software: &Record) -> UpkeepList {
    let estate = page.estate();
    let mut all: Vec<(Link, Option<Badge>)> = Vec::new();
    for (system, machines) in estate.systems().in_use(software) {
        let version = system.version.as_deref().unwrap_or_default();
        let query = format!(
            "kind:asset os:\"{}\"{}",
            system.name.replace('"', " "),
            outside(page)
        );
        let text = format!("{} {version}", system.name);
        let names = machines.iter().take(FEWEST);
        let names: Vec<&str> = names.map(|id| estate.record(*id).title.as_str()).collect();
        let more = if machines.len() > FEWEST { "…" } else { "" };
        let count = page.count("upkeep-machine-count", machines.len());
        let link = question(page, text.trim_end(), &query);
        let link = link.hint(format!("{count}, {}{more}", names.join(", ")));
        let badge = support(page, system);
        let end = system.end.map(|end| format::short_date(end, page.language));
        let text = end.map_or_else(
            || badge.text.clone(),
            |end| {
                let told = page.word("upkeep-support");
                told.replace("{verdict}", &badge.text)
                    .replace("{date}", &end)
            },
        );
        all.push((link, Some(Badge { text, ..badge })));
    }
    if all.is_empty() {
        all = installed(page, software);
    }
    list(page, "upkeep-run-by", all)
}

/// The machines on which a software was found, those that are too old first.
fn installed(page: &Page<'_>, software: &Record) -> Vec<(Link, Option<Badge>)> {
    let estate = page.estate();
    let found = estate.installed().of(software).iter();
    let found = found.filter(|found| is_in_use(estate.record(found.asset)));
    let mut all: Vec<_> = found
        .map(|found| {
            let old = estate.upkeep().old_on(estate.record(found.asset)).iter();
            let old = old
                .into_iter()
                .find(|old| old.software == software.id)
                .map(|old| old.is_outdated);
            (found, old)
        })
        .collect();
    all.sort_by_key(|(found, old)| (std::cmp::Reverse(*old), found.asset));
    let line = |(found, old): (&Installation, Option<bool>)| {
        let mut link = page.link(estate.record(found.asset));
        link.hint.clone_from(&found.version);
        let badge = old.map(|is_outdated| lateness(page, is_outdated));
        (link, badge)
    };
    all.into_iter().map(line).collect()
}

/// How late a version is.
fn lateness(page: &Page<'_>, is_outdated: bool) -> Badge {
    let (key, tone) = if is_outdated {
        ("upkeep-too-old", Tone::Warning)
    } else {
        ("upkeep-to-update", Tone::Info)
    };
    Badge::new(page.word(key), tone)
}

fn expected(software: &Record) -> Option<&str> {
    let view = software.view();
    view.text("version")
        .or_else(|| view.text("minimum_version"))
}

/// The tasks that concern a record, with the day of the next time.
fn tasks(page: &Page<'_>, record: &Record) -> UpkeepList {
    let estate = page.estate();
    let told = estate
        .upkeep()
        .tasks(estate, record)
        .into_iter()
        .map(|task| {
            let rhythm = task.view().choice("rhythm");
            let mut link = page.link(task);
            link.hint = rhythm.map(|choice| choice.labels.get(page.language).to_owned());
            let day = due(estate, task).map(|deadline| deadline.date);
            let badge = match nearness(page, day) {
                Cell::Keyed {
                    text,
                    tone: Some(tone),
                    ..
                } => Some(Badge::new(text, tone)),
                _ => None,
            };
            (link, badge)
        });
    list(page, "upkeep-tasks", told.collect())
}

/// The documents of an asset's model; its own stand among its fields and back-links.
fn manuals(page: &Page<'_>, asset: &Record) -> UpkeepList {
    let estate = page.estate();
    let told = of_model(estate, asset).into_iter().map(|document| {
        let kind = document.view().choice("type");
        let mut link = page.link(document);
        link.hint = kind.map(|choice| choice.labels.get(page.language).to_owned());
        (link, None)
    });
    list(page, "upkeep-model-documents", told.collect())
}

fn of_model<'a>(estate: &'a Estate, asset: &'a Record) -> Vec<&'a Record> {
    let model = estate.first(asset, "model");
    model.map_or_else(Vec::new, |model| estate.upkeep().documents(estate, model))
}
