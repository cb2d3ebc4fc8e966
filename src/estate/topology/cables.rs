//! Each cable once: what one end declares and what the other end declares of it are put together by their
//! ports.

use std::collections::BTreeMap;

use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::project::View;

use super::{Contradiction, End, Link, counts, type_of};

/// A cable as one asset declares it.
struct Declared<'a> {
    by: &'a Record,
    place: usize,
    view: View<'a>,
    peer: RecordId,
}

impl Declared<'_> {
    fn port(&self) -> Option<&str> {
        self.view.text("port")
    }

    fn peer_port(&self) -> Option<&str> {
        self.view.text("peer_port")
    }
}

/// How well two declarations of opposite ends fit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Both ends have the same ports.
    Whole,
    /// One end has the same port on both sides, of the other end one side says nothing.
    Half,
    /// Nothing speaks against it.
    Open,
    /// One end has the same port, the other has two.
    Contrary,
}

/// All links, and those whose ends disagree; sorted.
pub(super) fn cables(estate: &Estate) -> (Vec<Link>, Vec<Contradiction>) {
    let mut pairs: BTreeMap<(RecordId, RecordId), [Vec<Declared<'_>>; 2]> = BTreeMap::new();
    let (mut links, mut contradictions) = (Vec::new(), Vec::new());
    for asset in estate.listed("asset").filter(|it| counts(it)) {
        for (place, view) in asset.view().structures("connected_to").enumerate() {
            let peers = estate.linked_in(asset, view, "asset");
            for peer in peers.filter(|peer| counts(peer)) {
                if peer.id == asset.id {
                    let declared = (asset.id, place);
                    contradictions.push(Contradiction::ToItself { declared });
                    continue;
                }
                let key = (asset.id.min(peer.id), asset.id.max(peer.id));
                let side = usize::from(asset.id > peer.id);
                pairs.entry(key).or_default()[side].push(Declared {
                    by: asset,
                    place,
                    view,
                    peer: peer.id,
                });
            }
        }
    }
    for sides in pairs.into_values() {
        between(estate, sides, &mut links, &mut contradictions);
    }
    (links, contradictions)
}

/// The links between two assets: the best fits first, then what only one of them declares.
fn between<'a>(
    estate: &'a Estate,
    [low, high]: [Vec<Declared<'a>>; 2],
    links: &mut Vec<Link>,
    contradictions: &mut Vec<Contradiction>,
) {
    let mut fits: Vec<(Fit, usize, usize)> = Vec::new();
    for (one, a) in low.iter().enumerate() {
        for (other, b) in high.iter().enumerate() {
            fits.extend(fit(a, b).map(|fit| (fit, one, other)));
        }
    }
    fits.sort_unstable();
    let mut partner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken = vec![false; high.len()];
    for (fit, one, other) in fits {
        if partner.contains_key(&one) || taken[other] {
            continue;
        }
        partner.insert(one, other);
        taken[other] = true;
        if fit == Fit::Contrary {
            contradictions.push(Contradiction::EndsDisagree {
                one: (low[one].by.id, low[one].place),
                other: (high[other].by.id, high[other].place),
            });
        }
    }
    let mut found: Vec<Link> = Vec::new();
    for (one, a) in low.iter().enumerate() {
        let other = partner.get(&one).map(|other| &high[*other]);
        found.push(link(estate, a, other));
    }
    let alone = high.iter().zip(taken).filter(|(_, taken)| !taken);
    found.extend(alone.map(|(b, _)| link(estate, b, None)));
    found.sort_by_cached_key(|link| {
        let key = |end: &End| end.port.as_deref().map(super::natural_order);
        (
            key(&link.ends[0]),
            key(&link.ends[1]),
            link.declared.clone(),
        )
    });
    links.append(&mut found);
}

/// How well two declarations fit; `None` where they are of two cables.
fn fit(a: &Declared<'_>, b: &Declared<'_>) -> Option<Fit> {
    let near = same(a.port(), b.peer_port());
    let far = same(a.peer_port(), b.port());
    match (near, far) {
        (Some(true), Some(true)) => Some(Fit::Whole),
        (Some(true), None) | (None, Some(true)) => Some(Fit::Half),
        (None, None) => Some(Fit::Open),
        (Some(true), Some(false)) | (Some(false), Some(true)) => Some(Fit::Contrary),
        (Some(false), _) | (_, Some(false)) => None,
    }
}

/// Whether two ports are one; `None` when one of them is not known.
fn same(one: Option<&str>, other: Option<&str>) -> Option<bool> {
    Some(fold(one?) == fold(other?))
}

/// The port that the second declaration names, where it is not that of the first.
fn other(one: Option<&str>, other: Option<&str>) -> Option<String> {
    let differs = same(one, other) == Some(false);
    other.filter(|_| differs).map(str::to_owned)
}

fn link(estate: &Estate, a: &Declared<'_>, b: Option<&Declared<'_>>) -> Link {
    let text = |key: &str| {
        let own = a.view.text(key);
        let told = own.or_else(|| b.and_then(|b| b.view.text(key)));
        told.map(str::to_owned)
    };
    let vlan_of = |it: &Declared<'_>| {
        let vlan = estate.linked_in(it.by, it.view, "vlan").next();
        vlan.map(|vlan| vlan.id)
    };
    let medium_of = |it: &Declared<'_>| it.view.choice("medium").map(|it| it.key.clone());
    let owned = |port: Option<&str>| port.map(str::to_owned);
    let near = End {
        asset: a.by.id,
        port: owned(a.port().or_else(|| b.and_then(Declared::peer_port))),
        otherwise: other(a.port(), b.and_then(Declared::peer_port)),
        is_crowded: false,
    };
    let far = End {
        asset: a.peer,
        port: owned(a.peer_port().or_else(|| b.and_then(Declared::port))),
        otherwise: other(a.peer_port(), b.and_then(Declared::port)),
        is_crowded: false,
    };
    let is_virtual = [a.by, estate.record(a.peer)]
        .iter()
        .any(|asset| type_of(asset) == Some("virtual-machine"));
    let mut ends = [near, far];
    ends.sort_by_key(|end| end.asset);
    let both = std::iter::once(a).chain(b);
    Link {
        ends,
        declared: both.clone().map(|it| (it.by.id, it.place)).collect(),
        vlan: both.clone().find_map(vlan_of),
        medium: both
            .clone()
            .find_map(medium_of)
            .or_else(|| is_virtual.then(|| "virtual".to_owned())),
        speed: text("speed"),
        patch_panel: text("patch_panel"),
        outlet: text("outlet"),
        seen: both.filter_map(|it| it.view.date("seen")).max(),
    }
}
