//! A list that is read item by item must say the same as one that is read whole.

use super::{LIST, changes, reader, told};
use crate::history::Changes;
use crate::history::semantic::Reader;
use crate::history::semantic::list::split;

/// A comment that looks like an anchor: the text is then read whole.
const WHOLE: &str = "# &entier\n";

/// Numbers without a clock or a seed of the system.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).expect("small")
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// An item of a list, most of them records.
    fn item(&mut self) -> String {
        let id = self.one(&["a", "b", "c", "d", "É", "é", "A", "\"a\"", "'b'"]);
        if self.below(12) == 0 {
            return self
                .one(&[
                    "- un texte\n",
                    "-\n",
                    "- name: sans id\n",
                    "- [a]\n",
                    "- {id: f, name: F}\n",
                    "- id: [x]\n",
                ])
                .to_owned();
        }
        let mut item = format!("- id: {id}\n");
        for _ in 0..self.below(4) {
            item += self.one(&[
                "  name: Un\n",
                "  name: Deux # dit\n",
                "  serial: \"S-1\"\n",
                "  serial: S-1\n",
                "  notes: |\n    Ligne\n\n    - liste\n",
                "  notes: >-\n    Ligne\n    suite\n",
                "  ip:\n  - 192.0.2.1\n  - 192.0.2.2\n",
                "  ip: [192.0.2.2, 192.0.2.1]\n",
                "  tags: R & D\n",
                "  couleur: noir\n",
                "# remarque\n",
                "\n",
                "  name: un\n    texte plié\n",
                "  room: B1\r\n",
                "  bitlocker_key: secrète\n",
            ]);
        }
        if self.below(60) == 0 {
            item += self.one(&[
                "  cpu: \"ouvert\n",
                "  cpu: !tag x\n",
                "  cpu: *inconnu\n",
                "  os: &nom Linux\n",
                "  os: 'ouvert\n",
                "hors: liste\n",
                "\tname: x\n",
                "---\n",
                "  - mal placé\n",
                "  notes: |+\n    fin\n\n\n",
            ]);
        }
        item
    }

    fn edited(&mut self, items: &[String]) -> Vec<String> {
        let mut items = items.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(items.len() + 1);
            let item = self.item();
            match self.below(5) {
                0 => items.insert(at, item),
                1 if at < items.len() => {
                    items.remove(at);
                }
                2 if at < items.len() => {
                    let item = items.remove(at);
                    let to = self.below(items.len() + 1);
                    items.insert(to, item);
                }
                3 if at < items.len() => {
                    items[at] += self.one(&["  model: m-1\n", "  model: m-2\n", "# fin\n"]);
                }
                _ if at < items.len() => items[at] = item,
                _ => items.push(item),
            }
        }
        items
    }
}

fn compared(reader: &Reader, old: &str, new: &str) -> Changes {
    let [old, new] = [old, new].map(|text| reader.version(LIST, text.as_bytes()));
    reader.settle(vec![reader.compare(Some(&old), Some(&new), true)], &[])
}

#[test]
fn items_alone_say_what_the_whole_says() {
    let mut numbers = Numbers(1);
    let reader = reader();
    let (mut apart, mut differing) = (0, 0);
    for _ in 0..1_500 {
        let count = numbers.below(7);
        let old: Vec<String> = (0..count).map(|_| numbers.item()).collect();
        let new = numbers.edited(&old);
        let start = numbers.one(&["", "", "# Parc\n", "\n"]);
        let [old, new] = [old, new].map(|items| format!("{start}{}", items.concat()));
        let items = compared(&reader, &old, &new);
        let whole = compared(&reader, &format!("{old}{WHOLE}"), &format!("{new}{WHOLE}"));
        assert_eq!(items, whole, "{old}\n→\n{new}");
        apart += usize::from(split(&old).is_some() && split(&new).is_some());
        differing += usize::from(!items.records.is_empty());
    }
    // The comparison is of something.
    assert!(apart > 750, "{apart}");
    assert!(differing > 750, "{differing}");
}

#[test]
fn only_plain_lists_are_cut() {
    assert_eq!(
        split("# a\n- a: 1\n\n  b: 2\n- c\n"),
        Some(vec!["- a: 1\n\n  b: 2\n", "- c\n"])
    );
    assert_eq!(split("- R & D\n- a&b\n").map(|items| items.len()), Some(2));
    for whole in [
        "- a\n",
        "a: 1\n",
        "- a: &x 1\n- b: *x\n",
        "- &x a\n- b\n",
        "- [&x a]\n- b\n",
        "%YAML 1.2\n---\n- a\n- b\n",
        "- a\n---\n- b\n",
        "- a\n...\n- b\n",
        "  - a\n  - b\n",
        "- a\r- b\n- c\n",
        "- a\nb: 1\n- c\n",
    ] {
        assert_eq!(split(whole), None, "{whole:?}");
    }
}

#[test]
fn the_first_of_two_records_holds() {
    let (one, two) = ("- id: a\n  name: Un\n", "- id: a\n  name: Deux\n");
    let other = "- id: b\n  name: B\n";
    let found =
        |old: &[&str], new: &[&str]| told(&changes(&[(LIST, &old.concat(), &new.concat())], &[]));
    let reformatted = [format!("Reformatted {LIST}")];
    assert_eq!(found(&[one, other], &[one, other, two]), reformatted);
    assert_eq!(found(&[one, other], &[two, one, other]), ["Changed a name"]);
    assert_eq!(
        found(&[one, two, other], &[two, one, other]),
        ["Changed a name"]
    );
    assert_eq!(found(&[one, two, other], &[two, other]), ["Changed a name"]);
    assert_eq!(found(&[one, two], &[two]), ["Changed a name"]);
}
