//! `.mailmap`: one name for each person, whatever name and address a commit was written with.
//!
//! Read here because libgit2 compares addresses by case, and Git does not. Only names are kept.

use std::collections::BTreeMap;

/// Whom a commit's author is called by, looked up by the address and perhaps the name written.
#[derive(Debug, Default)]
pub(super) struct Mailmap {
    /// Names by address, in lower case.
    by_address: BTreeMap<String, String>,
    /// Names by address and written name, both in lower case: these lines go first.
    by_both: BTreeMap<(String, String), String>,
}

impl Mailmap {
    /// Reads the four forms of a line; what is none of them is skipped, as Git does.
    ///
    /// ```text
    /// Name <written@address>
    /// <address> <written@address>
    /// Name <address> <written@address>
    /// Name <address> Written Name <written@address>
    /// ```
    pub(super) fn parse(text: &str) -> Self {
        let mut map = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, address, rest)) = person(line) else {
                continue;
            };
            let (written, address) = match person(rest) {
                Some((written, address, _)) => (written, address),
                None => ("", address),
            };
            // A line without a name corrects the address only.
            if name.is_empty() {
                continue;
            }
            let (address, name) = (address.to_lowercase(), name.to_owned());
            if written.is_empty() {
                map.by_address.insert(address, name);
            } else {
                map.by_both.insert((address, written.to_lowercase()), name);
            }
        }
        map
    }

    /// The name of an author, corrected where a line says so.
    pub(super) fn name<'n>(&'n self, written: &'n str, address: &str) -> &'n str {
        let address = address.trim().to_lowercase();
        let both = (address, written.trim().to_lowercase());
        let found = self.by_both.get(&both);
        found
            .or_else(|| self.by_address.get(&both.0))
            .map_or(written, String::as_str)
    }
}

/// Splits `Name <address> rest`.
fn person(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('<')?;
    let (address, rest) = rest.split_once('>')?;
    Some((name.trim(), address.trim(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_forms_are_read() {
        let map = Mailmap::parse(
            "# people\n\
             Zoé Martin <Zoe@corp.example>\n\
             Ana Lopes <ana@corp.example> <al@old.example>\n\
             <jo@corp.example> <jo@old.example>\n\
             Bob Petit <bob@corp.example> root <admin@srv.example>\n\
             Administrateur <admin@corp.example> <admin@srv.example>\n\
             nonsense\n",
        );
        let name = |written, address| map.name(written, address);
        assert_eq!(name("zm", "zoe@CORP.example"), "Zoé Martin");
        assert_eq!(name("ana", "al@old.example"), "Ana Lopes");
        assert_eq!(name("ana", "ana@corp.example"), "ana");
        assert_eq!(name("jo", "jo@old.example"), "jo");
        assert_eq!(name("ROOT", "admin@srv.example"), "Bob Petit");
        assert_eq!(name("other", "admin@srv.example"), "Administrateur");
    }
}
