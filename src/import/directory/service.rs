//! Which accounts stand among those of services: directories keep them in a unit that says so.

use crate::fold::fold;

/// What such units are called, without case, accents, blanks and signs.
const UNITS: [&str; 8] = [
    "serviceaccounts",
    "serviceaccount",
    "svcaccounts",
    "managedserviceaccounts",
    "comptesdeservice",
    "comptesdeservices",
    "comptesservice",
    "comptesservices",
];

/// What an account of a distinguished name begins as: a service's below a unit of theirs, else a
/// user's. People may say otherwise.
pub(in crate::import) fn first_type(dn: &str) -> &'static str {
    let mut above = dn.split(',').skip(1);
    let is_services = above.any(|unit| {
        let (_, name) = unit.split_once('=').unwrap_or_default();
        let name = fold(name);
        let letters: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
        UNITS.contains(&letters.as_str())
    });
    if is_services { "service" } else { "user" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_services_are_known_by_their_name() {
        for (dn, expected) in [
            ("cn=srv,ou=ServiceAccounts,dc=x", "service"),
            ("cn=srv,OU=Appli,OU=Comptes de Service,dc=x", "service"),
            ("cn=lea,OU=Service Comptabilité,dc=x", "user"),
            ("cn=Service Accounts,dc=x", "user"),
            ("cn=lea", "user"),
            ("", "user"),
        ] {
            assert_eq!(first_type(dn), expected, "{dn}");
        }
    }
}
