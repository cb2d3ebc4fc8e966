//! Facts of an agent in the words of the inventory: sizes, addresses, the type of a machine.

use std::net::{IpAddr, Ipv6Addr};

use jiff::civil::Date;

use crate::diagnostic::Language;
use crate::fold::fold;
pub(in crate::import) use crate::import::alike::mac;

/// A size in gigabytes from another unit, with one decimal where it is not whole: `16 Go`, `7.6 GB`.
/// Nothing beyond a million terabytes: an agent's mistake, no size.
pub(in crate::import) fn gigabytes(size: u64, unit: u64, language: Language) -> Option<String> {
    let tenths = size.checked_mul(10)?.checked_add(unit / 2)? / unit;
    let (whole, part) = (tenths / 10, tenths % 10);
    let (point, word) = match language {
        Language::Fr => (",", "Go"),
        Language::En | Language::Other(_) => (".", "GB"),
    };
    // Beyond a terabyte a tenth says nothing.
    let shown = if part == 0 || whole >= 100 {
        format!("{whole} {word}")
    } else {
        format!("{whole}{point}{part} {word}")
    };
    (whole <= 1_000_000_000).then_some(shown)
}

/// The day of a moment as agents write it (`2026-11-20 07:58:01`); nothing when it is none.
pub(in crate::import) fn day(moment: &str) -> Option<Date> {
    moment.trim().get(..10)?.parse().ok()
}

/// An address that stays with a machine: no loopback, no link-local one, and of IPv6 only those
/// made from the card or by hand. Those for privacy change every day, and would fill the history.
pub(in crate::import) fn lasting_address(text: &str) -> Option<String> {
    let text = text.split(['%', '/']).next()?.trim();
    let address: IpAddr = text.parse().ok()?;
    let lasts = match address {
        IpAddr::V4(address) => {
            !(address.is_loopback() || address.is_link_local() || address.is_unspecified())
        }
        IpAddr::V6(address) => is_lasting(address),
    };
    lasts.then(|| address.to_string())
}

fn is_lasting(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let is_local = (parts[0] & 0xffc0) == 0xfe80;
    let of_card = parts[5] & 0x00ff == 0x00ff && parts[6] & 0xff00 == 0xfe00;
    let by_hand = parts[4] == 0 && parts[5] == 0;
    !is_local && !address.is_loopback() && !address.is_unspecified() && (of_card || by_hand)
}

/// The type of a computer (a key of `asset.type`) by its chassis, its hypervisor and its system.
pub(in crate::import) fn computer_type(
    chassis: &str,
    hypervisor: &str,
    system: &str,
) -> &'static str {
    let hypervisor = fold(hypervisor);
    if !matches!(hypervisor.as_str(), "" | "physical" | "none") {
        return "virtual-machine";
    }
    let chassis = fold(chassis);
    let is = |words: &[&str]| words.iter().any(|word| chassis.contains(word));
    if is(&[
        "laptop",
        "notebook",
        "portable",
        "convertible",
        "detachable",
        "hand held",
    ]) {
        "laptop"
    } else if is(&["tablet"]) {
        "tablet"
    } else if is(&["rack", "server", "blade", "sealed-case", "multi-system"])
        || fold(system).contains("server")
    {
        "server"
    } else {
        "desktop"
    }
}

/// The type of a network device by the words it says of itself; most are switches.
pub(in crate::import) fn device_type(words: &str) -> &'static str {
    let words = fold(words);
    let is = |names: &[&str]| names.iter().any(|name| words.contains(name));
    if is(&[
        "firewall",
        "pare-feu",
        "fortigate",
        "stormshield",
        "pfsense",
        "opnsense",
        "palo alto",
    ]) {
        "firewall"
    } else if is(&[
        "access point",
        "point d'acces",
        "aironet",
        "unifi ap",
        "wireless",
    ]) {
        "access-point"
    } else if is(&["router", "routeur"]) && !is(&["switch"]) {
        "router"
    } else {
        "switch"
    }
}

/// Accounts that are no person: a machine whose last user is one of them has none.
pub(in crate::import) fn is_person(login: &str) -> bool {
    let name = fold(login.rsplit('\\').next().unwrap_or(login));
    let name = name.split('@').next().unwrap_or_default();
    !matches!(
        name,
        "" | "root"
            | "admin"
            | "administrator"
            | "administrateur"
            | "system"
            | "systeme"
            | "localadmin"
            | "guest"
            | "invite"
            | "defaultuser0"
            | "local"
            // What `last` lists beside people.
            | "reboot"
            | "shutdown"
            | "wtmp"
    ) && !name.ends_with('$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_addresses() {
        let french = |size, unit| gigabytes(size, unit, Language::Fr);
        assert_eq!(french(16_384, 1_024).as_deref(), Some("16 Go"));
        assert_eq!(french(7_830, 1_024).as_deref(), Some("7,6 Go"));
        assert_eq!(
            gigabytes(7_830, 1_024, Language::En).as_deref(),
            Some("7.6 GB")
        );
        assert_eq!(french(256_060, 1_000).as_deref(), Some("256 Go"));
        for size in [u64::MAX, u64::MAX / 10, 9_223_372_036_854_775_807, 1 << 50] {
            assert_eq!(french(size, 1_000), None, "{size}");
        }
        assert_eq!(
            mac("00-68-EB-F2-BE-10").as_deref(),
            Some("00:68:eb:f2:be:10")
        );
        assert_eq!(mac("d5:c9:gh:81:cf:80"), None);
        assert_eq!(mac(""), None);
        let lasting = |text| lasting_address(text).is_some();
        assert!(
            lasting("192.0.2.7")
                && lasting("2001:db8::7")
                && lasting("2001:db8::268:ebff:fef2:be10/64")
        );
        for text in [
            "127.0.0.1",
            "169.254.3.4",
            "fe80::268:ebff:fef2:be10%eth0",
            "2001:db8::91b2:7a31:e0d4:1f6c",
            "x",
        ] {
            assert!(!lasting(text), "{text}");
        }
    }

    #[test]
    fn types_of_machines() {
        assert_eq!(computer_type("Notebook", "Physical", ""), "laptop");
        assert_eq!(computer_type("Rack Mount Chassis", "", ""), "server");
        assert_eq!(computer_type("Other", "VMware", ""), "virtual-machine");
        assert_eq!(computer_type("Tower", "", "Windows Server 2022"), "server");
        assert_eq!(computer_type("Mini Tower", "Physical", "Debian"), "desktop");
        assert_eq!(device_type("HP 1810-24G, PL.2.10"), "switch");
        assert_eq!(device_type("FortiGate-60F"), "firewall");
        assert!(
            is_person("NACELLE\\lgarnier")
                && !is_person("Administrateur")
                && !is_person("PC-1$")
                && !is_person("wtmp")
        );
    }
}
