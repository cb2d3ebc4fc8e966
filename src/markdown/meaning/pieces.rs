//! A body cut at headings where no block can go on and nothing said in one part matters to another:
//! of two versions of a long page, what is the same in both is read once.
//!
//! Cut carefully rather than often: a body with anything that reaches beyond its own block is one
//! piece. What the pieces mean is what the whole means, which a test holds against real pages.

/// What follows the `<` of raw HTML that only its own end ends.
const RAW: [&str; 6] = ["!", "?", "pre", "script", "style", "textarea"];

/// The pieces of a body, in order: the first is what stands before the first heading where a cut is
/// sure (maybe nothing), each other one starts with its heading.
pub(super) fn cut(body: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut fence: Option<&str> = None;
    let mut after_blank = true;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim_end();
        if let Some(mark) = fence {
            if closes(text, mark) {
                fence = None;
            }
        } else if let Some(mark) = opens(text) {
            fence = Some(mark);
        } else if reaches_beyond(line) {
            return vec![body];
        } else if after_blank && is_heading(line) {
            starts.push(at);
        }
        after_blank = text.is_empty();
        at += line.len();
    }
    let ends = starts.iter().skip(1).chain(std::iter::once(&at));
    let pieces = starts.iter().zip(ends);
    pieces.map(|(start, end)| &body[*start..*end]).collect()
}

/// A heading of level 2 to 6 at the margin. After a blank line nothing goes on there but fenced code
/// and some raw HTML.
fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}

/// The sign of a code fence, with its length, where a line starts with it.
fn mark(text: &str) -> Option<&str> {
    let sign = text.chars().next().filter(|sign| "`~".contains(*sign))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    (length >= 3).then(|| &text[..length])
}

/// The fence that a line at the margin opens.
fn opens(text: &str) -> Option<&str> {
    let mark = mark(text)?;
    let is_code = mark.starts_with('`') && text[mark.len()..].contains('`');
    (!is_code).then_some(mark)
}

fn closes(text: &str, opening: &str) -> bool {
    let rest = text.trim_start_matches(' ');
    let indent = text.len() - rest.len();
    indent <= 3 && rest.starts_with(opening) && mark(rest) == Some(rest)
}

/// Whether a line outside fenced code may matter to other blocks: raw HTML that blank lines do not
/// end and blocks of it, comments, definitions of links and notes, line ends of another age, and fences whose own end
/// is not at the margin.
fn reaches_beyond(line: &str) -> bool {
    let raw = line.match_indices('<').any(|(at, _)| {
        let name = &line.as_bytes()[at + 1..];
        RAW.iter().any(|raw| {
            let start = name.get(..raw.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(raw.as_bytes()))
        })
    });
    let within = |letter: char| " >-*+.):".contains(letter) || letter.is_ascii_digit();
    let deep = line.starts_with("    ") || line.starts_with('\t');
    let start = line.trim_start_matches(within);
    let fence = !deep && mark(start).is_some();
    // Until the next blank line, a block of HTML swallows fences.
    let block = start.starts_with('<') && !start.starts_with("<http");
    let signs = ["]:", "[^", "%%", "\r"];
    raw || fence || block || signs.iter().any(|sign| line.contains(sign))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::cut;
    use crate::markdown::meaning::Meanings;
    use crate::markdown::parse;
    use crate::source::SourceFile;

    /// Whether a body means in pieces what it means as a whole; tells whether there were several.
    fn same(meanings: &Meanings, body: &str) -> bool {
        let file = std::sync::Arc::new(SourceFile::new("a.md", body));
        let whole = parse(&file, file.whole());
        let found = meanings.read(body);
        assert_eq!(found.title.as_deref(), whole.title(), "{body}");
        let sections: Vec<_> = found.sections.iter().map(|section| &**section).collect();
        assert_eq!(
            sections,
            whole.meaning().iter().collect::<Vec<_>>(),
            "{body}"
        );
        cut(body).len() > 1
    }

    fn markdown(folder: &Path, found: &mut Vec<String>) {
        let entries = std::fs::read_dir(folder).expect("a folder of the repository");
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                markdown(&path, found);
            } else if name.ends_with(".md") {
                found.extend(std::fs::read_to_string(&path));
            }
        }
    }

    #[test]
    fn real_pages_mean_the_same_in_pieces() {
        let mut pages = Vec::new();
        markdown(Path::new(env!("CARGO_MANIFEST_DIR")), &mut pages);
        let meanings = Meanings::default();
        let cut = pages.iter().filter(|page| same(&meanings, page)).count();
        assert!(cut > 20, "{cut} of {} pages were cut", pages.len());
    }

    #[test]
    fn pages_made_by_chance_do_too() {
        const LINES: [&str; 49] = [
            "",
            "",
            "",
            "",
            "## A",
            "### B",
            "## A",
            "# T",
            "###",
            "##  C ##",
            "texte",
            "==marque==",
            "==ouvre",
            "*em",
            "fin*",
            "```",
            "```sh",
            "~~~~",
            "~~~",
            "    ```",
            "    code",
            "- item",
            "  - sous",
            "1. un",
            "> cite",
            "> ```",
            "| a | b |",
            "|---|---|",
            "| c | `d` |",
            "[ ] x",
            "- [ ] tâche",
            "[lien](b.md)",
            "![[image.png]]",
            "[[page]]",
            "Titre",
            "=====",
            "-----",
            "<https://a.example/>",
            ": définition",
            "terme",
            "<details>",
            "</details>",
            "a <b>gras</b>",
            "<kbd>ouvert",
            "</kbd>",
            "<a id=\"a\"></a>",
            "<nom>",
            "<div>",
            "</div>",
        ];
        let mut seed = 11_u32;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as usize % most
        };
        let meanings = Meanings::default();
        let mut cut = 0;
        for _ in 0..40_000 {
            let lines = (0..5 + next(20)).map(|_| LINES[next(LINES.len())].to_owned() + "\n");
            let body: String = lines.collect();
            cut += usize::from(same(&meanings, &body));
        }
        assert!(cut > 1_000, "{cut}");
    }

    #[test]
    fn a_body_is_cut_where_nothing_goes_on() {
        let pieces = ["# T\n\na\n\n", "## B\n```sh\n\n## c\n```\n\n", "### D\n"];
        assert_eq!(cut(&pieces.concat()), pieces);
        assert_eq!(cut("## A\n"), ["", "## A\n"]);
        // No blank line, no level, no sign of its own.
        for whole in ["a\n## B\n", "a\n\n# B\n", "a\n\n##B\n", "a\n\n ## B\n"] {
            assert_eq!(cut(whole), [whole]);
        }
        for reaching in [
            "<Pre>\n\n## B\n",
            "a[^1]\n\n## B\n",
            "[a]: b\n\n## B\n",
            "%%\n\n## B\n%%\n",
            "- ```\n\n## B\n",
            "   ```\n\n## B\n",
            "<!--\n\n## B\n-->\n",
        ] {
            assert_eq!(cut(reaching), [reaching]);
        }
    }
}
