//! A row of `Get-ADUser` or `Get-ADComputer` → an account. Reports have few columns each; they meet
//! by the login.

use std::collections::BTreeMap;

use crate::fold::fold;
use crate::history::Recorded;
use crate::import::directory::{
    Elsewhere, account as of_login, begin, first_type, guid, identify, in_groups, managed_by,
    of_computer, of_person, sid,
};
use crate::import::identity::{DISTINGUISHED, normal};
use crate::import::profile::read::Read;
use crate::import::{Refusal, Sighting};

/// The account of a row; nothing when it says no login. Refused where its groups are too many.
pub(super) fn account(read: &Read, elsewhere: &mut Elsewhere) -> Result<Option<Sighting>, Refusal> {
    let own = |name: &str| read.own.get(name).map(String::as_str);
    let text = |key: &str| match read.fields.get(key) {
        Some(Recorded::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    // The logins of managed services end in `$`, too.
    let is_computer = match text("type") {
        Some(class) => class == "computer",
        None => {
            read.own
                .keys()
                .copied()
                .any(|name| left_out(name).is_some())
                || text("login").is_some_and(|login| login.ends_with('$'))
        }
    };
    let name = own("~name");
    let login = match (text("login"), name, own("~upn")) {
        (Some(login), ..) => login.to_owned(),
        (None, Some(name), _) if is_computer => format!("{name}$"),
        (None, _, Some(upn)) => upn.split('@').next().unwrap_or(upn).to_owned(),
        // A list of names alone: of a person it is no login.
        _ => return Ok(None),
    };
    let mut sighting = of_login(&login, Some("ad"));
    let bytes = |name: &str| own(name).map(str::as_bytes);
    let own_sid = bytes("~sid").and_then(sid);
    identify(&mut sighting, bytes("~guid").and_then(guid), own_sid);
    for (key, value) in &read.fields {
        if !matches!(key.as_str(), "login" | "type" | "display_name") {
            sighting.fields.insert(key.clone(), value.clone());
        }
    }
    sighting.empty = read.emptied();
    if let Some(groups) = own("~groups") {
        let groups = distinguished(groups).into_iter();
        let groups: Result<Vec<_>, Refusal> = groups.map(|name| elsewhere.group(&name)).collect();
        sighting.links.extend(in_groups(groups?));
    }
    if is_computer {
        of_computer(&mut sighting, name.unwrap_or(&login).trim_end_matches('$'));
        managed_by(&mut sighting, own("~owner").unwrap_or_default());
        return Ok(Some(sighting));
    }
    let shown = text("display_name").or(name).unwrap_or(&login);
    if shown != login {
        sighting.set("display_name", shown);
    }
    match text("type") {
        Some("service") => sighting.set("type", "service"),
        Some(other) if other != "user" => begin(&mut sighting, "type", other),
        // To a directory an account of a service is a user's, too.
        _ => {
            let unit = text("distinguished_name").unwrap_or_default();
            begin(&mut sighting, "type", first_type(unit));
        }
    }
    let mail = own("~mail").filter(|mail| mail.contains('@'));
    let surname = own("~surname").is_some_and(|surname| surname != login && surname != shown);
    // A name in two words that is not the login is a person's often enough to look for one.
    let worded = shown != login && shown.contains(' ');
    if mail.is_some() || own("~given").is_some() || surname || worded {
        of_person(&mut sighting, mail, shown);
    }
    Ok(Some(sighting))
}

/// Under which name a fact of a computer is counted, for which accounts have no field.
pub(super) fn left_out(fact: &'static str) -> Option<&'static str> {
    fact.strip_prefix("~system:")
}

/// Whether a cell that shall hold an identity holds none.
pub(super) fn is_no_identity(fact: &str, cell: &str) -> bool {
    match fact {
        "~guid" => guid(cell.as_bytes()).is_none(),
        "~sid" => sid(cell.as_bytes()).is_none(),
        _ => false,
    }
}

/// The logins of a table, each with what its first row says.
#[derive(Debug, Default)]
pub(super) struct Logins(BTreeMap<(String, String), BTreeMap<String, Recorded>>);

impl Logins {
    /// Enters the account of a row; whether it may be the one that an earlier row of its login and domain
    /// tells of. A table may name an account on several rows, one for each of its groups; two accounts
    /// differ in something.
    pub fn enter(&mut self, sighting: &Sighting) -> bool {
        let text = |key: &str| match sighting.fields.get(key) {
            Some(Recorded::Text(text)) => text.as_str(),
            _ => "",
        };
        let name = (
            fold(&sighting.title),
            normal(DISTINGUISHED, text(DISTINGUISHED)),
        );
        let Some(first) = self.0.get(&name) else {
            self.0.insert(name, sighting.fields.clone());
            return true;
        };
        let differs =
            |(key, value): (&String, &Recorded)| first.get(key).is_some_and(|first| first != value);
        !sighting.fields.iter().any(differs)
    }
}

/// The names of a cell: by `;`, `|` or lines, as `-join` writes them; distinguished names joined by
/// commas are told by their last part.
fn distinguished(cell: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in cell.split([';', '|', '\n', '\r']) {
        let mut rest = part.trim();
        while let Some(at) = next_name(rest) {
            names.push(rest[..at].trim().to_owned());
            rest = rest[at..].trim_start_matches([',', ' ']);
        }
        names.push(rest.to_owned());
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Where the comma stands after which another distinguished name begins: a `CN=` after a `DC=`.
fn next_name(names: &str) -> Option<usize> {
    let folded = names.to_ascii_lowercase();
    let domain = folded.find("dc=")?;
    let next = folded[domain..].find(",cn=").into_iter();
    let spaced = folded[domain..].find(", cn=").into_iter();
    next.chain(spaced).min().map(|at| domain + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_apart() {
        let two = ["CN=GG\\, A,OU=x,DC=nacelle,DC=example", "CN=B,DC=nacelle"];
        for sign in [";", "|", "\r\n", ",", ", "] {
            assert_eq!(distinguished(&two.join(sign)), two, "{sign}");
        }
        assert_eq!(distinguished("GG-A; GG-B"), ["GG-A", "GG-B"]);
        assert_eq!(distinguished(";"), [""; 0]);
    }
}
