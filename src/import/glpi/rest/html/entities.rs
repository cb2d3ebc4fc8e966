//! Named and numbered characters of HTML: those that editors of French and English texts write.

/// Names of characters, as HTML has them.
#[rustfmt::skip]
const NAMES: [(&str, char); 56] = [
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}'),
    ("eacute", 'é'), ("egrave", 'è'), ("ecirc", 'ê'), ("euml", 'ë'), ("agrave", 'à'), ("acirc", 'â'),
    ("auml", 'ä'), ("aacute", 'á'), ("ccedil", 'ç'), ("icirc", 'î'), ("iuml", 'ï'), ("iacute", 'í'),
    ("ocirc", 'ô'), ("ouml", 'ö'), ("oacute", 'ó'), ("ucirc", 'û'), ("ugrave", 'ù'), ("uuml", 'ü'),
    ("uacute", 'ú'), ("ntilde", 'ñ'), ("oelig", 'œ'), ("aelig", 'æ'), ("szlig", 'ß'), ("Eacute", 'É'),
    ("Egrave", 'È'), ("Ecirc", 'Ê'), ("Agrave", 'À'), ("Acirc", 'Â'), ("Ccedil", 'Ç'), ("Icirc", 'Î'),
    ("Ocirc", 'Ô'), ("Ucirc", 'Û'), ("OElig", 'Œ'), ("laquo", '«'), ("raquo", '»'), ("rsquo", '’'),
    ("lsquo", '‘'), ("ldquo", '“'), ("rdquo", '”'), ("hellip", '…'), ("ndash", '–'), ("mdash", '—'),
    ("deg", '°'), ("euro", '€'), ("pound", '£'), ("times", '×'), ("middot", '·'), ("bull", '•'),
    ("rarr", '→'), ("larr", '←'),
];

/// The character of an entity, without `&` and `;`.
pub(super) fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let found = NAMES.iter().find(|(own, _)| *own == name);
        return found.map(|(_, letter)| *letter);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?).filter(|letter| *letter != '\0')
}
