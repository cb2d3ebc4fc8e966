//! The pages that say in full what stops with one element, where its own page has no room for it.

use crate::estate::{Estate, backups};
use crate::site::address::page_path;
use crate::site::plan::collisions::Outputs;
use crate::site::{Output, pages};

/// The page and the spreadsheet of each asset and service with which more stops than a short list names.
pub(super) fn pages(estate: &Estate, outputs: &mut Outputs) {
    let kinds = ["asset", "service"].into_iter();
    let records = kinds.flat_map(|kind| estate.listed(kind));
    for record in records.filter(|record| backups::is_in_use(record)) {
        if pages::impact::has_page(estate, record) {
            let path = page_path(&pages::impact::own_url(record));
            outputs.add(path, Output::ImpactOf(record.id));
            let csv = Output::ImpactOfCsv(record.id);
            outputs.add(pages::impact::own_csv(record), csv);
        }
    }
}
