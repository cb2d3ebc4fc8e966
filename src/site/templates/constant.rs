//! What every page of a language prints alike, put into the templates once: `{{ "key" | label }}` and
//! `{{ <icon name="x" /> }}`. A page prints some fifty of them, and a large site has a hundred thousand pages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Tera};

use crate::site::labels::Labels;

/// Prints what needs no page.
pub(super) struct Constants {
    tera: Tera,
}

impl Constants {
    /// The labels, and the icons of `components.html`.
    pub fn new(labels: &Arc<Labels>, templates: &BTreeMap<&str, &str>) -> Self {
        const COMPONENTS: &str = "components.html";
        let mut tera = super::engine(labels);
        if let Some(text) = templates.get(COMPONENTS) {
            // A site's own components may not compile: then icons stay where they are, and the error is told.
            let _ = tera.add_raw_template(COMPONENTS, text);
        }
        Self { tera }
    }

    /// A template with its constants written out. What is not known stays, and is told when it is rendered.
    pub fn fold<'t>(&mut self, template: &'t str) -> Cow<'t, str> {
        let mut out = String::new();
        let mut rest = template;
        while let Some(start) = rest.find("{{ ") {
            let (before, expression) = rest.split_at(start);
            let end = expression
                .find("}}")
                .map_or(expression.len(), |end| end + 2);
            let (expression, after) = expression.split_at(end);
            out.push_str(before);
            match self.constant(expression) {
                Some(constant) => out.push_str(&constant),
                None => out.push_str(expression),
            }
            rest = after;
        }
        if out.is_empty() {
            return Cow::Borrowed(template);
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// What an expression prints if it is a word or an icon.
    fn constant(&mut self, expression: &str) -> Option<String> {
        let is_plain = |name: &str| {
            let mut letters = name.bytes();
            letters.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let inner = expression.strip_prefix("{{ ")?.strip_suffix(" }}")?;
        let between = |start: &str, end: &str| inner.strip_prefix(start)?.strip_suffix(end);
        between("\"", "\" | label")
            .or_else(|| between("<icon name=\"", "\" />"))
            .filter(|name| is_plain(name))?;
        let printed = self.tera.render_str(expression, &Context::new(), true);
        // Text that the engine would read as its own stays with the engine.
        let is_text = |text: &String| !["{{", "{%", "{#"].iter().any(|sign| text.contains(sign));
        printed.ok().filter(is_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn words_and_icons_are_written_out_and_the_rest_stays() {
        let labels = Labels::read(
            Language::Fr,
            &[(
                "fr.yaml",
                "skip: \"Aller à <l’essentiel>\"\nodd: \"a {{ b\"\n",
            )],
        );
        let labels = Arc::new(labels.expect("labels"));
        let components =
            "{%- component icon(name: string) -%}<svg id=\"{{ name }}\"/>{%- endcomponent icon -%}";
        let templates = BTreeMap::from([("components.html", components)]);
        let mut constants = Constants::new(&labels, &templates);
        for (template, folded) in [
            (
                "<a>{{ \"skip\" | label }}</a>",
                "<a>Aller à &lt;l’essentiel&gt;</a>",
            ),
            ("{{ <icon name=\"menu\" /> }}", "<svg id=\"menu\"/>"),
            ("{{ \"none\" | label }}", "{{ \"none\" | label }}"),
            ("{{ \"odd\" | label }}", "{{ \"odd\" | label }}"),
            ("{{- \"skip\" | label -}}", "{{- \"skip\" | label -}}"),
            ("{{ \"skip\" | label(n=2) }}", "{{ \"skip\" | label(n=2) }}"),
            (
                "{{ title }} {{ \"skip\" | label }",
                "{{ title }} {{ \"skip\" | label }",
            ),
            ("{{ <icon name={title} /> }}", "{{ <icon name={title} /> }}"),
            ("{{ ", "{{ "),
        ] {
            assert_eq!(constants.fold(template), folded);
        }
    }
}
