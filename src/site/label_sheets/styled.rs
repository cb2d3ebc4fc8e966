//! Labels on the site's own pages, where the strict rule about styles holds: lengths stand in one style sheet, a class
//! a format and a class for each length of tag, so that a script changes the format by one class.

use std::fmt::Write as _;

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, RecordId, asset_tags};
use crate::project::decimal;
use crate::site::diagrams::svg::escape;
use crate::site::qr;
use crate::text;

use super::{Format, Sizes};

/// Tags with more letters than this are set as small as can be read in any format.
const LONGEST: usize = 60;

/// A group of labels that begins a page of its own.
pub struct LabelledRoom {
    /// The `id` of its part of the page.
    pub id: String,
    /// What it is called, with how many labels it has.
    pub title: String,
    /// Whose labels, each with where the asset stands in words.
    pub labels: Vec<(RecordId, String)>,
    /// The place of the first on its page, counted from 1.
    pub start: usize,
}

/// The classes of the formats that have a name, and of the one that the site has chosen.
pub fn stylesheet(own: &Format) -> String {
    let mut formats = Format::all();
    if !formats.iter().any(|format| format.name == own.name) {
        formats.push(own.clone());
    }
    let mut out = String::new();
    for format in &formats {
        class(&mut out, format);
    }
    for letters in 1..=LONGEST {
        let _ = writeln!(out, ".n{letters}{{--n:{letters}}}");
    }
    out
}

fn class(out: &mut String, format: &Format) {
    let sizes = Sizes::of(format);
    let class = format.class();
    let lengths = [
        ("page-width", format.page.0),
        ("page-height", format.page.1),
        ("left", format.first.0),
        ("top", format.first.1),
        ("width", format.label.0),
        ("height", format.label.1),
        ("gap", format.step - format.label.0),
        ("edge", sizes.edge),
        ("code", sizes.code),
        ("words", sizes.words),
        ("tag", sizes.largest_tag.max(160)),
        ("name", sizes.name),
        ("organisation", sizes.organisation),
    ];
    let _ = write!(out, ".{class}{{");
    for (name, length) in lengths {
        let _ = write!(out, "--{name}:{}mm;", decimal(length));
    }
    // A box of no lines would still show one.
    let shown = if sizes.organisation_lines == 0 {
        "none"
    } else {
        "-webkit-box"
    };
    let _ = writeln!(
        out,
        "--columns:{};--lines:{};--organisation-lines:{};--organisation-shown:{shown};page:{class}}}",
        format.columns, sizes.name_lines, sizes.organisation_lines,
    );
    let (width, height) = (decimal(format.page.0), decimal(format.page.1));
    let _ = writeln!(out, "@page {class}{{size:{width}mm {height}mm;margin:0}}");
}

/// Writes the sheets of a room under its heading.
pub fn write_room(
    out: &mut String,
    estate: &Estate,
    room: &LabelledRoom,
    format: &Format,
    language: Language,
) {
    let _ = write!(
        out,
        "<section class=\"room\" id=\"{}\"><h2>{}</h2>",
        escape(&room.id),
        escape(&room.title)
    );
    let mut rest = &room.labels[..];
    let mut last = "";
    let mut free = format.count() + 1 - room.start;
    while !rest.is_empty() {
        let (here, later) = rest.split_at(rest.len().min(free));
        out.push_str("\n<div class=\"sheet\">");
        // Places that are used already stay empty.
        for _ in free..format.count() {
            out.push_str("<div class=\"label\"></div>");
        }
        for (id, spot) in here {
            // Said once for those that stand together.
            let spot = (spot != last).then_some(spot.as_str());
            last = spot.unwrap_or(last);
            label(out, estate, (estate.record(*id), spot), language);
        }
        out.push_str("</div>");
        (rest, free) = (later, format.count());
    }
    out.push_str("</section>\n");
}

fn label(
    out: &mut String,
    estate: &Estate,
    (asset, spot): (&Record, Option<&str>),
    language: Language,
) {
    let tag = asset_tags::readable(asset);
    let title = text!("Code QR de {tag}", "QR code of {tag}");
    let spot = spot.map_or_else(String::new, |spot| {
        format!(" data-spot=\"{}\"", escape(spot))
    });
    let _ = write!(
        out,
        "\n<div class=\"label\"{spot}>{}<div class=\"words n{}\"><p class=\"tag\">{}</p><p class=\"name\">{}</p><p class=\"organisation\">{}</p></div></div>",
        qr::svg(&asset_tags::content(estate, asset), title.get(language)),
        tag.chars().count().clamp(1, LONGEST),
        escape(tag),
        escape(&asset.title),
        escape(&estate.config.title),
    );
}

#[cfg(test)]
mod tests {
    use super::super::LETTER;
    use super::*;
    use crate::estate::samples;

    #[test]
    fn a_format_of_the_site_has_a_class_too() {
        let named = stylesheet(&Format::named("L7160").expect("a format"));
        assert_eq!(named.matches("@page ").count(), Format::all().len());
        assert!(named.contains(".label-L7160{--page-width:210mm;--page-height:297mm;--left:7.25mm;--top:15.15mm;--width:63.5mm;--height:38.1mm;--gap:2.5mm;"));
        assert!(named.contains("@page label-62x29{size:62mm 29mm;margin:0}"));
        let own = stylesheet(&Format::named("50,8x25,4").expect("a format"));
        assert!(own.contains(".label-50_8x25_4{--page-width:50.8mm;"));
        assert_eq!(own.matches("@page ").count(), Format::all().len() + 1);
    }

    #[test]
    fn a_room_begins_where_its_sheet_is_free_and_has_no_style_of_its_own() {
        let assets: String = (1..=25).fold(String::new(), |mut all, n| {
            let _ = writeln!(
                all,
                "- {{id: pc-{n}, name: 'P <{n}>', inventory_number: NAC-{n:04}}}"
            );
            all
        });
        let estate = samples::estate(&[("inventory/assets/all.yaml", &assets)]);
        let all = estate.listed("asset");
        let all = all.map(|asset| (asset.id, "Bureau <3>".to_owned()));
        let room = LabelledRoom {
            id: "room-1".to_owned(),
            title: "B12".to_owned(),
            labels: all.collect(),
            start: 5,
        };
        let format = Format::named("L7160").expect("a format");
        let mut out = String::new();
        write_room(&mut out, &estate, &room, &format, Language::Fr);
        let sheets: Vec<&str> = out.split("class=\"sheet\"").skip(1).collect();
        let labels = |sheet: &str| sheet.matches("class=\"label\"").count();
        assert_eq!(out.matches(" data-spot=\"Bureau &lt;3&gt;\"").count(), 1);
        assert_eq!(sheets.len(), 2);
        assert_eq!((labels(sheets[0]), labels(sheets[1])), (21, 8));
        assert!(sheets[0].starts_with(&format!(">{}\n", "<div class=\"label\"></div>".repeat(4))));
        assert!(out.contains(
            "<div class=\"words n8\"><p class=\"tag\">NAC-0001</p><p class=\"name\">P &lt;1&gt;</p>"
        ));
        for wrong in ["style=", "<style", "<script", "http:"] {
            assert!(!out.contains(wrong), "{wrong}");
        }
    }

    #[test]
    fn letters_are_as_large_as_in_the_file_of_the_command() {
        // The style sheet divides by the same width of a letter.
        let sheet = include_str!("../../../themes/default/assets/labels.css");
        let expected = format!("/ (var(--n) * .{LETTER})");
        assert!(sheet.contains(&expected), "{expected}");
    }
}
