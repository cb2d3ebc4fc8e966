//! Words that mean the same on a site (`pc = poste = ordinateur`, from `carnet.yaml`). They are added where a
//! document is indexed, not where somebody searches: so a query reads no byte more, and both engines agree.

use std::collections::BTreeMap;

use super::tokens::{is_stop_word, stem, tokens, words};

/// The stems that follow a first word, and the terms to add.
type Rule = (Vec<String>, Vec<String>);

/// What to add where a word or a row of words stands.
#[derive(Debug, Default)]
pub struct Synonyms {
    /// By the stem of a first word.
    rules: BTreeMap<String, Vec<Rule>>,
}

impl Synonyms {
    /// From groups of words or rows of words that mean the same.
    pub fn new(groups: &[Vec<String>]) -> Self {
        let mut rules: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
        for group in groups {
            for (place, member) in group.iter().enumerate() {
                let mut row = stems(member);
                if row.is_empty() {
                    continue;
                }
                let others = group
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != place);
                let added = others
                    .flat_map(|(_, other)| tokens(other))
                    .filter(|token| !is_stop_word(token))
                    .collect();
                let first = row.remove(0);
                rules.entry(first).or_default().push((row, added));
            }
        }
        Self { rules }
    }

    /// The terms to add to a text.
    pub fn of(&self, text: &str) -> Vec<&str> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let row = stems(text);
        let mut added = Vec::new();
        for (place, first) in row.iter().enumerate() {
            for (rest, terms) in self.rules.get(first).into_iter().flatten() {
                if row[place + 1..].starts_with(rest) {
                    added.extend(terms.iter().map(String::as_str));
                }
            }
        }
        added
    }
}

/// The stems of a text's words, in order.
fn stems(text: &str) -> Vec<String> {
    words(text)
        .iter()
        .filter_map(|word| Some(stem(word.forms.last()?).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_rows_of_words_have_synonyms() {
        let group = |words: [&str; 2]| words.map(str::to_owned).to_vec();
        let synonyms = Synonyms::new(&[group(["PC", "poste"]), group(["mdp", "mot de passe"])]);
        assert_eq!(synonyms.of("Les postes du siège"), ["pc"]);
        assert_eq!(synonyms.of("Changer de MDP"), ["mot", "passe"]);
        assert_eq!(synonyms.of("Le mot de passe d’un PC"), ["mdp", "poste"]);
        assert_eq!(synonyms.of("Un mot"), [""; 0]);
    }
}
