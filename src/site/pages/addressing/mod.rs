//! The addressing plan: the prefixes of each organisation as a tree, with what is used, kept and free.

mod block;
mod faults;
mod files;
mod map;
mod words;

pub(super) use block::{block, heading, place_row, shorten, tell_addresses};
pub(in crate::site) use files::{data_csv, data_json, people_csv, prefixes_csv};

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::estate::network::{Addressing, Prefix, State, is_assignable, is_private};
use crate::estate::{Estate, RecordId};
use crate::site::context::{
    AddressingClient, AddressingContext, Badge, Html, Link, PrefixRow, Table, Tone, Value,
};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

/// The known addresses, for people and for machines.
pub(in crate::site) const PEOPLE_CSV: &str = "network/addressing/addresses.csv";
pub(in crate::site) const CSV: &str = "data/addresses.csv";
pub(in crate::site) const JSON: &str = "data/addresses.json";
/// The prefixes with their counts, for people.
pub(in crate::site) const PREFIXES_CSV: &str = "network/addressing/prefixes.csv";

/// The page shows this many prefixes; the files have all of them.
const MOST_ROWS: usize = 500;
/// It names this many addresses outside of the plan, and networks that are nearly full.
const MOST_NAMED: usize = 20;
/// Deeper prefixes stand as deep as these.
const DEEPEST: usize = 5;
/// A network is nearly full when so much of what DHCP does not give out is used, in per cent; smaller ones,
/// such as links between two routers, are full by design.
const FULL: u128 = 80;
const SMALLEST: u128 = 6;

/// What a row counts, the size first: states, and ends of labels.
const COUNTED: [(&str, &[State]); 4] = [
    ("used", &[State::Gateway, State::Used]),
    ("reserved", &[State::Reserved]),
    ("dhcp", &[State::Dhcp]),
    ("free", &[State::Free]),
];

/// Whether the estate has the page: there is a prefix.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    estate.listed("prefix").next().is_some()
}

/// Renders the page.
pub(in crate::site) fn plan(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let plan = estate.addressing();
    let kind = estate.schema.kind("prefix");
    let list = kind.map_or("", |kind| kind.plural.get(page.language));
    let parents = vec![frame::home(page), Link::new(list, page.to("prefixes/"))];
    let lines = tree(plan);
    let (clients, more) = clients(page, &lines);
    let file = |word: &str, url: &str| Link::new(page.word(word), page.to(url));
    let full = full(plan);
    let wrong = faults::all(page, plan);
    let (faults, more_faults) = faults::table(page, &wrong);
    let named = full.iter().take(MOST_NAMED);
    let context = AddressingContext {
        frame: frame::frame(page, &page.word("addressing-plan"), parents),
        lead: lead(page, plan, wrong.len()),
        faults,
        more_faults,
        full: named
            .map(|(share, prefix)| {
                let link = words::prefix_link(page, prefix);
                let name = link.hint.clone().unwrap_or_default();
                link.hint(format!("{name} {share}\u{a0}%").trim().to_owned())
            })
            .collect(),
        clients,
        more: (more > 0).then(|| page.count("and-more", more)),
        outside: outside(page, plan),
        files: vec![
            file("addressing-addresses-csv", PEOPLE_CSV),
            file("addressing-prefixes-csv", PREFIXES_CSV),
            file("backup-data", CSV),
            file("addressing-json", JSON),
        ],
        method: ["place", "counted", "nearly-full"]
            .map(|key| page.word(&format!("addressing-{key}")))
            .to_vec(),
    };
    page.render("addressing.html", &context)
}

/// Prefixes with their depth, and whose they are.
type Lines<'a> = Vec<(usize, &'a Prefix)>;
type Tree<'a> = (Option<RecordId>, Lines<'a>);

/// The prefixes of each organisation in the order of the tree, with their depth; those of nobody last.
fn tree(plan: &Addressing) -> Vec<Tree<'_>> {
    let mut trees: BTreeMap<(bool, Option<RecordId>), Lines<'_>> = BTreeMap::new();
    for root in plan.roots() {
        let lines = trees.entry((root.owner.is_none(), root.owner)).or_default();
        let mut open = vec![(0, root)];
        while let Some((depth, prefix)) = open.pop() {
            lines.push((depth, prefix));
            let children = prefix.children.iter().rev();
            let own = children.filter_map(|child| plan.prefixes.get(child));
            let own = own.filter(|child| child.owner == prefix.owner);
            open.extend(own.map(|child| (depth + 1, child)));
        }
    }
    trees
        .into_iter()
        .map(|((_, owner), lines)| (owner, lines))
        .collect()
}

/// The tables, and how many prefixes they leave out.
fn clients(page: &Page<'_>, trees: &[Tree<'_>]) -> (Vec<AddressingClient>, usize) {
    let mut room = MOST_ROWS;
    let mut left_out = 0;
    let mut clients = Vec::new();
    for (owner, lines) in trees {
        let shown = lines.len().min(room);
        room -= shown;
        left_out += lines.len() - shown;
        if shown == 0 {
            continue;
        }
        let owner = owner.map(|id| page.estate().record(id));
        clients.push(AddressingClient {
            id: owner.map_or_else(|| "nobody".to_owned(), |it| format!("of-{}", it.source.id)),
            title: owner.map_or_else(
                || Link {
                    text: page.word("addressing-nobody"),
                    ..Link::default()
                },
                |owner| page.link(owner),
            ),
            rows: lines[..shown]
                .iter()
                .map(|(depth, it)| row(page, *depth, it))
                .collect(),
        });
    }
    (clients, left_out)
}

fn row(page: &Page<'_>, depth: usize, prefix: &Prefix) -> PrefixRow {
    let estate = page.estate();
    let plan = estate.addressing();
    let usage = plan.usage(prefix);
    let site = estate.first(estate.record(prefix.record), "site");
    let counts = counts(plan, prefix).map(|count| words::number(page, count));
    let share = fullness(plan, prefix).filter(|share| *share >= FULL);
    PrefixRow {
        depth: depth.min(DEEPEST),
        link: words::prefix_link(page, prefix),
        badges: share
            .map(|share| {
                let text = page
                    .word("addressing-full")
                    .replace("{n}", &share.to_string());
                Badge::new(text, Tone::Warning)
            })
            .into_iter()
            .chain(faults::badges(page, prefix))
            .collect(),
        vlan: prefix.vlan.map(|vlan| words::vlan_link(page, vlan)),
        site: site.map(|site| page.link(site)),
        gateway: prefix.gateway.map(|gateway| gateway.to_string()),
        counts: counts.to_vec(),
        bar: (!usage.stretches.is_empty()).then(|| bar(plan, prefix)),
    }
}

/// The counts of a row; what is used in a container is used in the prefixes of it.
pub(super) fn counts(plan: &Addressing, prefix: &Prefix) -> [u128; 4] {
    let usage = plan.usage(prefix);
    let mut counts =
        COUNTED.map(|(_, states)| states.iter().map(|state| usage.count(*state)).sum());
    if prefix.is_container {
        counts[0] = plan.taken_below(prefix);
    }
    counts
}

/// How much of what DHCP does not give out is used, in per cent; `None` for containers and small networks.
fn fullness(plan: &Addressing, prefix: &Prefix) -> Option<u128> {
    let usable = prefix.network.usable();
    if prefix.is_container || usable <= SMALLEST || prefix.network.range.is_v6() {
        return None;
    }
    let usage = plan.usage(prefix);
    let ours = usable.checked_sub(usage.count(State::Dhcp) + usage.count(State::Subnet));
    let ours = ours.filter(|ours| *ours > 0)?;
    Some(usage.taken() * 100 / ours)
}

/// The networks that are nearly full, the fullest first.
fn full(plan: &Addressing) -> Vec<(u128, &Prefix)> {
    let all = plan.prefixes.values();
    let shares = all.filter_map(|prefix| Some((fullness(plan, prefix)?, prefix)));
    let mut full: Vec<_> = shares.filter(|(share, _)| *share >= FULL).collect();
    full.sort_by_key(|(share, prefix)| (std::cmp::Reverse(*share), prefix.network));
    full
}

/// « 41 réseaux ; 118 adresses utilisées. Aucun n’est presque plein. »
fn lead(page: &Page<'_>, plan: &Addressing, faults: usize) -> String {
    let networks = plan.prefixes.values().filter(|it| !it.is_container);
    let used: u128 = plan
        .prefixes
        .values()
        .map(|it| plan.usage(it).taken())
        .sum();
    let first = page.count("addressing-lead", networks.count());
    let first = words::agree(page, &first, "used", used);
    let full = full(plan).len();
    let second = if full == 0 {
        page.word("addressing-none-full")
    } else {
        page.count("addressing-full-count", full)
    };
    if faults == 0 {
        return format!("{first} {second}");
    }
    let wrong = page.count("addressing-fault-count", faults);
    format!("{first} {wrong} {second}")
}

/// Private addresses in no prefix; public ones are the operator's.
fn outside(page: &Page<'_>, plan: &Addressing) -> Option<Table> {
    let all = plan.addresses.iter().filter(|held| held.prefix.is_none());
    let all = all.filter(|held| is_assignable(held.address) && is_private(held.address));
    let rows: Vec<Vec<Value>> = all
        .take(MOST_NAMED)
        .map(|held| {
            let asset = page.estate().record(held.asset);
            vec![
                Value::code(held.address.to_string()),
                Value::link(page.link_with_id(asset)),
                Value::text(words::title(page, asset, "site")),
            ]
        })
        .collect();
    let columns = ["address", "asset", "site"];
    (!rows.is_empty()).then(|| Table {
        caption: None,
        columns: columns
            .map(|key| page.word(&format!("addressing-{key}")))
            .to_vec(),
        rows,
    })
}

/// The shares of a prefix side by side, in thousandths of its width; the numbers stand beside it.
fn bar(plan: &Addressing, prefix: &Prefix) -> Html {
    let size = prefix.network.range.size();
    let subnets = plan.usage(prefix).count(State::Subnet);
    let [used, reserved, dhcp, _] = counts(plan, prefix);
    // What a container has given away is drawn paler than what is used of it.
    let given = if prefix.is_container {
        subnets.saturating_sub(used)
    } else {
        0
    };
    let parts = [
        ("used", used),
        ("subnet", given),
        ("reserved", reserved),
        ("dhcp", dhcp),
    ];
    let mut svg = String::from(
        r#"<svg class="bar shares" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1000 4"><path class="whole" d="M0 0h1000v4H0z"/>"#,
    );
    let mut left = 0;
    for (class, count) in parts.iter().filter(|(_, count)| *count > 0) {
        let wide = share(*count, size).clamp(8, 1000_u128.saturating_sub(left).max(8));
        let _ = write!(
            svg,
            r#"<path class="{class}" d="M{left} 0h{wide}v4h-{wide}z"/>"#
        );
        left += wide;
    }
    Html(svg + "</svg>")
}

/// A part in thousandths.
fn share(count: u128, size: u128) -> u128 {
    match count.checked_mul(1000) {
        Some(all) => all / size.max(1),
        None => count / (size / 1000).max(1),
    }
}
