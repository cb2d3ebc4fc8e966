//! The list of a kind with its exports, and the rows of long lists as data.

use crate::estate::Estate;
use crate::site::address::page_path;
use crate::site::plan::collisions::Outputs;
use crate::site::rows::{self, Long};
use crate::site::{Output, pages};

/// The list of a kind, in parts when it is long, for people and for machines.
pub(super) fn kind_pages(estate: &Estate, kind: &str, folder: &str, outputs: &mut Outputs) {
    if kind == "procedure" {
        outputs.insert(
            page_path("procedures/"),
            Output::Procedures(estate.config.language),
        );
    } else {
        let count = estate.listed(kind).count();
        for part in 1..=rows::parts(count) {
            outputs.insert(
                page_path(&pages::list::url(folder, part)),
                Output::List(kind.to_owned(), part),
            );
        }
        row_files(
            estate,
            &Long::Kind(kind.to_owned()),
            (folder, count),
            outputs,
        );
    }
    outputs.insert(
        format!("{folder}/{folder}.csv"),
        Output::PeopleCsv(kind.to_owned()),
    );
    outputs.insert(format!("data/{folder}.csv"), Output::Csv(kind.to_owned()));
    outputs.insert(format!("data/{folder}.json"), Output::Json(kind.to_owned()));
}

/// The rows of a list in a folder as data, where they do not stand on one page.
pub(super) fn row_files(
    estate: &Estate,
    list: &Long,
    (folder, count): (&str, usize),
    outputs: &mut Outputs,
) {
    let paths = rows::paths(folder, count, estate.config.offline);
    for (path, piece) in paths.into_iter().zip(1..) {
        outputs.insert(path, Output::Rows(list.clone(), piece));
    }
}
