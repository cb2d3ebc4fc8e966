//! Whether a value looks like a password, or like a word, an example, or something else that has letters and digits.

use super::reference::is_reference;

/// What examples hold, in small letters.
const EXAMPLES: [&str; 30] = [
    "example",
    "exemple",
    "changeme",
    "change-me",
    "change_me",
    "changez",
    "placeholder",
    "your",
    "votre",
    "xxx",
    "...",
    "\u{2026}",
    "dummy",
    "sample",
    "redacted",
    "masked",
    "masque",
    "insert",
    "replace",
    "remplace",
    "motdepasse",
    "mot-de-passe",
    "mot_de_passe",
    "password",
    "passwd",
    "passphrase",
    "123456",
    "foobar",
    "s3cr3t",
    "secret",
];
/// How names begin that have digits: of algorithms, forms and products.
const NAMES: [&str; 44] = [
    "sha", "md5", "base", "oauth", "aes", "rsa", "utf", "iso", "ipv", "wpa", "802.", "x509",
    "x.509", "rs256", "hs256", "es256", "http", "tls", "ssl", "bcrypt", "argon", "pbkdf", "scrypt",
    "windows", "office", "server", "version", "python", "node", "step", "page", "ed25519", "ecdsa",
    "ntlm", "totp", "fido", "u2f", "pkcs", "k8s", "s3:", "ec2", "0x", "v1", "v2",
];
/// Passwords without a digit that everybody has.
const COMMON: [&str; 16] = [
    "azerty",
    "azertyuiop",
    "qwerty",
    "qwertyuiop",
    "qsdfgh",
    "toto",
    "tototo",
    "soleil",
    "doudou",
    "loulou",
    "chouchou",
    "marseille",
    "letmein",
    "iloveyou",
    "jetaime",
    "bonjour",
];
/// Names that stand in the place of a password in an address.
const WORDS: [&str; 12] = [
    "pass",
    "password",
    "passwd",
    "pwd",
    "pw",
    "secret",
    "token",
    "motdepasse",
    "mdp",
    "key",
    "p",
    "x-oauth-basic",
];
/// The shortest value that is judged, and the longest, in letters.
const SHORTEST: usize = 4;
const LONGEST: usize = 200;
/// Different letters that a token has at least, of a hundred.
const FEWEST_DIFFERENT: usize = 5;

/// Whether a value that a word names is likely to be one.
pub(super) fn is_password(value: &str) -> bool {
    let letters = value.chars().count();
    if !(SHORTEST..=LONGEST).contains(&letters) || !is_open(value) || is_other(value) {
        return false;
    }
    let folded = value.to_lowercase();
    if COMMON.contains(&folded.as_str()) {
        return true;
    }
    let has_letter = value.chars().any(char::is_alphabetic);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let has_sign = value.contains(['!', '@', '#', '$', '%', '^', '&', '*', '+', '=', '~', '?']);
    if !has_letter {
        return (6..=12).contains(&digits) || (digits >= 4 && has_sign);
    }
    let named = NAMES.iter().any(|name| folded.starts_with(name));
    if named && !has_sign {
        return false;
    }
    // `étape2`, `pc12`, `other2`: a word with a number is a name more often.
    let ends_with_number = digits <= 2 && value.ends_with(|last: char| last.is_ascii_digit());
    let is_small = !value.chars().any(char::is_uppercase);
    let is_numbered_word =
        !has_sign && (letters < 6 || (letters < 8 && digits < 2 && ends_with_number && is_small));
    // `user@host`, `a=b`, `C++`: letters alone around one sign are no password.
    let signs = value
        .chars()
        .filter(|letter| !letter.is_alphanumeric())
        .count();
    (digits > 0 && !is_numbered_word)
        || (has_sign && signs > 1 && letters >= 8 && mixes_cases(value))
}

/// Whether a value behind a weaker name is likely to be one: longer, and by chance.
pub(super) fn is_token(value: &str) -> bool {
    let has = |is_of: fn(char) -> bool| value.chars().any(is_of);
    let classes = [
        has(|letter| letter.is_ascii_lowercase()),
        has(|letter| letter.is_ascii_uppercase()),
        has(|letter| letter.is_ascii_digit()),
    ];
    let classes = classes.into_iter().filter(|has| *has).count();
    is_password(value) && value.len() >= 8 && (classes > 2 || value.len() >= 16) && is_random(value)
}

/// Whether letters look as if chance had chosen them: many different ones, and no example's.
pub(super) fn is_random(value: &str) -> bool {
    let mut seen: Vec<char> = value.chars().filter(|letter| *letter != '-').collect();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    let has_number = value.bytes().any(|byte| byte.is_ascii_digit()) || all >= 20;
    let enough = FEWEST_DIFFERENT.max(all.min(40) / 4);
    seen.len() >= enough && has_number && is_open(value) && !runs(value)
}

/// Whether it holds a run of letters or digits as they follow one another (`ABCDEF`, `12345`): only examples do.
fn runs(value: &str) -> bool {
    let bytes: Vec<u8> = value.bytes().filter(|byte| *byte != b'-').collect();
    let follows =
        |pair: &[u8]| pair[1] == pair[0].wrapping_add(1) && pair[1].is_ascii_alphanumeric();
    let same = |pair: &[u8]| pair[1] == pair[0];
    let longest = |joins: &dyn Fn(&[u8]) -> bool| {
        let (mut now, mut most) = (1, 1);
        for pair in bytes.windows(2) {
            now = if joins(pair) { now + 1 } else { 1 };
            most = most.max(now);
        }
        most
    };
    longest(&follows) >= 5 || longest(&same) >= 6
}

/// Whether a value says what it is: no example, no name of a variable, and not where it is kept.
pub(super) fn is_open(value: &str) -> bool {
    let folded = value.to_lowercase();
    let is_example = EXAMPLES.iter().any(|word| folded.contains(word));
    let opens = |letter: char| {
        matches!(
            letter,
            '<' | '>' | '{' | '}' | '[' | ']' | '(' | ')' | '\u{2022}'
        )
    };
    let is_variable = value.starts_with('$')
        && value[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '_')
        || value.starts_with('%') && value.ends_with('%');
    let mut different: Vec<char> = folded
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    different.sort_unstable();
    different.dedup();
    // Stars, and one letter over and over.
    different.len() > 2
        && !is_example
        && !value.contains(opens)
        && !is_variable
        && !is_reference(value)
}

/// Whether it is a name that stands for a password.
pub(super) fn is_word(value: &str) -> bool {
    WORDS.contains(&value.to_lowercase().as_str())
}

/// Whether it is something else with letters and digits: a day, an address, a path, a file, a name of several words.
fn is_other(value: &str) -> bool {
    let bytes = value.as_bytes();
    let all = |is_of: fn(&u8) -> bool| bytes.iter().all(is_of);
    let is_number = all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b'.' | b'/' | b'-' | b':' | b'h' | b',')
    });
    let is_part = |part: &str| !part.is_empty() && part.chars().all(char::is_alphanumeric);
    let separated = is_number && !all(u8::is_ascii_digit);
    let is_path = value.starts_with(['/', '\\', '~', '.'])
        || value.contains("://")
        || value.contains(":\\")
        || value.matches('/').count() > 1;
    let is_mail = value.split_once('@').is_some_and(|(name, host)| {
        is_part(&name.replace(['.', '-', '_'], ""))
            && host.contains('.')
            && host.split('.').all(|part| is_part(&part.replace('-', "")))
    });
    let is_hex_group = all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'-' | b':'))
        && bytes
            .iter()
            .filter(|byte| matches!(byte, b'-' | b':'))
            .count()
            > 3;
    // `20260731220000Z`, as directories write moments.
    let digits = value.trim_end_matches('Z');
    let is_moment = digits.len() > 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_moment || separated || is_path || is_mail || is_hex_group || is_code(value) || is_year(value)
}

/// `Config.password2`, `db_password_1`, `--with-pass2`, `rounds=10`, `to_json#filter:a`: words of programs, joined.
fn is_code(value: &str) -> bool {
    let is_word = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let ends = part.ends_with(|last: char| last.is_ascii_digit());
        let is_number = digits == part.len();
        part.chars().all(char::is_alphanumeric)
            && (digits < 2 || is_number || (digits == 2 && ends))
    };
    let joined = |signs: &[char]| {
        let parts: Vec<&str> = value.split(signs).filter(|part| !part.is_empty()).collect();
        (parts.len(), parts.iter().all(|part| is_word(part)))
    };
    let (parts, are_words) = joined(&['.', '_', '-', ':']);
    let (more, are_more_words) = joined(&['.', '_', '-', ':', '#', '=', '/', '`', '\'']);
    let is_setting = value.split_once('=').is_some_and(|(name, _)| {
        name.len() > 2
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    });
    value.starts_with("--")
        || value.contains("->")
        || value.contains("::")
        || is_setting
        || (parts > 1 && are_words)
        || (more > 3 && are_more_words)
}

fn is_year(value: &str) -> bool {
    value.len() == 4
        && (value.starts_with("19") || value.starts_with("20"))
        && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn mixes_cases(value: &str) -> bool {
    value.chars().any(char::is_lowercase) && value.chars().any(char::is_uppercase)
}
