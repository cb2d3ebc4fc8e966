//! Finds Wi-Fi networks that anybody within reach can listen to or enter: without protection and not for visitors,
//! or protected by WEP or the first WPA, which are broken.
//!
//! From the car park one is then inside. Mend it at the access points (WPA3, else WPA2), then in `security`; a
//! network that is open on purpose is one for visitors (`guest: true`), in a virtual network of its own.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::topology::wireless::{Wireless, wireless};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "weak-wireless",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for network in wireless(estate).filter(Wireless::is_weak) {
        let view = network.view;
        let ssid = view.text("ssid").unwrap_or_default();
        let key = view.choice("security").map_or("", |it| &it.key);
        let message = match key {
            "open" => text!(
                "le Wi-Fi `{ssid}` est ouvert à tous, et il n’est pas réservé aux invités",
                "the Wi-Fi network `{ssid}` is open to everybody, and it is not one for guests"
            ),
            _ => text!(
                "le Wi-Fi `{ssid}` est protégé par une sécurité cassée (`{key}`)",
                "the Wi-Fi network `{ssid}` has a broken protection (`{key}`)"
            ),
        };
        let help = text!(
            "passez en WPA3, à défaut en WPA2 ; un réseau ouvert exprès est un réseau d’invités (`guest: true`)",
            "change to WPA3, else to WPA2; a network that is open on purpose is one for guests (`guest: true`)"
        );
        let place = place_of(network.vlan, view, "security");
        report.at(place, message, Some(help));
    }
}
