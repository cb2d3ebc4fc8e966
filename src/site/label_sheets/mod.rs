//! Sheets of labels to print: one file with its style inside, no script and nothing from elsewhere, in exact
//! millimetres. It is no page of the site, so the site's strict rule about styles does not hold for it.

mod styled;

use std::fmt::Write as _;

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, RecordId, asset_tags};
use crate::history::named_line;
pub use crate::project::LabelFormat as Format;
use crate::project::decimal;
use crate::site::diagrams::svg::escape;
use crate::site::qr;
use crate::text;

pub(super) use styled::{LabelledRoom, stylesheet, write_room};

/// A code needs no more than this to be read at arm's length, in hundredths of a millimetre.
const LARGEST_CODE: u32 = 3000;
/// Below this height a label has room for the code and one line of a name.
const LOW: u32 = 1500;
/// From this height on a name has three lines, and the organisation two.
const HIGH: u32 = 2600;
/// Four dots at 300 dpi, in hundredths of a millimetre.
const SMALLEST_DOT: u32 = 34;
/// The width of a letter of the typewriter face, in hundredths of its size, with a little to spare.
const LETTER: u32 = 62;

/// The sizes of what is on a label, in hundredths of a millimetre.
struct Sizes {
    /// Paper left white at the label's edges: cutters and printers are a little off.
    edge: u32,
    code: u32,
    /// The width left for words.
    words: u32,
    largest_tag: u32,
    name: u32,
    name_lines: u32,
    organisation: u32,
    /// None on a low label.
    organisation_lines: u32,
}

impl Sizes {
    fn of(format: &Format) -> Self {
        let (width, height) = format.label;
        let edge = if height < LOW { 50 } else { 100 };
        let code = (height - 2 * edge).min(width * 45 / 100).min(LARGEST_CODE);
        Self {
            edge,
            code,
            words: width - code - 3 * edge,
            largest_tag: (height * 22 / 100).min(600),
            name: (height / 10).clamp(170, 320),
            name_lines: 1 + u32::from(height >= LOW) + u32::from(height >= HIGH),
            organisation: (height * 8 / 100).clamp(150, 260),
            organisation_lines: u32::from(height >= LOW) + u32::from(height >= HIGH),
        }
    }

    /// The size of letters with which a tag fills one line; the smallest that is readable for a very long one, which
    /// then breaks.
    fn tag(&self, tag: &str) -> u32 {
        let letters = u32::try_from(tag.chars().count()).unwrap_or(u32::MAX);
        let fitting = (self.words * 100) / letters.saturating_mul(LETTER).max(1);
        fitting.clamp(160, self.largest_tag.max(160))
    }
}

/// How many pages some labels take when the first goes on a place of the first page, counted from 1.
pub fn pages(format: &Format, labels: usize, start: usize) -> usize {
    (labels + start - 1).div_ceil(format.count())
}

/// The side of the smallest dots among the codes of some labels, in hundredths of a millimetre, when it is less than
/// telephones read well from paper: four dots of a printer of 300 dpi, which the makers of the code advise (Denso Wave).
pub fn too_small(estate: &Estate, assets: &[RecordId], format: &Format) -> Option<u32> {
    let contents = assets
        .iter()
        .map(|id| asset_tags::content(estate, estate.record(*id)));
    let longest = contents.max_by_key(String::len)?;
    let modules = u32::try_from(qr::width(&longest)?).ok()?;
    let side = Sizes::of(format).code / modules;
    (side < SMALLEST_DOT).then_some(side)
}

/// What tells that a file of labels was made here: it may be written again.
pub const MARK: &str = "<meta name=\"generator\" content=\"Carnet labels\">";
/// The mark stands within so many bytes from the beginning.
pub const MARK_WITHIN: usize = 512;

/// The file that prints labels of assets, the first on the place `start` of the first page, counted from 1 along the
/// rows.
pub fn file(
    estate: &Estate,
    assets: &[RecordId],
    format: &Format,
    start: usize,
    language: Language,
) -> String {
    let title = text!("Étiquettes", "Labels");
    let title = format!("{} – {}", title.get(language), estate.config.title);
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{MARK}\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n\
         <p class=\"hint\">{}</p>\n",
        language.code(),
        escape(&title),
        style(format),
        escape(hint(format, assets.len(), start).get(language)),
    );
    let sizes = Sizes::of(format);
    let mut place = start - 1;
    let mut rest = assets;
    while !rest.is_empty() {
        let (here, later) = rest.split_at(rest.len().min(format.count() - place));
        out.push_str("<section>\n");
        for (number, id) in here.iter().enumerate() {
            let at = format.place(place + number);
            label(&mut out, estate, estate.record(*id), (at, &sizes), language);
        }
        out.push_str("</section>\n");
        (rest, place) = (later, 0);
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// What the screen says above the sheets, and paper does not.
fn hint(format: &Format, labels: usize, start: usize) -> crate::diagnostic::Text {
    let (name, pages) = (&format.name, pages(format, labels, start));
    let (width, height) = (decimal(format.label.0), decimal(format.label.1));
    let (fr_width, fr_height) = (width.replace('.', ","), height.replace('.', ","));
    text!(
        "Format {name} ({fr_width} × {fr_height} mm) ; étiquettes : {labels} ; pages : {pages}. Imprimez à 100 %, sans marge, sans en-tête ni mise à l’échelle, et d’abord sur papier ordinaire.",
        "Format {name} ({width} × {height} mm); labels: {labels}; pages: {pages}. Print at 100%, with no margins, headers or scaling, and on plain paper first."
    )
}

/// The style of a format: the page, the label, and the words on it.
fn style(format: &Format) -> String {
    let sizes = Sizes::of(format);
    let mm = |length: u32| format!("{}mm", decimal(length));
    let (page_width, page_height) = (mm(format.page.0), mm(format.page.1));
    let (width, height) = (mm(format.label.0), mm(format.label.1));
    let (edge, code, words) = (mm(sizes.edge), mm(sizes.code), mm(sizes.words));
    let (name, organisation) = (mm(sizes.name), mm(sizes.organisation));
    let (lines, organisation_lines) = (sizes.name_lines, sizes.organisation_lines);
    // A box of no lines would still show one.
    let shown = if organisation_lines == 0 {
        "none"
    } else {
        "-webkit-box"
    };
    format!(
        "@page{{size:{page_width} {page_height};margin:0}}\n\
         *{{box-sizing:border-box;margin:0;padding:0}}\n\
         body{{background:#fff;color:#000;font-family:Arial,Helvetica,sans-serif}}\n\
         section{{position:relative;width:{page_width};height:{page_height};overflow:hidden;break-after:page}}\n\
         section:last-child{{break-after:auto}}\n\
         .label{{position:absolute;width:{width};height:{height};padding:{edge};overflow:hidden;display:flex;align-items:center;gap:{edge}}}\n\
         .qr{{flex:none;width:{code};height:{code}}}\n\
         .words{{width:{words};max-height:100%;overflow:hidden;line-height:1.15}}\n\
         .tag{{font-family:Consolas,\"DejaVu Sans Mono\",\"Liberation Mono\",monospace;font-weight:bold;overflow-wrap:anywhere}}\n\
         .name,.organisation{{display:-webkit-box;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}}\n\
         .name{{font-size:{name};-webkit-line-clamp:{lines}}}\n\
         .organisation{{display:{shown};font-size:{organisation};-webkit-line-clamp:{organisation_lines}}}\n\
         @media screen{{.hint{{padding:4mm;font-size:4mm;line-height:1.4;background:#eee}}section{{margin:4mm;outline:.2mm solid #888}}.label{{outline:.1mm dashed #aaa}}}}\n\
         @media print{{.hint{{display:none}}}}\n"
    )
}

/// A label: where it stands on its page, its code, and what people read.
fn label(
    out: &mut String,
    estate: &Estate,
    asset: &Record,
    (at, sizes): ((u32, u32), &Sizes),
    language: Language,
) {
    let tag = asset_tags::readable(asset);
    let title = text!("Code QR de {tag}", "QR code of {tag}");
    let _ = writeln!(
        out,
        "<div class=\"label\" style=\"left:{}mm;top:{}mm\">{}<div class=\"words\"><p class=\"tag\" style=\"font-size:{}mm\">{}</p>\
         <p class=\"name\">{}</p><p class=\"organisation\">{}</p></div></div>",
        decimal(at.0),
        decimal(at.1),
        qr::svg(&asset_tags::content(estate, asset), title.get(language)),
        decimal(sizes.tag(tag)),
        escape(&named_line(tag)),
        escape(&named_line(&asset.title)),
        escape(&named_line(&estate.config.title)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples;

    fn estate() -> Estate {
        let mut assets = String::new();
        for n in 1..=25 {
            let _ = writeln!(
                assets,
                "- {{id: pc-{n}, name: Poste <{n}>, inventory_number: NAC-{n:04}}}"
            );
        }
        samples::estate(&[("inventory/assets/all.yaml", &assets)])
    }

    fn printed(format: &str, start: usize) -> String {
        let estate = estate();
        let assets: Vec<RecordId> = estate.listed("asset").map(|asset| asset.id).collect();
        let format = Format::named(format).expect("a format");
        file(&estate, &assets, &format, start, Language::Fr)
    }

    #[test]
    fn labels_fill_pages_and_leave_out_what_is_used() {
        let whole = printed("L7160", 1);
        assert_eq!(whole.matches("<section>").count(), 2);
        assert_eq!(whole.matches("class=\"label\"").count(), 25);
        let first = |text: &str| {
            text.split("class=\"label\" ")
                .nth(1)
                .map(|it| it[..32].to_owned())
        };
        assert_eq!(
            first(&whole).as_deref(),
            Some("style=\"left:7.25mm;top:15.15mm\">")
        );
        // The fifth place is the second of the second row.
        let used = printed("L7160", 5);
        assert!(first(&used).is_some_and(|it| it.contains("left:73.25mm;top:53.25mm")));
        // 17 are left on the first page, 8 go on the second, which begins at its upper left.
        let second = used.split("<section>").nth(2).expect("a second page");
        assert_eq!(second.matches("class=\"label\"").count(), 8);
        assert!(second.contains("left:7.25mm;top:15.15mm"));
        assert_eq!(pages(&Format::named("L7160").expect("a format"), 25, 18), 2);
        assert_eq!(pages(&Format::named("L7160").expect("a format"), 25, 19), 3);
    }

    #[test]
    fn dots_that_are_too_small_are_known() {
        let mut estate = estate();
        estate.config.base_url = Some("https://intranet.parc.example/informatique/parc".to_owned());
        let assets: Vec<RecordId> = estate.listed("asset").map(|asset| asset.id).collect();
        let of = |name: &str| too_small(&estate, &assets, &Format::named(name).expect("a format"));
        assert_eq!(of("L7651"), None);
        assert_eq!(of("25x10"), Some(21), "9 mm for 33 dots and 4 on each side");
    }

    #[test]
    fn nothing_comes_from_elsewhere_and_names_are_text() {
        let page = printed("62x29", 1);
        assert_eq!(page.matches("<section>").count(), 25);
        assert!(page.contains("@page{size:62mm 29mm;margin:0}"));
        assert!(page.contains("Poste &lt;25&gt;"));
        for wrong in ["<script", "http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_stands_on_a_label_fits_in_it() {
        for format in Format::all().into_iter().chain(Format::named("25x10")) {
            let sizes = Sizes::of(&format);
            let (width, height) = format.label;
            assert!(sizes.code >= 800, "{}: a code that is read", format.name);
            assert_eq!(sizes.code + sizes.words + 3 * sizes.edge, width);
            let tag = sizes.tag("NAC-2026-0123");
            assert!(
                tag * 13 * 60 / 100 <= sizes.words || tag == 160,
                "{}",
                format.name
            );
            let words =
                tag + sizes.name_lines * sizes.name + sizes.organisation_lines * sizes.organisation;
            assert!(
                words * 115 / 100 <= height - 2 * sizes.edge,
                "{}",
                format.name
            );
        }
    }
}
