//! Which fields were ever secret: every version of the schema's files in the history is read.

use std::collections::BTreeSet;

use git2::{Error, Oid};

use super::commits;
use super::found::Found;
use super::mailmap::Mailmap;
use super::objects::Objects;
use super::selection::{Selection, Standing};
use super::touched::{KINDS, touched};
use super::walk::Walk;
use crate::history::semantic::once_secret;
use crate::schema;

/// Fields whose values are never told: kind and key.
pub(super) type Secrets = BTreeSet<(String, String)>;

/// The fields that were secret at any commit of a history, or of the one that is checked out: a
/// site of the past does not show what was hidden since.
pub(super) fn of_history(
    walk: &Walk<'_>,
    objects: &mut Objects<'_>,
    found: &[Found],
) -> Result<Secrets, Error> {
    let mut kinds: BTreeSet<Oid> = found
        .iter()
        .flat_map(|found| &found.touched.kinds)
        .copied()
        .collect();
    let everywhere = walk.selection.standing_below_root(KINDS) == Standing::Inside;
    if let Some(head) = super::head(walk.repository)?
        && (walk.request.from.is_some() || !everywhere)
    {
        kinds.extend(kinds_until(walk, objects, head)?);
    }
    Ok(of_kinds(objects, kinds))
}

/// The fields that were secret at any commit that leads to some.
pub(super) fn until(
    walk: &Walk<'_>,
    objects: &mut Objects<'_>,
    tips: &[Oid],
) -> Result<Secrets, Error> {
    let mut kinds = BTreeSet::new();
    for tip in tips {
        kinds.extend(kinds_until(walk, objects, *tip)?);
    }
    Ok(of_kinds(objects, kinds))
}

fn kinds_until(
    walk: &Walk<'_>,
    objects: &mut Objects<'_>,
    tip: Oid,
) -> Result<BTreeSet<Oid>, Error> {
    let folders = [KINDS.to_owned()];
    let selection = Selection::new(walk.repository, &walk.request.root, &folders)?;
    let commits = commits::list(walk.repository, tip, &Mailmap::default(), (walk.pulse, &[]))?;
    let mut kinds = BTreeSet::new();
    for commit in &commits {
        kinds.extend(touched(objects, &commits, commit, &selection)?.kinds);
    }
    Ok(kinds)
}

fn of_kinds(objects: &Objects<'_>, kinds: BTreeSet<Oid>) -> Secrets {
    let texts = kinds.into_iter().filter_map(|id| {
        let text = objects.blob(id, text);
        Some((format!("{KINDS}/{id}.yaml"), text?))
    });
    once_secret(&schema::built_in(), &texts.collect::<Vec<_>>())
}

/// The text of a schema file. Carnet never read one in UTF-16, and what it was to hide is hidden
/// all the same.
fn text(bytes: &[u8]) -> String {
    let units = |read: fn([u8; 2]) -> u16| {
        let pairs = bytes[2..].chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
