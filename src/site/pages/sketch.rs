//! Pages that are compared before they are rendered: those with long texts, of which the greatest part is written out
//! from one text each. The others are rendered nearly as soon as they are compared.

use std::hash::{Hash, Hasher};
use std::io;

use serde::Serialize;

use super::{binder, plain, procedure};
use crate::digest::Digesting;
use crate::estate::Record;
use crate::remembered::Key;
use crate::site::page::Page;

/// The hash of all that the page of a record is made from; `None` for kinds that are rendered without asking.
pub(in crate::site) fn of_record(page: &Page<'_>, record: &Record) -> Option<Key> {
    let page = &page.sketch();
    match record.kind().name.as_str() {
        "procedure" => {
            let context = procedure::context(page, record);
            Some(key(page, procedure::TEMPLATE, &context))
        }
        "page" => {
            let context = plain::context(page, record);
            Some(key(page, plain::TEMPLATE, &context))
        }
        _ => None,
    }
}

/// The hash of all that a binder is made from.
pub(in crate::site) fn of_binder(page: &Page<'_>, address: &str) -> Key {
    let page = &page.sketch();
    key(page, binder::TEMPLATE, &binder::context(page, address))
}

/// The hash of a context and of what its template says.
fn key(page: &Page<'_>, template: &str, context: &impl Serialize) -> Key {
    let mut digesting = Digesting::default();
    page.site.words().hash(&mut digesting);
    (page.path, page.language, template).hash(&mut digesting);
    serde_json::to_writer(Feeding(&mut digesting), context)
        .expect("a context has a JSON form and a hash takes everything");
    digesting.bytes()
}

/// Writes into a hash.
struct Feeding<'a>(&'a mut Digesting);

impl io::Write for Feeding<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Hasher::write(self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
