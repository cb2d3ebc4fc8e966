//! Forty questions that an IT manager asks, each answered by one page, one file or one ready query of the
//! example, and compared with what a person worked out from the YAML. The questions, the reasoning and the
//! answers are `tests/manager_questions/questions.txt`; the manual's list is held to the same file.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;

use std::fs;
use std::path::Path;

use carnet::database::{Cell, Database, READY};
use carnet::pipeline::Build;

/// How many an issue of the project promised.
const PROMISED: usize = 40;

/// Where an answer is found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Query(String),
    Csv(String),
    Page(String),
    Awaits,
}

/// A question of the file, as written.
#[derive(Debug)]
struct Question {
    number: usize,
    french: String,
    english: String,
    hand: String,
    source: Source,
    /// The page where a person reads it, within the site.
    at: Option<String>,
    conditions: String,
    show: String,
    count: Option<usize>,
    lines: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// The questions of the file, in its order.
fn questions() -> Vec<Question> {
    let text = read("tests/manager_questions/questions.txt");
    let blocks = text.split("\n\n").map(str::trim);
    let blocks = blocks.filter(|block| block.starts_with(|first: char| first.is_ascii_digit()));
    blocks.map(question).collect()
}

fn question(block: &str) -> Question {
    let mut lines = block.lines();
    let (number, french) = lines
        .next()
        .and_then(|line| line.split_once(". "))
        .expect("a number and a question");
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        if let Some(more) = line.strip_prefix("  ") {
            fields.last_mut().expect("a field above").1.push(more);
        } else {
            let (key, words) = line.split_once(':').expect("key: words");
            fields.push((key, vec![words.trim()]));
        }
    }
    let of = |key: &str| fields.iter().find(|(own, _)| *own == key);
    let words = |key: &str| of(key).map(|(_, words)| words.join(" ").trim().to_owned());
    let source = [
        words("query").map(Source::Query),
        words("csv").map(Source::Csv),
        words("page").map(Source::Page),
        words("awaits").map(|_| Source::Awaits),
    ];
    let known = "en hand query csv page awaits at where show count rows says";
    let unknown = fields
        .iter()
        .find(|(key, _)| !known.split(' ').any(|word| word == *key));
    assert_eq!(unknown, None, "question {number}");
    Question {
        number: number.parse().expect("a number"),
        french: french.to_owned(),
        english: words("en").expect("an English question"),
        hand: words("hand").unwrap_or_default(),
        source: source
            .into_iter()
            .flatten()
            .next()
            .expect("where it is answered"),
        at: words("at"),
        conditions: words("where").unwrap_or_default(),
        show: words("show").unwrap_or_default(),
        count: words("count").map(|count| count.parse().expect("a number")),
        lines: expected(of("rows").or_else(|| of("says")).map(|(_, lines)| lines)),
    }
}

/// The lines under `rows:` or `says:`; none for `rows: none`.
fn expected(lines: Option<&Vec<&str>>) -> Vec<String> {
    let Some((first, rest)) = lines.and_then(|lines| lines.split_first()) else {
        return Vec::new();
    };
    assert!(
        *first == "none" && rest.is_empty() || first.is_empty() && !rest.is_empty(),
        "either rows or none: {lines:?}"
    );
    rest.iter().map(|line| tidied(line)).collect()
}

/// One line of text with plain spaces and hyphens, so that the file can be typed.
fn tidied(line: &str) -> String {
    let plain = line
        .replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
        .replace('’', "'");
    let plain = plain.replace('\u{2011}', "-");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names of columns, and rows.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn asked(database: &mut Database, name: &str) -> Table {
    let ready = READY.iter().find(|ready| ready.name == name);
    let sql = ready.unwrap_or_else(|| panic!("no ready query {name}")).sql;
    let answer = database.ask(sql).expect("an answer");
    Table {
        columns: answer.columns,
        rows: answer
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::text).collect())
            .collect(),
    }
}

fn downloaded(build: &Build, path: &str) -> Table {
    let mut rows = csv_rows(&rendered(build, path)).into_iter();
    Table {
        columns: rows.next().expect("a heading"),
        rows: rows.collect(),
    }
}

fn rendered(build: &Build, path: &str) -> String {
    match build.render(path) {
        Some(Ok(bytes)) => String::from_utf8(bytes).expect("UTF-8"),
        Some(Err(told)) => panic!("{path}: {:?}", told.message),
        None => panic!("no page {path}"),
    }
}

/// The rows of a CSV file (RFC 4180).
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for character in text.trim_start_matches('\u{feff}').chars() {
        let row = rows.last_mut().expect("never empty");
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => row.last_mut().expect("never empty").push(other),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

impl Table {
    fn column(&self, name: &str) -> usize {
        let found = self.columns.iter().position(|column| column == name);
        found.unwrap_or_else(|| panic!("no column {name} in {:?}", self.columns))
    }

    /// Whether a row meets conditions such as `a = x | y ; b ~ z`.
    fn meets(&self, row: &[String], conditions: &str) -> bool {
        let mut conditions = conditions.split(" ; ").filter(|one| !one.is_empty());
        conditions.all(|condition| {
            let signs = [" != ", " = ", " ~ "];
            let found = signs.iter().find_map(|sign| {
                let (name, wanted) = condition.split_once(sign)?;
                Some((*sign, name.trim(), wanted))
            });
            let (sign, name, wanted) = found.expect("a = x, a != x or a ~ x");
            let cell = &row[self.column(name)];
            let mut wanted = wanted.split(" | ").map(str::trim);
            match sign {
                " ~ " => wanted.any(|word| cell.contains(word)),
                " = " => wanted.any(|word| cell == word),
                _ => wanted.all(|word| cell != word),
            }
        })
    }

    /// The rows that meet the conditions, each told in one line with the columns shown.
    fn told(&self, question: &Question) -> Vec<String> {
        let shown: Vec<usize> = match question.show.as_str() {
            "" => (0..self.columns.len()).collect(),
            names => names.split(", ").map(|name| self.column(name)).collect(),
        };
        let rows = self.rows.iter();
        let rows = rows.filter(|row| self.meets(row, &question.conditions));
        rows.map(|row| {
            let cells: Vec<&str> = shown.iter().map(|column| row[*column].as_str()).collect();
            tidied(&cells.join(" | "))
        })
        .collect()
    }
}

/// The text of a page's main part, a line for each run of text between tags.
fn readable(html: &str) -> Vec<String> {
    let main = html.split_once("<main").expect("a main part").1;
    let main = main.split_once("</main>").expect("its end").0;
    // What is only kept on one line is no run of its own.
    let mut kept = main.split("<span class=\"unbroken\">");
    let first = kept.next().unwrap_or_default().to_owned();
    let main = kept.fold(first, |text, piece| {
        text + &piece.replacen("</span>", "", 1)
    });
    let mut lines = Vec::new();
    for piece in main.split('<').skip(1) {
        let Some((_, text)) = piece.split_once('>') else {
            continue;
        };
        let entities = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
        ];
        let text = entities
            .iter()
            .fold(text.to_owned(), |text, (entity, character)| {
                text.replace(entity, character)
            });
        let line = tidied(&text.replace("&amp;", "&"));
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// Whether the lines say the expected ones: those between two `…` stand together, in their order.
fn says(lines: &[String], expected: &[String]) -> bool {
    let mut from = 0;
    expected.split(|line| line == "…").all(|wanted| {
        let found = (from..=lines.len().saturating_sub(wanted.len()))
            .find(|start| lines[*start..].starts_with(wanted));
        from = found.map_or(from, |start| start + wanted.len());
        found.is_some()
    })
}

/// What differs from the file; `None` where the answer is the expected one.
fn difference(build: &Build, database: &mut Database, question: &Question) -> Option<String> {
    let table = match &question.source {
        Source::Awaits => return None,
        Source::Query(name) => asked(database, name),
        Source::Csv(path) => downloaded(build, path),
        Source::Page(path) => {
            let lines = readable(&rendered(build, &format!("{path}index.html")));
            let is_said = says(&lines, &question.lines);
            return (!is_said).then(|| format!("{path} does not say {:#?}", question.lines));
        }
    };
    let told = table.told(question);
    let count = table.rows.len();
    let is_same = told == question.lines && question.count.is_none_or(|wanted| wanted == count);
    (!is_same).then(|| format!("{count} rows:\n  {}", told.join("\n  ")))
}

#[test]
fn every_question_has_the_answer_worked_out_by_hand() {
    let build = building::build(root());
    let mut database = Database::of(&build.estate);
    let differ: Vec<String> = questions()
        .iter()
        .filter_map(|question| {
            let told = difference(&build, &mut database, question)?;
            Some(format!(
                "{}. {}\n{told}\n",
                question.number, question.french
            ))
        })
        .collect();
    assert!(differ.is_empty(), "\n{}", differ.join("\n"));
}

#[test]
fn there_are_forty_and_each_tells_how_it_was_worked_out() {
    let questions = questions();
    let answered = questions
        .iter()
        .filter(|question| question.source != Source::Awaits);
    let answered: Vec<&Question> = answered.collect();
    assert!(
        answered.len() >= PROMISED,
        "{} are answered",
        answered.len()
    );
    for (question, number) in questions.iter().zip(1..) {
        assert_eq!(question.number, number, "numbered in order");
    }
    for question in answered {
        assert!(
            question.hand.len() > 40,
            "{}: no reasoning",
            question.number
        );
    }
}

#[test]
fn a_wrong_answer_is_seen() {
    let build = building::build(root());
    let mut database = Database::of(&build.estate);
    for question in questions() {
        if question.source == Source::Awaits {
            continue;
        }
        let mut wrong = question;
        wrong.lines.push("nobody | 0".to_owned());
        assert!(
            difference(&build, &mut database, &wrong).is_some(),
            "{}",
            wrong.number
        );
    }
}

/// The manual's line for a question.
fn line_of_manual(question: &Question, text: &str, awaited: &str) -> String {
    let number = question.number;
    match &question.source {
        Source::Query(name) => {
            format!("{number}. [{text}](/data/questions/{name}/) `carnet query {name}`")
        }
        Source::Page(path) => {
            let at = question.at.as_deref().unwrap_or(path);
            format!("{number}. [{text}](/{at})")
        }
        Source::Csv(path) => {
            let at = question.at.as_deref().expect("a file has its page");
            format!("{number}. [{text}](/{at}) `{path}`")
        }
        Source::Awaits => format!("{number}. {text} *{awaited}*"),
    }
}

#[test]
fn the_manual_lists_the_same_questions() {
    let questions = questions();
    let french: Vec<String> = questions
        .iter()
        .map(|question| line_of_manual(question, &question.french, "pas encore"))
        .collect();
    let english: Vec<String> = questions
        .iter()
        .map(|question| line_of_manual(question, &question.english, "not yet"))
        .collect();
    for (path, expected) in [
        ("content/manuel/questions-du-responsable.md", french),
        ("content/manuel/questions-du-responsable.en.md", english),
    ] {
        let text = read(path);
        let listed = text.lines().map(tidied);
        let listed = listed.filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
        let expected: Vec<String> = expected.iter().map(|line| tidied(line)).collect();
        assert_eq!(listed.collect::<Vec<_>>(), expected, "{path}");
    }
}
