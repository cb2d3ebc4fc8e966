//! `{{ asset.<field> }}` in procedures: which fields may be filled, and the values an asset has for them.

use crate::diagnostic::Language;
use crate::estate::display::plain;
use crate::estate::{Estate, Record};
use crate::project::Value;
use crate::schema::Field;

/// The kind whose placeholders are filled.
pub const IN: &str = "procedure";

/// The fields of assets that a placeholder may name: all but the secret ones.
pub fn fields(estate: &Estate) -> impl Iterator<Item = &Field> {
    let asset = estate.schema.kind("asset");
    let fields = asset.into_iter().flat_map(|kind| &kind.fields);
    fields.filter(|field| !field.secret)
}

/// The fields that the text of a procedure asks for, in the order of the first time, each once.
pub fn asked<'a>(estate: &'a Estate, procedure: &'a Record) -> Vec<&'a Field> {
    let mut asked: Vec<&Field> = Vec::new();
    if procedure.kind().name != IN {
        return asked;
    }
    let body = procedure.source.body();
    for placeholder in body.into_iter().flat_map(|body| &body.placeholders) {
        let field = fields(estate).find(|field| field.key == placeholder.field);
        asked.extend(field.filter(|field| asked.iter().all(|known| known.key != field.key)));
    }
    asked
}

/// What a link from an asset, or from a record that concerns one asset alone, to a procedure carries
/// after its `#`: the asset, its values for the fields that the procedure asks for, and the ticket it was
/// opened from; `None` when it asks for none and has no steps to tick. All of it percent-encoded.
pub fn fragment(
    estate: &Estate,
    from: &Record,
    procedure: &Record,
    language: Language,
) -> Option<String> {
    let asked = asked(estate, procedure);
    let body = procedure.source.body();
    let is_run = procedure.kind().name == IN && body.is_some_and(|body| body.task_count > 0);
    if asked.is_empty() && !is_run {
        return None;
    }
    let ticket = (is_run && from.kind().name == "ticket")
        .then(|| format!("ticket={}", encoded(&from.source.id)));
    let Some(asset) = only_asset(estate, from) else {
        return ticket;
    };
    // The last part of its address: the page makes the way back of it.
    let name = asset.url.trim_end_matches('/').rsplit('/').next();
    let mut fragment = format!("asset={}", encoded(name.unwrap_or_default()));
    for field in asked {
        let Some((_, value)) = asset.view().get(&field.key) else {
            continue;
        };
        let value = one(estate, (asset, field), value, language);
        if !value.is_empty() {
            fragment.push('&');
            fragment.push_str(&encoded(&field.key));
            fragment.push('=');
            fragment.push_str(&encoded(&value));
        }
    }
    if let Some(ticket) = ticket {
        fragment.push('&');
        fragment.push_str(&ticket);
    }
    Some(fragment)
}

/// The record itself when it is an asset, else the one asset that it names; with several, whose values
/// are meant is for the reader to say.
fn only_asset<'a>(estate: &'a Estate, from: &'a Record) -> Option<&'a Record> {
    if from.kind().name == "asset" {
        return Some(from);
    }
    let mut all = estate.all(from, "assets");
    let first = all.next().filter(|asset| asset.kind().name == "asset")?;
    all.all(|asset| asset.id == first.id).then_some(first)
}

/// The value that fills a hole: of a list the first, because a command takes one address, not several.
fn one(
    estate: &Estate,
    (asset, field): (&Record, &Field),
    value: &Value,
    language: Language,
) -> String {
    match value {
        Value::List(items) => {
            let all = items.iter();
            let mut texts = all.map(|item| plain(estate, asset, field, &item.value, language));
            texts.find(|text| !text.is_empty()).unwrap_or_default()
        }
        _ => plain(estate, asset, field, value, language),
    }
}

/// A value of a query: all but letters, digits and `-._~` of ASCII is percent-encoded.
fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    #[test]
    fn a_link_carries_what_the_procedure_asks_for() {
        let text = "# P\n{{ asset.name }} `{{ asset.ip }}` {{ asset.bitlocker_key }} {{ asset.nom }} \
            {{ asset.room }} {{ asset.name }}\n";
        let asset = "{id: PC 1, name: \"Quai & C°\", ip: [192.0.2.7, 2001:db8::7], serial: S, \
            bitlocker_key: \"123456\"}\n";
        let estate = estate(&[
            ("inventory/assets/a.yaml", asset),
            ("procedures/p.md", text),
            ("procedures/q.md", "# Q\nRien.\n"),
            ("procedures/r.md", "# R\n- [ ] a\n"),
        ]);
        let asset = estate.find("asset", "PC 1").expect("written");
        let from = |id| {
            let procedure = estate.find("procedure", id).expect("written");
            fragment(&estate, asset, procedure, Language::Fr)
        };
        let expected = "asset=pc-1&name=Quai%20%26%20C%C2%B0&ip=192.0.2.7";
        assert_eq!(from("p").as_deref(), Some(expected));
        assert_eq!(from("q"), None);
        assert_eq!(from("r").as_deref(), Some("asset=pc-1"));
    }

    #[test]
    fn a_link_from_a_ticket_names_it() {
        let estate = estate(&[
            ("inventory/assets/a.yaml", "{id: PC 1, name: A}\n"),
            (
                "inventory/tickets/t.yaml",
                "- {id: INC 1, title: T, opened: 2026-11-02, assets: [PC 1]}\n- {id: INC 2, title: U, opened: 2026-11-02}\n",
            ),
            ("procedures/r.md", "# R\n- [ ] a\n"),
        ]);
        let procedure = estate.find("procedure", "r").expect("written");
        let from = |id| {
            let ticket = estate.find("ticket", id).expect("written");
            fragment(&estate, ticket, procedure, Language::Fr)
        };
        assert_eq!(from("INC 1").as_deref(), Some("asset=pc-1&ticket=INC%201"));
        assert_eq!(from("INC 2").as_deref(), Some("ticket=INC%202"));
    }
}
