//! What LDIF and the CSV of a directory have in common: how an account is recognised, which
//! attributes are never read, and the forms of names and dates.

mod machine;
mod names;
mod principal;
mod service;
mod standing;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::history::Recorded;
use crate::import::identity::DISTINGUISHED;
use crate::import::{Clue, Link, Sighting, Target};
use crate::project::free_text;
pub(super) use machine::{SYSTEM, managed_by, of_computer};
pub(super) use names::{Names, normal};
pub(super) use principal::{GUID, SID, guid, sid};
pub(super) use service::first_type;
pub use standing::MembershipWeight;
pub(super) use standing::{Elsewhere, in_groups};

/// From 1601 to 1970, in seconds: a FILETIME counts tenths of microseconds since 1601, in UTC.
const FILETIME_EPOCH: i64 = 11_644_473_600;

/// Attributes that are left out on purpose, and what reports call them: passwords in any form, keys
/// of recovery, photos, keys of SSH, and the free texts into which passwords are typed.
const NEVER: [(&str, &[&str]); 4] = [
    (
        "passwords",
        &[
            "userpassword",
            "unicodepwd",
            "dbcspwd",
            "ntpwdhistory",
            "lmpwdhistory",
            "supplementalcredentials",
            "unixuserpassword",
            "authpassword",
            "pwdhistory",
            "krbprincipalkey",
            "krbextradata",
            "sambantpassword",
            "sambalmpassword",
            "sambapasswordhistory",
            "ms-mcs-admpwd",
            "mslaps-password",
            "mslaps-encryptedpassword",
            "mslaps-encryptedpasswordhistory",
            "mslaps-encrypteddsrmpassword",
            "msds-managedpassword",
            "msfve-recoverypassword",
            "msfve-keypackage",
            "msds-keycredentiallink",
            "accountpassword",
            "password",
            "motdepasse",
            "mdp",
            "olcrootpw",
            "rootpw",
            "initialauthincoming",
            "trustauthincoming",
            "trustauthoutgoing",
            "sambacleartextpassword",
            "ipanthash",
            "radiussharedsecret",
        ],
    ),
    (
        "photos",
        &["thumbnailphoto", "jpegphoto", "photo", "thumbnaillogo"],
    ),
    (
        "ssh-keys",
        &[
            "sshpublickey",
            "ipasshpubkey",
            "nssshpublickey",
            "altsecurityidentities",
        ],
    ),
    (
        "free-texts",
        &[
            "info",
            "comment",
            "description",
            "notes",
            "usercomment",
            "admindescription",
        ],
    ),
];

/// What directories say of people that an account has no field for, as reports name it: people are linked and never
/// made.
const WITHOUT_FIELD: [&str; 8] = [
    "title",
    "department",
    "manager",
    "company",
    "employeeType",
    "employeeID",
    "telephoneNumber",
    "physicalDeliveryOfficeName",
];

/// Under which name an attribute is counted that no field of an account takes.
pub(super) fn without_field(attribute: &str) -> Option<&'static str> {
    let mut all = WITHOUT_FIELD.into_iter();
    all.find(|own| own.eq_ignore_ascii_case(attribute))
}

/// Words beside which people write passwords into a description.
const PASSWORD_WORDS: [&str; 5] = ["password", "passwd", "pwd", "mot de passe", "mdp"];

/// Whether a free text has a word beside which people write passwords, or anything that is told for a secret.
pub(super) fn names_password(written: &str) -> bool {
    // Words that stand on two lines, or a no-break space apart, are the same words.
    let words: Vec<&str> = written.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let mut words = PASSWORD_WORDS.iter().chain(&["pass:"]);
    words.any(|word| text.contains(word)) || !free_text::find(written).is_empty()
}

/// Under which name an attribute is counted as left out on purpose.
pub(super) fn never(attribute: &str) -> Option<&'static str> {
    let name = attribute.to_ascii_lowercase();
    let found = NEVER
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    found.map(|(what, _)| *what)
}

/// A login's account. `directory` is a key of the field of that name, where it is known.
pub(super) fn account(login: &str, directory: Option<&str>) -> Sighting {
    let mut sighting = Sighting {
        kind: "account",
        title: login.to_owned(),
        // Two domains of one forest have an administrator each.
        telling: &[GUID, SID, DISTINGUISHED, "directory"],
        ..Sighting::default()
    };
    if let Some(directory) = directory {
        sighting
            .clues
            .push(Clue::both(1, ("login", login), ("directory", directory)));
        sighting.set("directory", directory);
    }
    sighting.clues.push(Clue::new(2, "login", login));
    sighting.set("login", login);
    sighting
}

/// Says by which identity its directory knows an account or group: by that it is found when all else is
/// renamed. A SID outside of a domain (`S-1-5-32-544`, Administrators) is the same in all of them, and tells nothing.
pub(super) fn identify(sighting: &mut Sighting, own_guid: Option<String>, own_sid: Option<String>) {
    let own_sid = own_sid.filter(|sid| sid.starts_with("S-1-5-21-"));
    for (key, value) in [(GUID, own_guid), (SID, own_sid)] {
        if let Some(value) = value {
            sighting.clues.push(Clue::new(0, key, value.as_str()));
            sighting.identity.push((key, value));
        }
    }
}

/// Says whose account it is, by address and by name. People are linked and never made: a directory
/// holds more of them than an estate should know.
pub(super) fn of_person(sighting: &mut Sighting, mail: Option<&str>, name: &str) {
    let mail = mail.map(|mail| Clue::new(1, "email", mail));
    let clues = mail.into_iter().chain([Clue::new(2, "name", name)]);
    sighting.links.push(Link {
        field: "person",
        part: None,
        target: Target::Seen("person", clues.collect(), name.to_owned()),
        otherwise: None,
    });
}

/// The clues of a group, by its name in the directory or its own.
pub(super) fn group_clues(name: &str) -> Vec<Clue> {
    vec![
        Clue::new(1, "directory_name", name),
        Clue::new(2, "name", name),
    ]
}

/// A group that the file does not hold, by its name, distinguished or plain.
pub(super) fn elsewhere(name: &str) -> Target {
    if !name.contains('=') {
        let name = name.trim();
        return Target::Seen("group", group_clues(name), name.to_owned());
    }
    let own = common_name(name);
    let mut clues = group_clues(&own);
    // A group of that name in another domain is another group. By its whole name it may be known under any other.
    clues[0].parts.push((DISTINGUISHED, name.to_owned()));
    Target::Seen("group", clues, own)
}

/// Sets a yes or no.
pub(super) fn set_flag(sighting: &mut Sighting, key: &str, value: bool) {
    sighting.set(key, if value { "true" } else { "false" });
}

/// Sets a day.
pub(super) fn set_day(sighting: &mut Sighting, key: &str, day: Option<Date>) {
    if let Some(day) = day {
        sighting.set(key, &day.to_string());
    }
}

/// What a new record begins with.
pub(super) fn begin(sighting: &mut Sighting, key: &str, value: &str) {
    sighting
        .first
        .insert(key.to_owned(), Recorded::Text(value.to_owned()));
}

/// The moment of a FILETIME, as clocks of a zone show it. 0 and the greatest number are “never”.
pub(super) fn filetime(text: &str, zone: &TimeZone) -> Option<DateTime> {
    let ticks: i64 = text.trim().parse().ok()?;
    if ticks <= 0 || ticks == i64::MAX {
        return None;
    }
    let stamp = Timestamp::from_second(ticks / 10_000_000 - FILETIME_EPOCH).ok()?;
    Some(zone.to_datetime(stamp))
}

/// The moment of a generalised time (`20220528111200.0Z`, RFC 4517), as clocks of a zone show it.
/// Minutes and seconds may be missing; a text without a zone is UTC, as directories write them.
pub(super) fn generalised_time(text: &str, zone: &TimeZone) -> Option<DateTime> {
    let text = text.trim();
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let part = |from: usize, to: usize| -> Option<i8> {
        match digits.get(from..to) {
            Some(part) => part.parse().ok(),
            None => Some(0),
        }
    };
    if !matches!(digits.len(), 10 | 12 | 14) {
        return None;
    }
    let date = Date::new(digits[..4].parse().ok()?, part(4, 6)?, part(6, 8)?).ok()?;
    let time = Time::new(part(8, 10)?, part(10, 12)?, part(12, 14)?.min(59), 0).ok()?;
    let away = rest
        .trim_start_matches(['.', ','])
        .trim_start_matches(|letter: char| letter.is_ascii_digit());
    let stamp = DateTime::from_parts(date, time)
        .to_zoned(TimeZone::UTC)
        .ok()?
        .timestamp();
    let stamp = stamp.checked_sub(offset(away)?).ok()?;
    Some(zone.to_datetime(stamp))
}

/// How far a zone is from UTC: `Z`, `+0200`, `-05`, or nothing.
fn offset(text: &str) -> Option<SignedDuration> {
    let sign = match text.chars().next() {
        None | Some('Z' | 'z') => return Some(SignedDuration::ZERO),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    let digits = text[1..].replace(':', "");
    let number = |from: usize, to: usize| -> Option<i64> {
        digits
            .get(from..to)
            .map_or(Some(0), |part| part.parse().ok())
    };
    let minutes = number(0, 2)? * 60 + number(2, 4)?;
    Some(SignedDuration::from_mins(sign * minutes))
}

/// The last day on which an account works. Directories keep the moment at which it ends, and their
/// tools show and set that as midnight after the last day.
pub(super) fn last_day(end: DateTime) -> Option<Date> {
    if end.time() == Time::midnight() {
        return end.date().yesterday().ok();
    }
    Some(end.date())
}

/// The first name of a distinguished name, without escapes: `CN=Dumas\, Claire,OU=…` is `Dumas, Claire`.
pub(super) fn common_name(dn: &str) -> String {
    let value = dn.split_once('=').map_or(dn, |(_, value)| value);
    let mut name: Vec<u8> = Vec::new();
    let mut bytes = value.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b',' | b'+' => break,
            b'\\' => {
                let Some(next) = bytes.next() else { break };
                let second = bytes.peek().copied().unwrap_or_default();
                match (digit(next), digit(second)) {
                    (Some(high), Some(low)) => {
                        bytes.next();
                        name.push(high << 4 | low);
                    }
                    _ => name.push(next),
                }
            }
            other => name.push(other),
        }
    }
    String::from_utf8_lossy(&name).trim().to_owned()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::time_zone;

    #[test]
    fn moments_are_those_of_the_directory() {
        let paris = time_zone("Europe/Paris").expect("a zone");
        let shown = |moment: Option<DateTime>| moment.map(|moment| moment.to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(
            shown(filetime("132709214025576910", &TimeZone::UTC)),
            is("2021-07-16T15:03:22")
        );
        assert_eq!(
            shown(filetime("132709214025576910", &paris)),
            is("2021-07-16T17:03:22")
        );
        for never in ["0", "9223372036854775807", "-1", "", "x"] {
            assert_eq!(filetime(never, &paris), None, "{never}");
        }
        assert_eq!(
            shown(generalised_time("20220528111200.0Z", &TimeZone::UTC)),
            is("2022-05-28T11:12:00")
        );
        assert_eq!(
            shown(generalised_time("20221231233000Z", &paris)),
            is("2023-01-01T00:30:00")
        );
        assert_eq!(
            shown(generalised_time("202205281112+0200", &TimeZone::UTC)),
            is("2022-05-28T09:12:00")
        );
        assert_eq!(
            shown(generalised_time("2022052811", &TimeZone::UTC)),
            is("2022-05-28T11:00:00")
        );
        for wrong in ["20221332000000Z", "2022", "20220528111200Q", "hier"] {
            assert_eq!(generalised_time(wrong, &paris), None, "{wrong}");
        }
    }

    #[test]
    fn accounts_end_on_their_last_day() {
        let day = |text: &str| last_day(text.parse().expect("a moment")).map(|day| day.to_string());
        assert_eq!(day("2026-08-01T00:00:00").as_deref(), Some("2026-07-31"));
        assert_eq!(day("2026-08-01T18:00:00").as_deref(), Some("2026-08-01"));
    }

    #[test]
    fn names_lose_their_escapes() {
        assert_eq!(
            common_name("CN=Dumas\\, Claire,OU=Siège,DC=nacelle"),
            "Dumas, Claire"
        );
        assert_eq!(common_name("cn=\\C3\\89lodie,ou=x"), "Élodie");
        assert_eq!(common_name("uid=a+sn=b,dc=x"), "a");
        assert_eq!(common_name("Claire\\"), "Claire");
    }
}
