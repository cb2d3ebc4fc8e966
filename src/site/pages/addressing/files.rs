//! The known addresses and the prefixes as files: CSV for people, CSV and JSON for machines.

use serde_json::{Map, Value as Json};

use super::{counts, tree, words};
use crate::estate::network::{Known, known, macs};
use crate::estate::{Estate, Record};
use crate::site::export;
use crate::site::page::Page;

/// Columns of the addresses: keys, and ends of labels `addressing-<…>`.
const ADDRESSES: [(&str, &str); 11] = [
    ("address", "address"),
    ("network", "network"),
    ("prefix", "prefix"),
    ("vlan", "vlan"),
    ("organisation", "organisation"),
    ("site", "site"),
    ("asset", "asset"),
    ("host_name", "host-name"),
    ("mac", "mac"),
    ("status", "status"),
    ("state", "state"),
];
/// Columns of the prefixes.
const PREFIXES: [&str; 11] = [
    "organisation",
    "network",
    "name",
    "vlan",
    "site",
    "gateway",
    "size",
    "used",
    "reserved",
    "dhcp",
    "free",
];

/// The addresses, for people.
pub(in crate::site) fn people_csv(page: &Page<'_>) -> Vec<u8> {
    let estate = page.estate();
    let head = ADDRESSES.map(|(_, key)| page.word(&format!("addressing-{key}")));
    let lines = known(estate);
    let rows = lines.iter().map(|line| {
        let name = |record: &Record| record.title.clone();
        let mut cells = cells(estate, line, name);
        if let Some(asset) = line.asset {
            let status = estate.record(asset).view().choice("status");
            cells[9] =
                status.map_or_else(String::new, |it| it.labels.get(page.language).to_owned());
        }
        cells[10] = words::standing(page, line.standing);
        cells
    });
    export::people_table(&head, rows, page.language)
}

/// The addresses, for machines.
pub(in crate::site) fn data_csv(estate: &Estate) -> Vec<u8> {
    let head = ADDRESSES.map(|(key, _)| key);
    let lines = known(estate);
    let rows = lines
        .iter()
        .map(|line| cells(estate, line, |it| it.source.id.clone()));
    export::machine_table(&head, rows)
}

/// The same as a JSON array; what is unknown is `null`.
pub(in crate::site) fn data_json(estate: &Estate) -> Vec<u8> {
    let lines = known(estate);
    let all: Vec<Json> = lines
        .iter()
        .map(|line| {
            let cells = cells(estate, line, |it| it.source.id.clone());
            let named = ADDRESSES.iter().zip(cells).map(|((key, _), cell)| {
                let value = Some(cell).filter(|cell| !cell.is_empty());
                ((*key).to_owned(), value.map_or(Json::Null, Json::String))
            });
            Json::Object(named.collect::<Map<_, _>>())
        })
        .collect();
    let mut out = serde_json::to_vec_pretty(&all).expect("JSON values serialise");
    out.push(b'\n');
    out
}

/// The cells of [`ADDRESSES`], records told by a name.
fn cells(estate: &Estate, line: &Known, name: impl Fn(&Record) -> String) -> Vec<String> {
    let plan = estate.addressing();
    let prefix = line.prefix.and_then(|id| plan.prefixes.get(&id));
    let asset = line.asset.map(|id| estate.record(id));
    let own = |id| name(estate.record(id));
    let told = asset.or_else(|| prefix.map(|it| estate.record(it.record)));
    let owner = told.and_then(|record| estate.clients().owner(record));
    let site = told.and_then(|record| estate.first(record, "site"));
    let status = asset.and_then(|it| it.view().choice("status"));
    let host_name = asset.and_then(|it| it.view().text("hostname"));
    vec![
        line.address.to_string(),
        prefix.map_or_else(String::new, |it| it.network.to_string()),
        prefix.map_or_else(String::new, |it| estate.record(it.record).source.id.clone()),
        prefix.and_then(|it| it.vlan).map_or_else(String::new, own),
        owner.map_or_else(String::new, own),
        site.map_or_else(String::new, &name),
        asset.map_or_else(String::new, &name),
        host_name.unwrap_or_default().to_owned(),
        asset.map_or_else(String::new, macs),
        status.map_or_else(String::new, |it| it.key.clone()),
        line.standing.key().to_owned(),
    ]
}

/// The prefixes with their counts, in the order of the trees, for people.
pub(in crate::site) fn prefixes_csv(page: &Page<'_>) -> Vec<u8> {
    let estate = page.estate();
    let plan = estate.addressing();
    let head = PREFIXES.map(|key| page.word(&format!("addressing-{key}")));
    let title = |id| estate.record(id).title.clone();
    let trees = tree(plan);
    let lines = trees
        .iter()
        .flat_map(|(owner, lines)| lines.iter().map(move |(_, prefix)| (*owner, *prefix)));
    let rows = lines.map(|(owner, prefix)| {
        let record = estate.record(prefix.record);
        let mut cells = vec![
            owner.map_or_else(String::new, title),
            prefix.network.to_string(),
            record.view().text("name").unwrap_or_default().to_owned(),
            prefix.vlan.map_or_else(String::new, title),
            words::title(page, record, "site"),
            prefix.gateway.map_or_else(String::new, |it| it.to_string()),
            prefix.network.range.size().to_string(),
        ];
        cells.extend(counts(plan, prefix).map(|count| count.to_string()));
        cells
    });
    export::people_table(&head, rows, page.language)
}
