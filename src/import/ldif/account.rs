//! An entry → the account of a user, a computer or a service.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::import::Sighting;
use crate::import::directory::{
    account, begin, filetime, first_type, generalised_time, last_day, managed_by, of_computer,
    of_person, set_day, set_flag,
};
use crate::import::ldif::parse::Entry;

/// Bits of `userAccountControl`, as Microsoft documents them (`ADS_USER_FLAG_ENUM`).
mod control {
    pub const DISABLED: u32 = 0x2;
    pub const PASSWORD_NOT_REQUIRED: u32 = 0x20;
    pub const TRUST_OF_DOMAINS: u32 = 0x800;
    pub const WORKSTATION: u32 = 0x1000;
    pub const SERVER: u32 = 0x2000;
    pub const PASSWORD_NEVER_EXPIRES: u32 = 0x1_0000;
}

/// Classes of entries that somebody or something logs on with.
const CLASSES: [&str; 8] = [
    "user",
    "computer",
    "inetOrgPerson",
    "posixAccount",
    "account",
    "simpleSecurityObject",
    "msDS-GroupManagedServiceAccount",
    "msDS-ManagedServiceAccount",
];

/// What an entry says of an account; nothing when it is none.
pub(super) fn sighting(entry: &Entry, zone: &TimeZone) -> Option<Sighting> {
    if !CLASSES.iter().any(|class| entry.is(class)) {
        return None;
    }
    let is_ad = entry.first("samaccountname").is_some();
    let login = ["samaccountname", "uid", "userid", "cn"]
        .into_iter()
        .find_map(|name| entry.first(name))?;
    let bits = control(entry);
    if login.is_empty() || bits.is_some_and(|bits| bits & control::TRUST_OF_DOMAINS != 0) {
        return None;
    }
    let mut sighting = account(login, is_ad.then_some("ad"));
    sighting.set("distinguished_name", &entry.dn);
    sighting.whole = &["expires", "groups", "owner", "password_last_set"];
    let shown = entry
        .first("displayname")
        .or_else(|| entry.first("cn"))
        .unwrap_or(login);
    if shown != login {
        sighting.set("display_name", shown);
    }
    if let Some(bits) = bits {
        set_flag(&mut sighting, "enabled", bits & control::DISABLED == 0);
        let never = bits & control::PASSWORD_NEVER_EXPIRES != 0;
        set_flag(&mut sighting, "password_never_expires", never);
        let optional = bits & control::PASSWORD_NOT_REQUIRED != 0;
        set_flag(&mut sighting, "password_not_required", optional);
    } else if let Some(enabled) = enabled(entry) {
        set_flag(&mut sighting, "enabled", enabled);
    }
    holder(entry, (login, shown), bits, &mut sighting);
    days(entry, zone, &mut sighting);
    Some(sighting)
}

fn control(entry: &Entry) -> Option<u32> {
    // The number is signed in some exports.
    let number: i64 = entry.first("useraccountcontrol")?.parse().ok()?;
    u32::try_from(number & 0xffff_ffff).ok()
}

/// What directories other than Active Directory say of an account that is switched off: 389
/// (`nsAccountLock`), and `OpenLDAP`'s policies, which lock for good at the year 0.
fn enabled(entry: &Entry) -> Option<bool> {
    let lock = entry
        .first("nsaccountlock")
        .map(|lock| !lock.eq_ignore_ascii_case("true"));
    let policy = entry
        .first("pwdaccountlockedtime")
        .map(|time| !time.starts_with("0000"));
    lock.or(policy)
}

/// Whether it is a machine's, a service's or a person's.
fn holder(entry: &Entry, (login, shown): (&str, &str), bits: Option<u32>, sighting: &mut Sighting) {
    let machine = bits.is_some_and(|bits| bits & (control::WORKSTATION | control::SERVER) != 0);
    let managed = [
        "msDS-GroupManagedServiceAccount",
        "msDS-ManagedServiceAccount",
    ];
    if managed.iter().any(|class| entry.is(class)) {
        sighting.set("type", "service");
        return;
    }
    if machine || entry.is("computer") {
        of_computer(sighting, login.trim_end_matches('$'));
        managed_by(sighting, entry.first("managedby").unwrap_or_default());
        return;
    }
    // People know better which account is an administrator's or a service's.
    begin(sighting, "type", first_type(&entry.dn));
    let mail = entry.first("mail").filter(|mail| mail.contains('@'));
    let own_name = entry
        .first("sn")
        .is_some_and(|name| name != login && name != shown);
    // As in the CSV of a directory: a name in two words that is not the login is a person's often enough.
    let worded = shown != login && shown.contains(' ');
    if mail.is_some() || entry.first("givenname").is_some() || own_name || worded {
        of_person(sighting, mail, shown);
    }
}

fn days(entry: &Entry, zone: &TimeZone, sighting: &mut Sighting) {
    let file = |name: &str| entry.first(name).and_then(|text| filetime(text, zone));
    let general = |name: &str| {
        entry
            .first(name)
            .and_then(|text| generalised_time(text, zone))
    };
    let day = |moment: Option<DateTime>| moment.map(DateTime::date);
    let created = general("whencreated").or_else(|| general("createtimestamp"));
    set_day(sighting, "created", day(created));
    // One is told to all controllers and may lag by days, the other is known to one alone.
    let seen = file("lastlogontimestamp").max(file("lastlogon"));
    let seen = seen
        .or_else(|| general("authtimestamp"))
        .or_else(|| general("pwdlastsuccess"));
    set_day(sighting, "last_logon", day(seen));
    let password = day(file("pwdlastset")).or_else(|| day(general("pwdchangedtime")));
    let password = password.or_else(|| since_epoch(entry.first("shadowlastchange")?));
    set_day(sighting, "password_last_set", password);
    let end = file("accountexpires")
        .or_else(|| general("krbprincipalexpiration"))
        .or_else(|| general("pwdendtime"));
    // PAM refuses the account from that day on.
    let closed = || since_epoch(entry.first("shadowexpire")?)?.yesterday().ok();
    let end = end.and_then(last_day).or_else(closed);
    set_day(sighting, "expires", end);
    // A number that means « never », where a missing attribute may be one that was not asked for.
    let never = entry.first("accountexpires").is_some() || entry.first("shadowexpire").is_some();
    if end.is_none() && never {
        sighting.empty.insert("expires");
    }
}

/// A day as `shadow` counts them, from 1970; zero and less say nothing.
fn since_epoch(text: &str) -> Option<Date> {
    let days: i64 = text
        .parse()
        .ok()
        .filter(|days| (1..1_000_000).contains(days))?;
    let moment = Timestamp::UNIX_EPOCH
        .checked_add(SignedDuration::from_hours(24 * days))
        .ok()?;
    Some(TimeZone::UTC.to_datetime(moment).date())
}
