//! Wi-Fi networks: what each virtual network carries by radio, and which of it is badly protected.

use crate::estate::{Estate, Record};
use crate::project::View;

/// Protections that anybody within reach can undo.
const BROKEN: [&str; 2] = ["wep", "wpa-personal"];

/// A Wi-Fi network of a virtual network.
#[derive(Debug, Clone, Copy)]
pub struct Wireless<'a> {
    /// The virtual network.
    pub vlan: &'a Record,
    /// As declared: `ssid`, `security`, `guest`, `hidden`.
    pub view: View<'a>,
}

impl Wireless<'_> {
    /// Whether visitors use it.
    pub fn is_guest(&self) -> bool {
        self.view.boolean("guest").unwrap_or(false)
    }

    /// Whether it can be listened to or entered by anybody: broken protection, or none where it is not meant
    /// for visitors.
    pub fn is_weak(&self) -> bool {
        let security = self.view.choice("security").map(|it| it.key.as_str());
        security.is_some_and(|key| BROKEN.contains(&key) || key == "open" && !self.is_guest())
    }
}

/// The Wi-Fi networks of the virtual networks that are not retired.
pub fn wireless(estate: &Estate) -> impl Iterator<Item = Wireless<'_>> {
    let is_kept = |vlan: &&Record| {
        let status = vlan.view().choice("status");
        status.is_none_or(|status| status.key != "retired")
    };
    let vlans = estate.listed("vlan").filter(is_kept);
    vlans.flat_map(|vlan| {
        let all = vlan.view().structures("wireless");
        all.map(move |view| Wireless { vlan, view })
    })
}
