//! What a record's author is told: each mistake in the words of its field.

use crate::diagnostic::nearest::{did_you_mean, meant};
use crate::diagnostic::{Diagnostic, Language, Mend, Rule, Text};
use crate::format;
use crate::project::reader::{Purpose, RecordReader, Refusal};
use crate::project::rules::{CUT_VALUE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use crate::project::scalar::{describe, looks_like_date, meant_choice, nearest_choices};
use crate::schema::{Field, Type};
use crate::secrets::{is_reference, plain_secret};
use crate::source::{Span, TextRange};
use crate::text;
use crate::yaml::{DUPLICATE_KEY, Node, Shape};

impl RecordReader<'_> {
    pub(super) fn report_without_id(&mut self, start: TextRange) {
        let help = text!(
            "ajoutez `id: …` à cette fiche de la liste",
            "add `id: …` to this record of the list"
        );
        let message = text!("il manque `id`", "`id` is missing");
        self.report(MISSING_FIELD, start, message, Some(help));
    }

    pub(super) fn report_no_key(&mut self, range: TextRange) {
        let message = text!(
            "une clé est un mot suivi de `:`",
            "a key is a word followed by `:`"
        );
        self.report(WRONG_TYPE, range, message, None);
    }

    /// Tells of a plain text that a ` #` cut short (`Poste #12` is `Poste`). A comment proper has a
    /// space after its `#`.
    pub(super) fn check_cut(&mut self, node: &Node) {
        if !matches!(&node.shape, Shape::Scalar { plain: true, .. }) {
            return;
        }
        let rest = &self.source.text[node.range.end as usize..];
        let line = rest.split('\n').next().unwrap_or_default();
        let comment = line.trim_start();
        let mut letters = comment.chars();
        let is_cut =
            letters.next() == Some('#') && letters.next().is_some_and(char::is_alphanumeric);
        if is_cut && comment.len() < line.len() {
            let start = node.range.end as usize + line.len() - comment.len();
            let range = TextRange::new(start, start + comment.trim_end().len());
            let message = text!(
                "la valeur s’arrête avant ce `#` : YAML prend la suite pour un commentaire",
                "the value ends before this `#`: YAML takes the rest for a comment"
            );
            let help = text!(
                "mettez la valeur entre guillemets, ou une espace après le `#` d’un commentaire",
                "quote the value, or put a space after the `#` of a comment"
            );
            self.report(CUT_VALUE, range, message, Some(help));
        }
    }

    pub(super) fn report_wrong_type(&mut self, node: &Node, field: &Field) {
        let (expected, mut help) = describe(&field.value);
        let (fr, en) = (&expected.fr, &expected.en);
        let key = &field.key;
        let message = match &node.shape {
            _ if field.fields().iter().any(|part| part.secret) => {
                text!("`{key}` attend {fr}", "`{key}` expects {en}")
            }
            Shape::Scalar { text, .. } => {
                let shown: String = text.chars().take(60).collect();
                if let Type::Enumeration(choices) = &field.value {
                    help = nearest_choices(choices, text).unwrap_or(help);
                }
                if field.value == Type::Date && looks_like_date(text.trim()) {
                    help = text!(
                        "ce jour n’existe pas dans le calendrier",
                        "there is no such day in the calendar"
                    );
                }
                text!(
                    "`{key}` attend {fr}, pas `{shown}`",
                    "`{key}` expects {en}, not `{shown}`"
                )
            }
            Shape::Sequence(_) if !field.list => {
                help = text!("gardez une seule valeur", "keep one value");
                text!(
                    "`{key}` attend {fr}, pas une liste",
                    "`{key}` expects {en}, not a list"
                )
            }
            Shape::Sequence(_) => text!(
                "`{key}` attend {fr}, pas une liste de listes",
                "`{key}` expects {en}, not a list of lists"
            ),
            Shape::Mapping(_) => {
                text!(
                    "`{key}` attend {fr}, pas des clés",
                    "`{key}` expects {en}, not keys"
                )
            }
        };
        let span = Span::new(self.source, self.first_line(node));
        let mend = match (&field.value, node.text()) {
            (Type::Enumeration(choices), Some(text)) => meant_choice(choices, text.trim())
                .and_then(|choice| Mend::of_word(&span, text.trim(), choice)),
            _ => None,
        };
        let diagnostic = Diagnostic::at(WRONG_TYPE, span, message).help(help);
        self.diagnostics.push(diagnostic.mended_by(mend));
    }

    /// Tells of a secret field that holds a value in the place of where it is kept. What is no text is hidden for another
    /// reason.
    pub(super) fn check_kept(&mut self, node: &Node, field: &Field) {
        let is_text = matches!(field.value, Type::Text);
        let says_where = |node: &Node| node.is_empty() || node.text().is_some_and(is_reference);
        let is_kept = match &node.shape {
            Shape::Sequence(items) => items.iter().all(says_where),
            _ => says_where(node),
        };
        if is_text && !is_kept && self.purpose == Purpose::Site {
            let found = plain_secret(Span::new(self.source, node.range));
            self.diagnostics.push(found);
        }
    }

    /// Tells of a value that a secret field holds too, by an anchor and an alias.
    pub(super) fn report_shared(&mut self, node: &Node) {
        let message = text!(
            "un champ secret partage cette valeur par un alias\u{a0}: elle n’est pas publiée",
            "a secret field shares this value by an alias: it is not published"
        );
        let help = text!(
            "écrivez ici une autre valeur, sans `&` ni `*`",
            "write another value here, without `&` or `*`"
        );
        let range = self.first_line(node);
        self.report(WRONG_TYPE, range, message, Some(help));
    }

    /// Tells of a number that is too small or too large for its field.
    pub(super) fn report_refused(&mut self, node: &Node, field: &Field, refusal: Refusal) {
        let (key, written) = (&field.key, node.text().unwrap_or_default());
        let shown: String = written.chars().take(60).collect();
        let (message, help) = match refusal {
            Refusal::Negative => (
                text!(
                    "`{key}` ne peut pas être négatif, or `{shown}` l’est",
                    "`{key}` cannot be negative, and `{shown}` is"
                ),
                text!(
                    "écrivez zéro ou plus, sans signe",
                    "write zero or more, without a sign"
                ),
            ),
            Refusal::NotPositive => (
                text!(
                    "`{key}` doit être plus grand que zéro, et `{shown}` ne l’est pas",
                    "`{key}` has to be more than zero, and `{shown}` is not"
                ),
                text!(
                    "écrivez plus que zéro, ou enlevez la ligne si la valeur est inconnue",
                    "write more than zero, or remove the line where the value is unknown"
                ),
            ),
            Refusal::Beyond(bound) => {
                let (fr, en) = [Language::Fr, Language::En]
                    .map(|language| format::integer(bound, language))
                    .into();
                (
                    text!(
                        "`{key}` est trop grand\u{a0}: `{shown}`",
                        "`{key}` is too large: `{shown}`"
                    ),
                    text!(
                        "au plus {fr}, de part et d’autre de zéro",
                        "at most {en}, on either side of zero"
                    ),
                )
            }
        };
        let range = self.first_line(node);
        self.report(WRONG_TYPE, range, message, Some(help));
    }

    /// Where a value is pointed at: one over several lines by its first.
    fn first_line(&self, node: &Node) -> TextRange {
        let place = self.source.place(node.range.start);
        let line_end =
            self.source.line_start(place.line) as usize + self.source.line(place.line).len();
        TextRange {
            start: node.range.start,
            end: node
                .range
                .end
                .min(u32::try_from(line_end).unwrap_or(u32::MAX)),
        }
    }

    pub(super) fn report_unknown(
        &mut self,
        range: TextRange,
        name: &str,
        fields: &[Field],
        part: bool,
    ) {
        let (fr, en) = (
            &self.location.kind.labels.fr.to_lowercase(),
            &self.location.kind.labels.en.to_lowercase(),
        );
        let message = if part {
            text!(
                "il n’y a pas de champ `{name}` ici",
                "there is no field `{name}` here"
            )
        } else {
            text!(
                "le genre « {fr} » n’a pas de champ `{name}`",
                "{en} has no field `{name}`"
            )
        };
        let own = (!part).then_some(["id", "audience"]).into_iter().flatten();
        let names = fields
            .iter()
            .flat_map(|field| [field.key.as_str(), &field.labels.fr])
            .chain(own);
        let span = Span::new(self.source, range);
        let meant = meant(name, names.clone());
        let mend = meant.and_then(|meant| Mend::of_word(&span, name, meant));
        let diagnostic = Diagnostic::at(UNKNOWN_FIELD, span, message);
        let help = did_you_mean(name, names);
        self.diagnostics
            .push(diagnostic.maybe_help(help).mended_by(mend));
    }

    pub(super) fn report_twice(&mut self, field: &Field, first: TextRange, second: TextRange) {
        if self.source.slice(first) == self.source.slice(second) {
            return; // The reader of YAML has said so.
        }
        let key = &field.key;
        let message = text!(
            "le champ `{key}` est écrit deux fois",
            "field `{key}` is written twice"
        );
        let diagnostic = Diagnostic::at(DUPLICATE_KEY, Span::new(self.source, second), message)
            .note(
                Span::new(self.source, first),
                text!("déjà écrit ici", "first written here"),
            );
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn report(
        &mut self,
        rule: Rule,
        range: TextRange,
        message: Text,
        help: Option<Text>,
    ) {
        let span = Span::new(self.source, range);
        self.diagnostics
            .push(Diagnostic::at(rule, span, message).maybe_help(help));
    }
}
