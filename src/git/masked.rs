//! E-mail addresses in what people wrote to Git: who is meant stays readable, the address does not.
//!
//! Messages of commits and tags are published, and no setting publishes addresses.

/// A text whose e-mail addresses end at their `@`: `zoe@corp.example` becomes `zoe@…`. What only looks
/// like one (`admin@srv-01`, `checkout@v4.1`) stays.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('@') {
        let (before, after) = rest.split_at(place + 1);
        out.push_str(before);
        let named = before.chars().rev().nth(1).is_some_and(is_of_name);
        let host = host(&after[..end_of_host(after)]);
        rest = match host.filter(|_| named) {
            Some(host) => {
                out.push('…');
                &after[host.len()..]
            }
            None => after,
        };
    }
    out.push_str(rest);
    out
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || "._%+-\"'".contains(letter)
}

fn end_of_host(text: &str) -> usize {
    text.find(|letter: char| !(letter.is_alphanumeric() || letter == '.' || letter == '-'))
        .unwrap_or(text.len())
}

/// The name of a host with a domain at the beginning of a text, without the dot that ends a sentence.
fn host(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', '-']);
    let (_, domain) = text.rsplit_once('.')?;
    let is_domain = domain.chars().count() > 1 && domain.chars().all(char::is_alphabetic);
    is_domain.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn addresses_lose_their_host() {
        for (text, shown) in [
            ("vu avec zoe.martin@corp.example.", "vu avec zoe.martin@…."),
            ("<zoe@corp.example>, karim@é.example", "<zoe@…>, karim@…"),
            ("a@b.example@c.example", "a@…@c.example"),
            (
                "clone git@forge.example:it/parc.git",
                "clone git@…:it/parc.git",
            ),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in [
            "ssh admin@srv-01",
            "actions/checkout@v4.1",
            "https://a.example/@x.y/z",
            "@zoe.martin",
            "fin @",
            "",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
