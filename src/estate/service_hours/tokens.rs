//! The words of opening hours, in French or English: days, times, and what joins them.

use crate::fold::fold;

/// A part of a text of opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A weekday, from Monday (0).
    Day(usize),
    /// Saturday and Sunday.
    Weekend,
    /// From Monday to Friday.
    Workdays,
    /// Every day of the week, public holidays included.
    EveryDay,
    /// Public holidays.
    Holidays,
    /// A time, in minutes from midnight, up to 24 h.
    Time(i32),
    /// From midnight to midnight.
    AllDay,
    /// No hour at all.
    Closed,
    /// From one to another.
    To,
    /// `,`, `;`, `et`.
    And,
}

/// The days by their names and short forms, folded.
const DAYS: [(&str, usize); 28] = [
    ("lundi", 0),
    ("lun", 0),
    ("monday", 0),
    ("mon", 0),
    ("mardi", 1),
    ("mar", 1),
    ("tuesday", 1),
    ("tue", 1),
    ("mercredi", 2),
    ("mer", 2),
    ("wednesday", 2),
    ("wed", 2),
    ("jeudi", 3),
    ("jeu", 3),
    ("thursday", 3),
    ("thu", 3),
    ("vendredi", 4),
    ("ven", 4),
    ("friday", 4),
    ("fri", 4),
    ("samedi", 5),
    ("sam", 5),
    ("saturday", 5),
    ("sat", 5),
    ("dimanche", 6),
    ("dim", 6),
    ("sunday", 6),
    ("sun", 6),
];

/// Forms of several words or signs, folded and without spaces around signs, with what they mean.
const PHRASES: [(&str, &[Token]); 27] = [
    ("24 h/24", &[Token::AllDay]),
    ("24h/24", &[Token::AllDay]),
    ("24 h sur 24", &[Token::AllDay]),
    ("24h sur 24", &[Token::AllDay]),
    ("24 heures sur 24", &[Token::AllDay]),
    ("24/24", &[Token::AllDay]),
    ("h24", &[Token::AllDay]),
    ("24 hours", &[Token::AllDay]),
    ("all day", &[Token::AllDay]),
    ("24/7", &[Token::EveryDay, Token::AllDay]),
    ("24x7", &[Token::EveryDay, Token::AllDay]),
    ("7 j/7", &[Token::EveryDay]),
    ("7j/7", &[Token::EveryDay]),
    ("7 jours sur 7", &[Token::EveryDay]),
    ("7/7", &[Token::EveryDay]),
    ("tous les jours", &[Token::EveryDay]),
    ("every day", &[Token::EveryDay]),
    ("daily", &[Token::EveryDay]),
    ("jours feries", &[Token::Holidays]),
    ("jour ferie", &[Token::Holidays]),
    ("public holidays", &[Token::Holidays]),
    ("bank holidays", &[Token::Holidays]),
    ("jours ouvres", &[Token::Workdays]),
    ("week-ends", &[Token::Weekend]),
    ("week-end", &[Token::Weekend]),
    ("weekends", &[Token::Weekend]),
    ("weekend", &[Token::Weekend]),
];

/// Words that add nothing: `du lundi au vendredi`, `de 8 h à 18 h`.
const SILENT: [&str; 12] = [
    "de", "du", "des", "d", "le", "les", "la", "l", "from", "the", "on", "puis",
];

/// Reads the words of a text; an unknown one is the error, as written (folded).
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let folded: String = fold(text)
        .chars()
        .map(|letter| match letter {
            '–' | '—' | '‑' | '−' | '→' => '-',
            '\u{a0}' | '\u{202f}' | '\t' | '\n' => ' ',
            _ => letter,
        })
        .collect();
    let folded = folded.replace(" /", "/").replace("/ ", "/");
    let mut tokens = Vec::new();
    let mut rest = folded.trim_start();
    while !rest.is_empty() {
        rest = next(rest, &mut tokens)?.trim_start();
    }
    Ok(tokens)
}

/// Reads one word, and gives what follows it.
fn next<'a>(rest: &'a str, tokens: &mut Vec<Token>) -> Result<&'a str, String> {
    let phrase = PHRASES.iter().find_map(|(phrase, meaning)| {
        let after = rest.strip_prefix(phrase)?;
        let ends = !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == ':');
        ends.then_some((after, meaning))
    });
    if let Some((after, meaning)) = phrase {
        tokens.extend_from_slice(meaning);
        return Ok(after);
    }
    if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        let (minute, after) = time(rest).ok_or_else(|| word(rest).to_owned())?;
        tokens.push(Token::Time(minute));
        return Ok(after);
    }
    if rest.starts_with(char::is_alphabetic) {
        let length = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let (name, after) = rest.split_at(length);
        if !SILENT.contains(&name) {
            tokens.push(meaning(name).ok_or_else(|| name.to_owned())?);
        }
        // A short form may end with a point: `lun.-ven.`
        return Ok(after.strip_prefix('.').unwrap_or(after));
    }
    let sign = rest.chars().next().unwrap_or_default();
    match sign {
        '-' => tokens.push(Token::To),
        ',' | ';' | '&' | '+' => tokens.push(Token::And),
        ':' | '\'' | '(' | ')' => {}
        _ => return Err(sign.to_string()),
    }
    Ok(&rest[sign.len_utf8()..])
}

/// What one word means; `None` when it is not known.
fn meaning(name: &str) -> Option<Token> {
    if let Some((_, day)) = DAYS.iter().find(|(known, _)| *known == name) {
        return Some(Token::Day(*day));
    }
    Some(match name {
        "a" | "au" | "aux" | "to" | "until" | "jusqu" => Token::To,
        "et" | "and" => Token::And,
        "feries" | "ferie" | "holidays" => Token::Holidays,
        "ferme" | "fermes" | "fermee" | "closed" => Token::Closed,
        "midi" | "noon" => Token::Time(12 * 60),
        "minuit" | "midnight" => Token::Time(24 * 60),
        "weekdays" => Token::Workdays,
        _ => return None,
    })
}

/// Reads a time: `8`, `8h`, `8 h 30`, `08:30`, `8h30`, up to `24:00`.
fn time(text: &str) -> Option<(i32, &str)> {
    let (hours, rest) = number(text)?;
    let spaced = rest.trim_start_matches(' ');
    let sign = spaced.strip_prefix(':').or_else(|| {
        let after = spaced.strip_prefix('h')?;
        let after = after
            .strip_prefix("eures")
            .or(after.strip_prefix("eure"))
            .unwrap_or(after);
        (!after.starts_with(char::is_alphabetic)).then_some(after)
    });
    let (minutes, rest) = match sign {
        None => (0, rest),
        Some(after) => match number(after.trim_start_matches(' ')) {
            Some((minutes, rest)) => (minutes, rest),
            None => (0, after),
        },
    };
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= 24 * 60).then_some((minute, rest))
}

/// One or two digits.
fn number(text: &str) -> Option<(i32, &str)> {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, rest) = text.split_at(length);
    ((1..=2).contains(&length))
        .then(|| digits.parse().ok())
        .flatten()
        .map(|number| (number, rest))
}

/// The first word of a text, to quote it.
fn word(text: &str) -> &str {
    text.split([' ', ',', ';']).next().unwrap_or(text)
}
