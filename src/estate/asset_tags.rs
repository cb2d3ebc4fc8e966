//! The tag of an asset: what its label says and its QR code leads by (`q/<sheet>/#<rest of the tag>`). It is made
//! of the inventory number, so that the label stays true when a record is renamed or moved; of the id where there
//! is none. Tags that differ by their last two letters alone share a page, a sheet: one page a tag would be half
//! the files of a large site.

use std::collections::BTreeMap;

use crate::estate::{Estate, Record, RecordId};
use crate::fold::slug;

/// The folder of the pages that tags lead to.
const FOLDER: &str = "q/";

/// How many of the last letters of a tag tell it from the others of its sheet.
const REST: usize = 2;

/// The sheet of tags too short to be cut; no tag holds such a letter.
const SHORT: &str = "_";

/// The assets of every tag.
#[derive(Debug, Default)]
pub struct AssetTags {
    by_tag: BTreeMap<String, Vec<RecordId>>,
    /// The tags of every sheet, in their order.
    by_sheet: BTreeMap<String, Vec<String>>,
}

impl AssetTags {
    /// Reads the tags of all assets, those out of use included: their labels are still stuck on.
    pub(super) fn new(estate: &Estate) -> Self {
        let mut by_tag: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
        for asset in estate.listed("asset") {
            let tag = tag(asset);
            if !tag.is_empty() {
                by_tag.entry(tag).or_default().push(asset.id);
            }
        }
        let mut by_sheet: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for tag in by_tag.keys() {
            let (sheet, _) = split(tag);
            let tags = by_sheet.entry(sheet.to_owned()).or_default();
            tags.push(tag.clone());
        }
        Self { by_tag, by_sheet }
    }

    /// The sheets, in their order.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.by_sheet.keys().map(String::as_str)
    }

    /// The tags of a sheet with their assets, in the order of tags.
    pub fn of_sheet(&self, sheet: &str) -> impl Iterator<Item = (&str, &[RecordId])> {
        let tags = self.by_sheet.get(sheet).map_or(&[][..], Vec::as_slice);
        tags.iter().map(|tag| (tag.as_str(), self.assets(tag)))
    }

    /// The assets that a tag means: one, none, or several that it cannot tell apart.
    pub fn assets(&self, tag: &str) -> &[RecordId] {
        self.by_tag.get(tag).map_or(&[], Vec::as_slice)
    }

    /// All tags with their assets, in the order of tags.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[RecordId])> {
        let all = self.by_tag.iter();
        all.map(|(tag, assets)| (tag.as_str(), assets.as_slice()))
    }
}

impl Estate {
    /// The tags of the assets.
    pub fn asset_tags(&self) -> &AssetTags {
        self.asset_tags.get_or_init(|| AssetTags::new(self))
    }
}

/// The longest tag, in bytes: a folder's name holds 255, and a longer code is too fine for a label.
const LONGEST: usize = 80;

/// The tag of an asset; empty when neither its number nor its id holds a letter or digit. A number too long for
/// a label gives way to the id.
pub fn tag(asset: &Record) -> String {
    let number = asset.view().text("inventory_number").map(as_tag);
    let number = number.filter(|tag| !tag.is_empty() && tag.len() <= LONGEST);
    number.unwrap_or_else(|| as_tag(&asset.source.id))
}

/// A number or id as a tag: letters, digits and single hyphens, in upper case, which QR codes hold in fewer
/// modules. `nac 01/101` is `NAC-01-101`.
pub fn as_tag(text: &str) -> String {
    slug(text).to_uppercase()
}

/// What people read on the label: the inventory number as written, else the id.
pub fn readable(asset: &Record) -> &str {
    let number = asset.view().text("inventory_number");
    number.unwrap_or(&asset.source.id)
}

/// A tag as the sheet that lists it and what tells it from the others there: `NAC-01101` is `NAC-011` and `01`.
pub fn split(tag: &str) -> (&str, &str) {
    let rest = tag.char_indices().rev().nth(REST - 1);
    match rest {
        Some((at, _)) if at > 0 => tag.split_at(at),
        _ => (SHORT, tag),
    }
}

/// The address of a sheet, from the site's root.
pub fn sheet_url(sheet: &str) -> String {
    format!("{FOLDER}{sheet}/")
}

/// The tag that an address of a label means, as far as it follows `q/`: `NAC-011/#01`, also written whole.
pub fn of_address(path: &str) -> String {
    let (sheet, rest) = path.split_once('#').unwrap_or((path, ""));
    let sheet = sheet.split('?').next().unwrap_or_default();
    let sheet = sheet.trim_end_matches('/');
    let sheet = if sheet == SHORT { "" } else { sheet };
    as_tag(&format!("{sheet}{rest}"))
}

/// What the QR code of an asset holds: the address of its tag, or the tag alone where nobody said where
/// the site is published.
pub fn content(estate: &Estate, asset: &Record) -> String {
    let tag = tag(asset);
    match &estate.config.base_url {
        Some(base) => {
            let (sheet, rest) = split(&tag);
            format!("{}/{}#{rest}", upper_host(base), sheet_url(sheet))
        }
        None => tag,
    }
}

/// Scheme and host in upper case: they mean the same (RFC 3986, 6.2.2.1), and take five and a half bits a letter
/// instead of eight. The path keeps its letters, which a server may tell apart.
fn upper_host(base: &str) -> String {
    let after_scheme = base.find("://").map_or(0, |at| at + 3);
    let host_end = base[after_scheme..].find('/');
    let (host, path) = base.split_at(host_end.map_or(base.len(), |end| after_scheme + end));
    host.to_ascii_uppercase() + path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    #[test]
    fn a_tag_is_the_number_and_outlives_the_id() {
        let estate = estate(&[(
            "inventory/assets/all.yaml",
            "- {id: pc-1, name: A, inventory_number: nac 01/101}\n- {id: pc-2, name: B}\n\
             - {id: nac-01-101, name: C}\n- {id: pc-3, name: D, inventory_number: \"--\"}\n\
             - {id: pc-4, name: E, inventory_number: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\n",
        )]);
        let of = |id: &str| tag(estate.find("asset", id).expect("an asset"));
        assert_eq!(of("pc-1"), "NAC-01-101");
        assert_eq!(of("pc-2"), "PC-2");
        assert_eq!(of("pc-3"), "PC-3", "a number of signs alone is none");
        assert_eq!(of("pc-4"), "PC-4", "no folder is named so");
        assert_eq!(estate.asset_tags().assets("NAC-01-101").len(), 2);
        assert_eq!(estate.asset_tags().assets("PC-2").len(), 1);
        assert!(estate.asset_tags().assets("PC-9").is_empty());
    }

    #[test]
    fn an_address_leads_back_to_its_tag() {
        assert_eq!(split("NAC-01101"), ("NAC-011", "01"));
        assert_eq!(split("SRV-AD-01"), ("SRV-AD-", "01"));
        assert_eq!(split("AB"), ("_", "AB"));
        assert_eq!(split("É"), ("_", "É"));
        assert_eq!(split("CLÉ"), ("C", "LÉ"));
        for tag in ["NAC-01101", "SRV-AD-01", "AB", "7", "ABC", "CLÉ-12"] {
            let (sheet, rest) = split(tag);
            assert_eq!(of_address(&format!("{sheet}/#{rest}")), tag);
            assert_eq!(of_address(&format!("{tag}/")), tag, "written whole");
        }
        assert_eq!(of_address("nac-011/?from=label#01"), "NAC-01101");
    }

    #[test]
    fn only_what_means_the_same_is_in_upper_case() {
        assert_eq!(upper_host("https://parc.example"), "HTTPS://PARC.EXAMPLE");
        assert_eq!(
            upper_host("https://Parc.example:8443/Carnet/b"),
            "HTTPS://PARC.EXAMPLE:8443/Carnet/b"
        );
    }
}
