//! What may pass from one network to another, in words, and the tunnels that go through the Internet.

use crate::estate::topology::Link as NetworkLink;
use crate::estate::{Estate, Record};
use crate::site::context::{Tone, TopologyContext};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::{
    TopologyTable, choice, columns, context, keyed, left_out, map, section, text, verdict,
};

/// Whether there is anything to filter.
pub(super) fn exists(estate: &Estate) -> bool {
    estate.listed("prefix").any(is_filtered)
}

fn is_filtered(prefix: &Record) -> bool {
    let view = prefix.view();
    view.entry("firewall").is_some() || view.entry("rules").is_some()
}

fn is_vpn(prefix: &Record) -> bool {
    let role = prefix.view().choice("role");
    role.is_some_and(|role| role.key == "vpn")
}

/// The page.
pub(super) fn page(page: &Page<'_>) -> TopologyContext {
    let estate = page.estate();
    let rules = rules(page);
    let open: Vec<&Record> = estate
        .listed("prefix")
        .filter(|it| !is_filtered(it))
        .collect();
    let zones = zones(page);
    let mut own = context(page, TopologyTable::Filtering);
    let mut lead = page.count("filtering-lead", zones.rows.len());
    if !open.is_empty() {
        lead.push(' ');
        lead.push_str(&page.count("filtering-untold", open.len()));
    }
    let over = estate
        .listed("prefix")
        .flat_map(|it| ended(page, it))
        .count();
    if over > 0 {
        lead.push(' ');
        lead.push_str(&page.count("filtering-over", over));
    }
    own.lead = lead;
    own.more = left_out(page, rules.rows.len());
    let mut tunnels = map::links(page, |link: &NetworkLink| link.is_of(&["tunnel"]));
    tunnels.drop_empty_columns();
    own.tables = vec![
        section(page, "zones", "filtering-zones", &zones),
        section(page, "rules", "filtering-rules", &structured(page)),
        section(page, "tunnels", "filtering-tunnels", &tunnels),
        section(page, "vpn", "filtering-vpn", &vpn(page)),
    ];
    own.tables.retain(|table| !table.rows.is_empty());
    own.notes = vec![page.word("filtering-note")];
    own
}

/// The rules of a prefix whose day is over.
fn ended<'a>(page: &'a Page<'_>, prefix: &'a Record) -> impl Iterator<Item = ()> + 'a {
    let rules = prefix.view().structures("rules");
    let until = rules.filter_map(|rule| rule.date("until"));
    until.filter(|day| *day < page.estate().as_of).map(|_| ())
}

/// Each network with its rules in short.
fn zones(page: &Page<'_>) -> Figures {
    let estate = page.estate();
    let mut figures = Figures {
        columns: columns(page, ZONE),
        ..Figures::default()
    };
    let all = estate.listed("prefix").filter(|it| is_filtered(it));
    figures.rows.extend(all.map(|it| zone(page, it)));
    figures
}

const ZONE: [(&str, &str); 6] = [
    ("prefix", "filtering-network"),
    ("name", "filtering-name"),
    ("role", "filtering-role"),
    ("vlan", "topology-vlan"),
    ("site", "topology-site"),
    ("firewall", "filtering-short"),
];

fn zone(page: &Page<'_>, prefix: &Record) -> Vec<Cell> {
    let estate = page.estate();
    let view = prefix.view();
    let first = |key: &str| {
        let found = estate.first(prefix, key);
        found.map_or(Cell::Nothing, |it| Cell::Record(it.id))
    };
    vec![
        Cell::Record(prefix.id),
        text(view.text("name")),
        choice(page, view.choice("role")),
        first("vlan"),
        first("site"),
        text(view.text("firewall")),
    ]
}

fn vpn(page: &Page<'_>) -> Figures {
    let all = page.estate().listed("prefix").filter(|it| is_vpn(it));
    Figures {
        columns: columns(page, ZONE),
        rows: all.map(|it| zone(page, it)).collect(),
        ..Figures::default()
    }
}

const RULE: [(&str, &str); 6] = [
    ("prefix", "filtering-from"),
    ("to", "filtering-to"),
    ("service", "filtering-service"),
    ("action", "filtering-action"),
    ("why", "filtering-why"),
    ("until", "filtering-until"),
];

/// Each rule that has fields of its own, in the order of its network.
fn structured(page: &Page<'_>) -> Figures {
    let estate = page.estate();
    let mut figures = Figures {
        columns: columns(page, RULE),
        ..Figures::default()
    };
    for prefix in estate.listed("prefix") {
        for rule in prefix.view().structures("rules") {
            let to: Vec<_> = estate
                .linked_in(prefix, rule, "to")
                .map(|it| it.id)
                .collect();
            let to = if to.is_empty() {
                text(rule.text("destination"))
            } else {
                Cell::Records(to)
            };
            let until = rule.date("until").map_or(Cell::Nothing, |day| {
                if day < estate.as_of {
                    let told = page
                        .word("filtering-ended")
                        .replace("{day}", &page.date(day).text);
                    keyed(&day.to_string(), told, Some(Tone::Danger))
                } else {
                    Cell::Date(day)
                }
            });
            figures.rows.push(vec![
                Cell::Record(prefix.id),
                to,
                text(rule.text("service")),
                verdict(page, rule.choice("action")),
                text(rule.text("why")),
                until,
            ]);
        }
    }
    figures
}

/// Rules in short and rules with fields in one table, for files.
pub(super) fn rules(page: &Page<'_>) -> Figures {
    let mut figures = structured(page);
    figures
        .columns
        .push(("short", page.word("filtering-short")));
    for row in &mut figures.rows {
        row.push(Cell::Nothing);
    }
    for prefix in page.estate().listed("prefix") {
        if let Some(short) = prefix.view().text("firewall") {
            let mut row = vec![Cell::Record(prefix.id)];
            row.resize(RULE.len(), Cell::Nothing);
            row.push(Cell::Text(short.to_owned()));
            figures.rows.push(row);
        }
    }
    figures
}
