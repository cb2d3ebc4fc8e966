//! What a record is called, in the forms in which names are compared, sorted and put into addresses. They follow
//! from the record alone, so that they are worked out once for all the builds that have it.

use std::sync::OnceLock;

use crate::fold::{case_fold, fold, slug};
use crate::project::location::Area;
use crate::project::record::Record;

/// The names of a record.
#[derive(Debug, Clone)]
pub struct Names {
    /// What it is called on its page.
    pub title: String,
    /// The title as titles are sorted: without case and accents.
    pub folded_title: String,
    /// The title as names are looked up: without case.
    pub title_key: String,
    /// The id as ids are compared: without case.
    pub id_key: String,
    /// The address of its page in the folder of its language.
    pub address: String,
}

impl Record {
    /// Has its names worked out anew.
    pub fn forget_names(&mut self) {
        self.names = OnceLock::new();
    }

    /// Its names.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let title = self.title();
            let folder = (self.area != Area::Content).then_some(self.kind.folder.as_str());
            Names {
                folded_title: fold(&title),
                title_key: case_fold(&title),
                id_key: case_fold(&self.id),
                address: address(folder, &self.id),
                title,
            }
        })
    }
}

/// The address of an id: the folder of its kind unless it stands in `content/`, then the id, part by part.
pub fn address(folder: Option<&str>, id: &str) -> String {
    let mut address = String::new();
    if let Some(folder) = folder {
        address.push_str(folder);
        address.push('/');
    }
    for part in id.split('/').filter(|part| !part.is_empty()) {
        match slug(part) {
            // An id without letters is a finding; a page that is built all the same stands somewhere of its own.
            slug if slug.is_empty() => {
                let letters = part
                    .chars()
                    .map(|letter| format!("u{:x}", u32::from(letter)));
                address.extend(letters);
            }
            slug => address.push_str(&slug),
        }
        address.push('/');
    }
    address
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn every_id_has_an_address_of_whole_parts() {
        assert_eq!(address(Some("vlans"), "Étage 2/b"), "vlans/etage-2/b/");
        assert_eq!(address(None, " "), "u20/");
        assert_eq!(address(None, "a/—"), "a/u2014/");
    }
}
