//! Tags of languages (BCP 47): a language, and if need be a script and a region.

/// A tag in its usual case (`PT-br` → `pt-BR`); `None` for what is no tag of a language of two or three
/// letters, with a script of four letters and a region of two letters or three digits at most.
pub fn tag(written: &str) -> Option<String> {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = written.split('-').peekable();
    let language = parts.next()?;
    if !(2..=3).contains(&language.len()) || !letters(language) {
        return None;
    }
    let mut tag = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|part| part.len() == 4 && letters(part)) {
        let (first, rest) = script.split_at(1);
        tag.push('-');
        tag.push_str(&first.to_ascii_uppercase());
        tag.push_str(&rest.to_ascii_lowercase());
    }
    let digits = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_region = |part: &&str| part.len() == 2 && letters(part) || digits(part);
    if let Some(region) = parts.next_if(is_region) {
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    parts.next().is_none().then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn tags_take_their_usual_case() {
        for (written, expected) in [
            ("DE", Some("de")),
            ("gsw", Some("gsw")),
            ("PT-br", Some("pt-BR")),
            ("ZH-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("d", None),
            ("deutsch", None),
            ("de_DE", None),
            ("de-", None),
            ("de-x", None),
            ("de-DE-1996", None),
            ("", None),
        ] {
            assert_eq!(tag(written).as_deref(), expected, "{written}");
        }
    }
}
