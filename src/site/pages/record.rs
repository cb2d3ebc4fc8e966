//! The page of a record: fields by section, references, back-links, text, change log, and the
//! special blocks of licences, tickets, changes and contracts.

use std::collections::BTreeMap;

use crate::estate::changes::SEVEN_R;
use crate::estate::{Record, deadlines, tickets};
use crate::project::Entry;
use crate::site::context::{
    Badge, ClientSection, Field, Html, Link, RecordContext, RecordHead, Section, Value,
};
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;
use crate::site::{body, frame, log, value};

use super::{
    accounts, addressing, applicable, back_links, backups, change, clients, counted, finance,
    handover, heavy, host, impact, label_sheets, licence_position, on_call, outline,
    physical_inventory, problem, rights, service_levels, strip, ticket, ties, topology, upkeep,
    who_to_call,
};

/// Renders a record.
pub(super) fn record(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    let kind = record.kind();
    let list = Link::new(
        kind.plural.get(page.language),
        page.to(&format!("{}/", kind.folder)),
    );
    let frame = frame::record_frame(page, record, vec![frame::home(page), list.clone()]);
    let is = |name: &str| kind.name == name;
    let flow = is("ticket") || is("change");
    let client = is("organisation").then(|| clients::dashboard(page, record));
    let (back_links, log) = (back_links::of(page, record), log::of_record(page, record));
    let mut sections = sections(page, record, hidden_fields(&kind.name));
    addressing::tell_addresses(page, record, &mut sections);
    let mut context = RecordContext {
        head: head(page, record, list),
        views: views(page, record),
        client: client.flatten(),
        topics: topics(page, record),
        sections,
        licence: is("licence").then(|| licence_position::block(page, record)),
        flow: if flow {
            ticket::flow(page, record)
        } else {
            None
        },
        reasons: is("change").then(|| change::reasons(page, record)),
        carried: if is("change") {
            change::carried_by(page, record)
        } else {
            None
        },
        promises: if is("contract") {
            service_levels::promises(page, record)
        } else {
            None
        },
        rota: is("rota").then(|| on_call::board(page, record)).flatten(),
        duties: (is("person").then(|| on_call::duties(page, record))).flatten(),
        finance: finance::block(page, record),
        known_errors: problem::known_errors(page, record),
        impact: impact::block(page, record),
        network: topology::block(page, record),
        backups: backups::block(page, record),
        upkeep: upkeep::block(page, record),
        addressing: addressing::block(page, record),
        applicable: applicable::procedures(page, record),
        incidents: is("problem").then(|| problem::incidents(page, record)),
        figures: Vec::new(),
        body: record
            .source
            .body
            .map(|_| Html(body::body_html(page, record))),
        back_links,
        log,
        frame,
    };
    context.frame.contents = outline::contents(page, record, &context);
    heavy::render(page, record, context)
}

/// Other pages that tell more of a record.
fn views(page: &Page<'_>, record: &Record) -> Vec<Link> {
    let mut views: Vec<Link> = applicable::view(page, record).into_iter().collect();
    views.extend(clients::views(page, record));
    views.extend(accounts::person::checklist(page, record));
    views.extend(upkeep::sheet::view(page, record));
    views.extend(handover::view(page, record));
    views.extend(physical_inventory::view(page, record));
    views.extend(label_sheets::view(page, record));
    views
}

/// What the records that refer to this one add up to: a person's accounts and rights, the rights on a resource.
fn topics(page: &Page<'_>, record: &Record) -> Vec<ClientSection> {
    match record.kind().name.as_str() {
        "person" => {
            let accounts = accounts::person::section(page, record);
            let rights = rights::topics::of_person(page, record);
            accounts.into_iter().chain(rights).collect()
        }
        "group" => rights::topics::of_group(page, record).into_iter().collect(),
        "supplier" | "site" => ties::topics(page, record),
        _ => rights::topics::on_resource(page, record)
            .into_iter()
            .collect(),
    }
}

/// The seven R and the timeline.
const OF_CHANGE: [&str; 8] = {
    let [a, b, c, d, e, f, g] = SEVEN_R;
    [a, b, c, d, e, f, g, "timeline"]
};

/// Fields that a special block of the page shows instead.
fn hidden_fields(kind: &str) -> &'static [&'static str] {
    match kind {
        "asset" => &["loans", "repairs"],
        "ticket" => &["timeline"],
        "change" => &OF_CHANGE,
        "contract" => &["promises"],
        "rota" => &["shifts"],
        _ => &[],
    }
}

/// Kind, id, status and the facts worth seeing first.
pub(super) fn head(page: &Page<'_>, record: &Record, list: Link) -> RecordHead {
    let view = record.view();
    let mut badges = Vec::new();
    let choices = [
        view.choice("status"),
        tickets::priority(page.estate(), record),
        view.choice("type"),
    ];
    for choice in choices.into_iter().flatten() {
        let text = choice.labels.get(page.language);
        badges.push(Badge::new(text, tone(choice.tone)));
    }
    let is_asset = record.kind().name == "asset";
    let calls = is_asset.then(|| who_to_call::fact(page, record)).flatten();
    let host = is_asset.then(|| host::fact(page, record)).flatten();
    let asked = match record.kind().name.as_str() {
        "software" => licence_position::of_software(page, record),
        "person" => super::deadlines::in_charge(page, record),
        _ => None,
    };
    let told = host.into_iter().chain(calls).chain(asked);
    let summary = strip::facts(page, record).into_iter().chain(told);
    RecordHead {
        kind: list,
        id: record.source.id.clone(),
        badges,
        summary: summary.collect(),
    }
}

/// Fields by section, in the schema's order; those of `hidden` are shown elsewhere.
pub(super) fn sections(page: &Page<'_>, record: &Record, hidden: &[&str]) -> Vec<Section> {
    let kind = record.kind();
    let mut by_section: BTreeMap<Option<usize>, Vec<Field>> = BTreeMap::new();
    let section = |key: &str| kind.sections.iter().position(|section| section.key == key);
    for entry in &record.source.entries {
        let field = &kind.fields[entry.field];
        if field.key == kind.title || hidden.contains(&field.key.as_str()) {
            continue;
        }
        let place = field.section.as_deref().and_then(section);
        let written = field_of(page, record, entry);
        let fields = by_section.entry(place).or_default();
        fields.extend(counted::with(page, record, entry, written));
    }
    // Where one looks for the guarantee of a virtual machine stands that of its host.
    if let (Some(place), Some((label, value))) = (section("management"), host::fact(page, record)) {
        let fields = by_section.entry(Some(place)).or_default();
        fields.push(Field {
            label,
            value,
            wide: false,
        });
    }
    // Fields without a section (tags, notes) come last.
    let without = by_section.remove(&None);
    let mut sections: Vec<Section> = by_section
        .into_iter()
        .filter_map(|(place, fields)| {
            let section = &kind.sections[place?];
            Some(Section {
                id: format!("section-{}", section.key),
                title: section.labels.get(page.language).to_owned(),
                fields,
            })
        })
        .collect();
    if let Some(fields) = without {
        sections.push(Section {
            id: "section-more".to_owned(),
            title: page.word("section-more"),
            fields,
        });
    }
    sections
}

fn field_of(page: &Page<'_>, record: &Record, entry: &Entry) -> Field {
    let field = &record.kind().fields[entry.field];
    let mut shown = value::entry_value(page, record, field, entry);
    if let Value::Date { badge, .. } = &mut shown
        && let Some(days) = deadlines::days_left(page.estate(), record, &field.key)
    {
        *badge = Some(page.nearness(days));
    }
    let wide = matches!(shown, Value::Html { .. } | Value::Table { .. });
    Field {
        label: field.labels.get(page.language).to_owned(),
        value: shown,
        wide,
    }
}
