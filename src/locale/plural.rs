//! Which form of a word goes with a number, by the rules of Unicode's CLDR: `n = 1`, or for Polish
//! `n = 1 | n % 10 = 2..4 and n % 100 != 12..14`. One condition a form, in order; the last form has none.

/// The conditions of all forms but the last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PluralRule {
    /// Of each form: one of these must hold.
    forms: Vec<Vec<Vec<Relation>>>,
}

/// `n % 100 != 12..14`: whether a number, or what is left of it, is among some.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Relation {
    modulus: Option<u128>,
    is_among: bool,
    ranges: Vec<(u128, u128)>,
}

/// English: the first form for 1 alone.
impl Default for PluralRule {
    fn default() -> Self {
        Self::read("n = 1").expect("a rule")
    }
}

impl PluralRule {
    /// Reads a rule; `None` for what is none.
    pub fn read(text: &str) -> Option<Self> {
        let form = |text: &str| -> Option<Vec<Vec<Relation>>> {
            text.split(" or ")
                .map(|all| all.split(" and ").map(relation).collect())
                .collect()
        };
        let forms = text.split('|').map(form).collect::<Option<_>>()?;
        Some(Self { forms })
    }

    /// The place of a number's form, from 0.
    pub fn form(&self, number: u128) -> usize {
        let holds = |form: &Vec<Vec<Relation>>| {
            let mut any = form.iter();
            any.any(|all| all.iter().all(|relation| relation.holds(number)))
        };
        let first = self.forms.iter().position(holds);
        first.unwrap_or(self.forms.len())
    }

    /// How many forms there are.
    pub fn count(&self) -> usize {
        self.forms.len() + 1
    }

    /// The form of a number among some; the last where a text has fewer.
    pub fn choose<'t>(&self, forms: &[&'t str], number: u128) -> &'t str {
        let last = forms.len().saturating_sub(1);
        forms
            .get(self.form(number).min(last))
            .copied()
            .unwrap_or_default()
    }
}

impl Relation {
    fn holds(&self, number: u128) -> bool {
        let number = self.modulus.map_or(number, |modulus| number % modulus);
        let mut ranges = self.ranges.iter();
        ranges.any(|(from, to)| (*from..=*to).contains(&number)) == self.is_among
    }
}

fn relation(text: &str) -> Option<Relation> {
    let (left, right, is_among) = match text.split_once("!=") {
        Some((left, right)) => (left, right, false),
        None => text
            .split_once('=')
            .map(|(left, right)| (left, right, true))?,
    };
    let left = left.trim().strip_prefix('n')?.trim();
    let modulus = match left.strip_prefix('%') {
        Some(modulus) => Some(modulus.trim().parse().ok().filter(|modulus| *modulus > 0)?),
        None if left.is_empty() => None,
        None => return None,
    };
    let range = |text: &str| -> Option<(u128, u128)> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
    };
    Some(Relation {
        modulus,
        is_among,
        ranges: right.split(',').map(range).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::PluralRule;

    /// Sources: CLDR, Language Plural Rules, of integers.
    #[test]
    fn forms_follow_the_rules_of_cldr() {
        let forms = |rule: &str, numbers: &[u128]| -> Vec<usize> {
            let rule = PluralRule::read(rule).expect("a rule");
            numbers.iter().map(|number| rule.form(*number)).collect()
        };
        assert_eq!(forms("n = 1", &[0, 1, 2]), [1, 0, 1]);
        assert_eq!(forms("n = 0,1", &[0, 1, 2]), [0, 0, 1]);
        let polish = "n = 1 | n % 10 = 2..4 and n % 100 != 12..14";
        assert_eq!(forms(polish, &[1, 2, 5, 12, 22, 112]), [0, 1, 2, 2, 1, 2]);
        let slovenian = "n%100=1|n%100=2|n%100=3..4";
        assert_eq!(forms(slovenian, &[101, 2, 3, 5]), [0, 1, 2, 3]);
        assert_eq!(forms("n = 1 or n % 10 = 5", &[15, 1, 2]), [0, 0, 1]);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "1",
            "n",
            "n = x",
            "n % 0 = 1",
            "m = 1",
            "n = 1 |",
            "n = 1 and",
        ] {
            assert_eq!(PluralRule::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_with_too_few_forms_gives_its_last() {
        let rule = PluralRule::read("n = 1 | n = 2").expect("a rule");
        assert_eq!(rule.choose(&["a", "b"], 7), "b");
        assert_eq!(rule.choose(&[], 7), "");
    }
}
