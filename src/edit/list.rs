//! A list given other items: those that stay keep every byte, with their comments; of the rest,
//! lines are added and taken out.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::edit::Reason;
use crate::edit::form::{flow, indented, item_lines};
use crate::edit::mapping;
use crate::edit::splices::{Splices, bounds};
use crate::edit::tree::{Tree, tree, tree_of};
use crate::history::Recorded;
use crate::schema::Field;
use crate::yaml::{Node, Shape};

/// The largest table that two lists are compared with; larger ones pair equal items in order.
const LARGEST_TABLE: usize = 4_000_000;

/// Makes the pieces that give a list other items. Both lists have some.
pub(super) fn change(
    splices: &mut Splices<'_>,
    (node, old): (&Node, &[Node]),
    field: Option<&Field>,
    new: &[Recorded],
) -> Result<(), Reason> {
    let fields = field.map_or(&[][..], Field::fields);
    let pairs = pairs(old, new, fields);
    let is_flow = splices.is_flow(node);
    for (at, pair) in pairs.iter().enumerate() {
        if let Some(kept) = pair {
            item(splices, &old[*kept], field, (&new[at], is_flow))?;
        }
    }
    if is_flow {
        flow_items(splices, (node, old), field, (new, &pairs))
    } else {
        block_items(splices, old, field, (new, &pairs))
    }
}

/// Changes an item that stays.
fn item(
    splices: &mut Splices<'_>,
    old: &Node,
    field: Option<&Field>,
    (wanted, is_flow): (&Recorded, bool),
) -> Result<(), Reason> {
    let fields = field.map_or(&[][..], Field::fields);
    if tree(old, fields) == tree_of(wanted, fields) {
        return Ok(());
    }
    match wanted {
        Recorded::Text(_) => mapping::scalar(splices, old, field, (wanted, is_flow)),
        Recorded::Structure(parts) => mapping::structure(splices, old, fields, parts),
        Recorded::List(_) => Err(Reason::Shape),
    }
}

fn block_items(
    splices: &mut Splices<'_>,
    old: &[Node],
    field: Option<&Field>,
    (new, pairs): (&[Recorded], &[Option<usize>]),
) -> Result<(), Reason> {
    let dashes: Vec<usize> = old
        .iter()
        .map(|item| splices.dash(item))
        .collect::<Result<_, _>>()?;
    if pairs.iter().all(Option::is_some) && pairs.len() == old.len() {
        return Ok(());
    }
    let first = dashes[0];
    if !dashes.iter().all(|dash| splices.opens_line(*dash)) {
        return Err(Reason::Shape);
    }
    let indent = splices.column(first);
    let ends: Vec<usize> = old
        .iter()
        .zip(&dashes)
        .map(|(item, dash)| splices.line_end(splices.end_of(item).max(*dash)))
        .collect();
    let mut at = splices.previous_line_end(first).ok_or(Reason::Shape)?;
    let braces = match &old[0].shape {
        Shape::Mapping(_) => Some(splices.is_flow(&old[0])),
        _ => None,
    };
    for (wanted, pair) in new.iter().zip(pairs) {
        match pair {
            Some(kept) => at = ends[*kept],
            None => splices.insert_lines(at, &item_lines(field, wanted, braces), indent),
        }
    }
    for (index, dash) in dashes.iter().enumerate() {
        if !pairs.contains(&Some(index)) {
            let start = splices.previous_line_end(*dash).ok_or(Reason::Shape)?;
            let mut kept = String::new();
            for comment in comments(splices, &old[index], (*dash, ends[index])) {
                kept.push_str(splices.newline);
                kept.push_str(&indented(comment, indent));
            }
            splices.replace(start, ends[index], kept);
        }
    }
    Ok(())
}

/// What people wrote within an item and beside it: it stays when the item goes, on lines of its own. People take out
/// what has become wrong.
fn comments<'a>(splices: &Splices<'a>, item: &Node, (start, end): (usize, usize)) -> Vec<&'a str> {
    let mut texts = Vec::new();
    texts_of(splices, item, &mut texts);
    let mut found = Vec::new();
    let mut at = start;
    while let Some(mark) = splices.slice(at, end).find('#') {
        let mark = at + mark;
        let text = texts.iter().find(|text| text.contains(&mark));
        let is_apart = splices.slice(start, mark).ends_with(char::is_whitespace);
        at = match text {
            Some(text) => text.end,
            None if is_apart => {
                let line_end = splices.line_end(mark);
                found.push(splices.slice(mark, line_end).trim_end());
                line_end
            }
            None => mark + 1,
        };
    }
    found
}

/// Where the texts of a value stand: a `#` in these begins no comment.
fn texts_of(splices: &Splices<'_>, node: &Node, texts: &mut Vec<Range<usize>>) {
    match &node.shape {
        Shape::Scalar { .. } => texts.push(bounds(node.range).0..splices.end_of(node)),
        Shape::Sequence(items) => {
            for item in items {
                texts_of(splices, item, texts);
            }
        }
        Shape::Mapping(entries) => {
            for (key, value) in entries {
                texts_of(splices, key, texts);
                texts_of(splices, value, texts);
            }
        }
    }
}

fn flow_items(
    splices: &mut Splices<'_>,
    (node, old): (&Node, &[Node]),
    field: Option<&Field>,
    (new, pairs): (&[Recorded], &[Option<usize>]),
) -> Result<(), Reason> {
    let kept: Vec<usize> = pairs.iter().flatten().copied().collect();
    let (start, end) = bounds(node.range);
    let Some(first) = kept.first().copied() else {
        if splices.has_comment(start, end) {
            return Err(Reason::Comment);
        }
        splices.replace(start, end, flow(field, &Recorded::List(new.to_vec())));
        return Ok(());
    };
    let mut after = None;
    for (wanted, pair) in new.iter().zip(pairs) {
        match (pair, after) {
            (Some(kept), _) => after = Some(splices.end_of(&old[*kept])),
            (None, Some(at)) => splices.insert(at, format!(", {}", flow(field, wanted))),
            (None, None) => {
                let at = bounds(old[first].range).0;
                splices.insert(at, format!("{}, ", flow(field, wanted)));
            }
        }
    }
    for index in 0..old.len() {
        if kept.contains(&index) {
            continue;
        }
        let (start, end) = if index > first {
            (splices.end_of(&old[index - 1]), splices.end_of(&old[index]))
        } else {
            (bounds(old[index].range).0, bounds(old[index + 1].range).0)
        };
        if splices.has_comment(start, end) {
            return Err(Reason::Comment);
        }
        splices.replace(start, end, "");
    }
    Ok(())
}

/// For each new item, the old one that it is: the same, or a structure with the same first part
/// (a name, a port). In both lists they stand in the same order.
fn pairs(old: &[Node], new: &[Recorded], fields: &[Field]) -> Vec<Option<usize>> {
    let old: Vec<Tree> = old.iter().map(|item| tree(item, fields)).collect();
    let new: Vec<Tree> = new.iter().map(|item| tree_of(item, fields)).collect();
    let alike = |one: &Tree, other: &Tree| identity(one, fields) == identity(other, fields);
    let ahead = old
        .iter()
        .zip(&new)
        .take_while(|(a, b)| alike(a, b))
        .count();
    let rest = old.len().min(new.len()) - ahead;
    let behind = old.iter().rev().zip(new.iter().rev()).take(rest);
    let behind = behind.take_while(|(a, b)| alike(a, b)).count();
    let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
    for (index, pair) in pairs.iter_mut().enumerate() {
        if index < ahead {
            *pair = Some(index);
        } else if index >= new.len() - behind {
            *pair = Some(old.len() - (new.len() - index));
        }
    }
    let (between_old, between_new) = (ahead..old.len() - behind, ahead..new.len() - behind);
    let (height, width) = (between_old.len(), between_new.len());
    if height.saturating_mul(width) <= LARGEST_TABLE {
        let old = &old[between_old];
        let new = &new[between_new];
        for (of_new, of_old) in longest_common(old, new, fields) {
            pairs[ahead + of_new] = Some(ahead + of_old);
        }
    }
    take_places(&old, &new, &mut pairs);
    pairs
}

/// Between items that stay, where as many came as went, each takes the place of the one that stood there, where it
/// can: a comment beside it or within it stays there.
fn take_places(old: &[Tree], new: &[Tree], pairs: &mut [Option<usize>]) {
    let (mut start, mut old_start) = (0, 0);
    while start < pairs.len() {
        let end = (start..pairs.len()).find(|at| pairs[*at].is_some());
        let end = end.unwrap_or(pairs.len());
        let old_end = pairs.get(end).copied().flatten().unwrap_or(old.len());
        let mut both = old[old_start..old_end].iter().zip(&new[start..end]);
        if end - start == old_end - old_start && both.all(|(old, new)| takes_place(old, new)) {
            for (at, pair) in pairs[start..end].iter_mut().enumerate() {
                *pair = Some(old_start + at);
            }
        }
        (start, old_start) = (end + 1, old_end + 1);
    }
}

/// Whether an item is written over another: a text, or a structure that says some of the same and lacks nothing.
fn takes_place(old: &Tree, new: &Tree) -> bool {
    match (old, new) {
        (Tree::Text(_), Tree::Text(_)) => true,
        (Tree::Structure(old), Tree::Structure(new)) => {
            old.keys().all(|key| new.contains_key(key))
                && old.iter().any(|(key, value)| new.get(key) == Some(value))
        }
        _ => false,
    }
}

/// What tells an item from its neighbours.
fn identity<'t>(tree: &'t Tree, fields: &[Field]) -> &'t Tree {
    let Tree::Structure(parts) = tree else {
        return tree;
    };
    // The observed name, where there is one: the record that people link it to may come and go.
    let named = ["name", "port"].iter().find_map(|key| parts.get(*key));
    let first = || fields.iter().find_map(|field| parts.get(&field.key));
    named.or_else(first).unwrap_or(tree)
}

/// The longest run of items in both lists, in order: positions in the new and the old one.
fn longest_common(old: &[Tree], new: &[Tree], fields: &[Field]) -> Vec<(usize, usize)> {
    let names: BTreeMap<&Tree, usize> = old
        .iter()
        .chain(new)
        .map(|tree| identity(tree, fields))
        .enumerate()
        .map(|(at, tree)| (tree, at))
        .collect();
    let number = |trees: &[Tree]| -> Vec<usize> {
        let trees = trees.iter().map(|tree| names[identity(tree, fields)]);
        trees.collect()
    };
    let (old, new) = (number(old), number(new));
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            lengths[row * width + column] = if old[row] == new[column] {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut common = Vec::new();
    while row < old.len() && column < new.len() {
        if old[row] == new[column] {
            common.push((column, row));
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    common
}
