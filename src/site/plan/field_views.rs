//! The pages that are printed and carried about: labels' addresses, physical inventories, handover sheets.

use crate::estate::{Estate, asset_labels, asset_tags, holdings, physical_inventory};
use crate::site::address::page_path;
use crate::site::plan::collisions::Outputs;
use crate::site::{Output, pages};

/// What is printed and carried about: labels' addresses, lists of what should stand where, sheets to sign.
pub(super) fn pages(estate: &Estate, outputs: &mut Outputs) {
    let mut add = |path: String, output: Output| {
        outputs.add(path, output);
    };
    for sheet in estate.asset_tags().sheets() {
        let path = page_path(&asset_tags::sheet_url(sheet));
        add(path, Output::AssetTags(sheet.to_owned()));
    }
    if pages::physical_inventory::exists(estate) {
        let all = page_path(physical_inventory::PAGE);
        add(all, Output::PhysicalInventories);
        let file = pages::physical_inventory::csv_url(None);
        add(file, Output::PhysicalInventoryCsv(None));
    }
    for site in estate.physical_inventory().sites() {
        let record = estate.record(site);
        for part in 1..=pages::physical_inventory::parts(estate, site) {
            let url = pages::physical_inventory::url(record, part);
            add(page_path(&url), Output::PhysicalInventory(site, part));
        }
        let file = pages::physical_inventory::csv_url(Some(record));
        add(file, Output::PhysicalInventoryCsv(Some(site)));
    }
    if pages::label_sheets::exists(estate) {
        add(page_path(asset_labels::PAGE), Output::Labels);
    }
    for (place, parts) in pages::label_sheets::sheets(estate) {
        for part in 1..=parts {
            let record = place.map(|place| estate.record(place));
            let url = pages::label_sheets::url(record, part);
            add(page_path(&url), Output::LabelSheet(place, part));
        }
    }
    let people = estate.listed("person");
    for person in people.filter(|person| holdings::holds_anything(estate, person)) {
        let path = page_path(&pages::handover::url(person));
        add(path, Output::Handover(person.id));
    }
}
