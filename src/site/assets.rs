//! Files of the theme under `_carnet/`, each with the hash of its content in its name, so that a
//! browser may keep it for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Language;
use crate::digest;
use crate::project::{Accent, Config};
use crate::site::context::AssetNames;
use crate::site::labels::Labels;
use crate::site::templates::{self, Templates};
use crate::site::{label_sheets, offline, pages};

/// What the dialog of the search says: labels, by the key that its script has for them.
const SEARCH_WORDS: [(&str, &str); 27] = [
    ("all", "search-all"),
    ("close", "close"),
    ("error", "search-error"),
    ("for", "search-for"),
    ("forget", "search-forget"),
    ("kept", "offline-list"),
    ("keys-close", "search-keys-close"),
    ("keys-move", "search-keys-move"),
    ("keys-open", "search-keys-open"),
    ("label", "search-label"),
    ("loading", "search-loading"),
    ("many", "search-many"),
    ("missing", "search-missing"),
    ("more", "search-more"),
    ("network", "search-network"),
    ("no-value", "search-no-value"),
    ("none", "search-none"),
    ("one", "search-one"),
    ("partial", "search-partial"),
    ("placeholder", "search-placeholder"),
    ("plain", "search-plain"),
    ("recent", "search-recent"),
    ("results", "search-results"),
    ("slash", "search-slash"),
    ("title", "search"),
    ("unknown", "search-unknown"),
    ("values", "search-values"),
];

/// The theme as it is published.
pub(super) struct Assets {
    /// Its files by output path.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// The names that the templates of each language use.
    pub names: BTreeMap<Language, AssetNames>,
}

/// The theme of a site. One that opens without a server reads its search by one script more, and the lengths of the
/// site's labels stand after their style.
pub(super) fn assets(
    overrides: &BTreeMap<String, Arc<[u8]>>,
    config: &Config,
    logo: Option<Logo>,
    languages: &BTreeMap<Language, Arc<Templates>>,
) -> Assets {
    let mut files = of_theme(overrides);
    if let Some(sheet) = files.get_mut("labels.css") {
        let lengths = label_sheets::stylesheet(&config.labels.format);
        *sheet = [&**sheet, lengths.as_bytes()].concat().into();
    }
    let mut outputs = worker(&mut files, config);
    join_style(&mut files);
    let logo = add_appearance(&mut files, config, logo);
    let dialog = files.remove("search.js").unwrap_or_default();
    let mut names = BTreeMap::new();
    for (name, bytes) in files {
        let hashed = hashed_name(&name, &bytes);
        outputs.insert(format!("_carnet/{hashed}"), bytes);
        names.insert(name, hashed);
    }
    let mut take = |name: &str| names.remove(name).unwrap_or_default();
    let reader = Some(take("search-offline.js")).filter(|_| config.offline);
    let engine = take("search-engine.js");
    // A site without a server reads everything at once: its scripts do not travel.
    let at_once = config.offline.then(|| engine.clone());
    let names = AssetNames {
        style: take("style.css"),
        script: take("carnet.js"),
        search: reader.into_iter().chain(at_once).collect(),
        search_engine: engine,
        search_page: take("search-page.js"),
        history: take("history.js"),
        placeholders: take("placeholders.js"),
        run: take("run.js"),
        prose: take("prose.js"),
        visits: take("visits.js"),
        on_call: take("on-call.js"),
        offline: take("offline.js"),
        labels: take("labels.js"),
        labels_style: take("labels.css"),
        tags: take("tags.js"),
        table: take("table.js"),
        sort: take("sort.js"),
        theme: take("theme.js"),
        favicon: take("favicon.svg"),
        logo: logo.map(|name| take(&name)),
    };
    let mut all = BTreeMap::new();
    for (language, templates) in languages {
        let mut own = names.clone();
        let words = search_words(templates.labels(), &own.search_engine, config);
        let script: Arc<[u8]> = [words.as_bytes(), &*dialog].concat().into();
        let hashed = hashed_name(&format!("search.{}.js", language.code()), &script);
        outputs.insert(format!("_carnet/{hashed}"), script);
        own.search.push(hashed);
        all.insert(*language, own);
    }
    Assets {
        files: outputs,
        names: all,
    }
}

/// The worker that keeps pages, at the root and without a hash: what it answers for lies below its own address, which
/// must stay the same. Takes from the theme what a site with a server, or one without, has no use for.
fn worker(files: &mut BTreeMap<String, Arc<[u8]>>, config: &Config) -> BTreeMap<String, Arc<[u8]>> {
    let worker = files.remove(offline::WORKER);
    if config.offline {
        files.remove("offline.js");
        return BTreeMap::new();
    }
    files.remove("search-offline.js");
    let outputs = worker.map(|worker| (offline::WORKER.to_owned(), worker));
    outputs.into_iter().collect()
}

/// The picture in the place of the site's name.
pub(super) struct Logo {
    /// `svg` or `png`.
    pub extension: &'static str,
    pub bytes: Arc<[u8]>,
}

/// Adds what the site says of its looks; the name of the logo among the files.
fn add_appearance(
    files: &mut BTreeMap<String, Arc<[u8]>>,
    config: &Config,
    logo: Option<Logo>,
) -> Option<String> {
    if let Some(accent) = config.appearance.accent
        && let Some(sheet) = files.get_mut("style.css")
    {
        *sheet = [&**sheet, accent_rule(accent).as_bytes()].concat().into();
    }
    let logo = logo?;
    let name = format!("logo.{}", logo.extension);
    files.insert(name.clone(), logo.bytes);
    Some(name)
}

/// The site's own accent, after all sheets, the ones of its theme included.
fn accent_rule(accent: Accent) -> String {
    let [light, dark] = accent.colours;
    let [wash, dark_wash] = accent.washes;
    format!(
        ":root{{--accent:light-dark({light},{dark});--accent-wash:light-dark({wash},{dark_wash})}}\n"
    )
}

/// The files of the default theme with a site's own over them, by name without a hash.
fn of_theme(overrides: &BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Arc<[u8]>> {
    let mut files: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    for asset in templates::assets() {
        let own = overrides.get(&format!("assets/{}", asset.name));
        let own = own.filter(|own| ***own != *asset.bytes);
        let bytes = match own {
            Some(own) => Arc::clone(own),
            None if is_script(&asset.name) => without_comments(asset.bytes).into(),
            None if is_style(&asset.name) => compact_style(asset.bytes).into(),
            None => asset.bytes.into(),
        };
        files.insert(asset.name, bytes);
    }
    for (name, bytes) in overrides {
        if let Some(name) = name.strip_prefix("assets/") {
            let bytes = || Arc::clone(bytes);
            files.entry(name.to_owned()).or_insert_with(bytes);
        }
    }
    files
}

/// What the script of the search's dialog needs to know, in front of it: said once a language rather than on each page.
fn search_words(labels: &Labels, engine: &str, config: &Config) -> String {
    let language = labels.language();
    let mut words: BTreeMap<&str, &str> = SEARCH_WORDS
        .into_iter()
        .map(|(key, label)| (key, labels.get(label).unwrap_or(label)))
        .collect();
    let page = pages::search::address(config, language);
    words.insert("engine", engine);
    words.insert("language", language.code());
    words.insert("page", &page);
    if config.offline {
        words.insert("offline", "yes");
    }
    let words = serde_json::to_string(&words).expect("texts are JSON");
    format!("(globalThis.carnetSearch||={{}}).words={words};\n")
}

fn is_script(name: &str) -> bool {
    has_extension(name, "js")
}

fn is_style(name: &str) -> bool {
    has_extension(name, "css")
}

fn has_extension(name: &str, expected: &str) -> bool {
    let parts = name.rsplit_once('.');
    parts.is_some_and(|(_, extension)| extension == expected)
}

/// A script of the default theme as it is published: its comment lines, its indentation and the ends of lines where
/// nothing can be left out are for those who change it, and would be a seventh of what every reader loads.
fn without_comments(script: &[u8]) -> Vec<u8> {
    let mut lines = script
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty() && !line.starts_with(b"//"))
        .peekable();
    let mut published = Vec::with_capacity(script.len());
    while let Some(line) = lines.next() {
        published.extend_from_slice(line);
        // Behind a comment the line must end; else a statement goes on where no other could begin.
        let has_comment = line.windows(2).any(|pair| pair == b"//");
        let goes_on = line.last().is_some_and(|byte| b";{,([".contains(byte));
        let next = lines.peek().and_then(|next| next.first());
        let is_gone_on_with = next.is_some_and(|byte| b"})].?:&|".contains(byte));
        if has_comment || !(goes_on || is_gone_on_with) {
            published.push(b'\n');
        }
    }
    published
}

/// A sheet of the default theme as it is published, without comments and what spaces part nothing. No
/// string of it holds what looks like a comment.
fn compact_style(sheet: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(sheet);
    let mut parts = text.split("/*");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("*/").map_or("", |(_, after)| after));
    }
    // What stands between quotation marks is kept as it is; no string of the theme holds an escaped one.
    let pieces = kept.trim().split('"').enumerate();
    let pieces = pieces.map(|(place, piece)| match place % 2 {
        0 => without_spaces(piece),
        _ => piece.to_owned(),
    });
    let mut compact = pieces.collect::<Vec<_>>().join("\"");
    compact.push('\n');
    compact.into()
}

/// A piece of a sheet without the spaces that part nothing, and without the last semicolon of a rule.
fn without_spaces(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    for char in piece.chars() {
        match char {
            char if char.is_ascii_whitespace() => {
                if !out.ends_with([' ', '{', '}', ';', ',', ':', '>']) {
                    out.push(' ');
                }
                continue;
            }
            '{' | '}' | ';' | '>' if out.ends_with(' ') => {
                out.pop();
            }
            _ => {}
        }
        if char == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(char);
    }
    out
}

/// The style is written in several sheets and read in one piece, that of diagrams last: a second file would be a second
/// request, and compresses worse. A site may replace single sheets, or all but the last. Mermaid's pictures have theirs
/// in a program that draws them.
fn join_style(files: &mut BTreeMap<String, Arc<[u8]>>) {
    let sheets: Vec<String> = files
        .keys()
        .filter(|name| name.starts_with("style/"))
        .cloned()
        .collect();
    let parts: Vec<Arc<[u8]>> = sheets
        .iter()
        .filter_map(|name| files.remove(name))
        .collect();
    let own = files.remove("style.css");
    let mermaid = files.remove("mermaid.css");
    let mermaid = mermaid.filter(|_| cfg!(feature = "mermaid"));
    let last = [files.remove("diagrams.css"), mermaid];
    let parts = own.map_or(parts, |own| vec![own]);
    let all: Vec<Arc<[u8]>> = parts
        .into_iter()
        .chain(last.into_iter().flatten())
        .collect();
    files.insert("style.css".to_owned(), Arc::from(all.concat()));
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = digest::short(bytes, 4);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_published_without_comments() {
        let sheet =
            b"/* Why,\n   in two lines. */\n.a {\n  color: red; /* how */\n}\n\n.b > i, b :is(u) { c: \" , \" ; }\n";
        let published = compact_style(sheet);
        assert_eq!(
            String::from_utf8_lossy(&published),
            ".a{color:red}.b>i,b :is(u){c:\" , \"}\n"
        );
    }

    #[test]
    fn a_page_has_one_sheet_and_the_one_of_diagrams_is_its_end() {
        let sheets = |names: &[&str]| {
            let files = names
                .iter()
                .map(|name| ((*name).to_owned(), name.as_bytes().into()));
            let mut files = files.collect();
            join_style(&mut files);
            let names: Vec<String> = files.keys().cloned().collect();
            assert_eq!(names, ["style.css"]);
            String::from_utf8_lossy(&files["style.css"]).into_owned()
        };
        assert_eq!(
            sheets(&["diagrams.css", "style/1.css", "style/9-ours.css"]),
            "style/1.cssstyle/9-ours.cssdiagrams.css"
        );
        assert_eq!(
            sheets(&["diagrams.css", "style.css", "style/1.css"]),
            "style.cssdiagrams.css"
        );
    }

    #[test]
    fn comments_and_indentation_are_not_published() {
        let script = b"// Why.\nconst a = 1;\n\n  // How.\n  use(a); // kept\n";
        assert_eq!(without_comments(script), b"const a = 1;use(a); // kept\n");
        let script = b"if (a) {\n  use(a); // kept;\n  use(a,\n    b)\n}\n";
        assert_eq!(
            without_comments(script),
            b"if (a) {use(a); // kept;\nuse(a,b)}\n"
        );
    }

    #[test]
    fn the_dialog_of_the_search_has_its_words() {
        let search = templates::assets().into_iter();
        let search = search.filter(|asset| asset.name == "search.js");
        let script = search.map(|asset| String::from_utf8_lossy(asset.bytes).into_owned());
        let script: String = script.collect();
        let mut asked: Vec<&str> = script
            .split("say(")
            .skip(1)
            .flat_map(|call| {
                let arguments = call.split(')').next().unwrap_or_default();
                arguments.split('"').skip(1).step_by(2)
            })
            .filter(|key| key.starts_with(char::is_alphabetic))
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let known: Vec<&str> = SEARCH_WORDS.iter().map(|(key, _)| *key).collect();
        assert_eq!(asked, known);
    }

    /// Else a text over several lines would lose its indentation.
    #[test]
    fn no_text_of_a_script_goes_over_lines() {
        for asset in templates::assets() {
            let text = String::from_utf8_lossy(asset.bytes);
            let odd = |line: &str| line.matches('`').count() % 2 == 1;
            let line = text.lines().find(|line| odd(line));
            assert!(!is_script(&asset.name) || line.is_none(), "{line:?}");
        }
    }
}
