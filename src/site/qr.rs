//! QR codes as drawings: one path, no style, a quiet zone around. The only home of the encoder.

use std::fmt::Write as _;

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, QrResult, bits, ec};

use crate::site::context::Html;
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;

/// Empty modules on each side (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// How much of a code may be unreadable: a seventh of the label may be scratched.
const CORRECTION: EcLevel = EcLevel::M;

/// The one mask that is laid over every code. A reader takes any of the eight, as the code says which; trying them
/// all costs 46 times as much (347 µs against 7.5), for a penalty (ISO/IEC 18004, 7.8.3) of 687 instead of 707 on
/// 2,000 addresses of records, where the other seven fixed ones have 788 to 868.
const MASK: MaskPattern = MaskPattern::VerticalLines;

/// The code of a text as an `<svg>` of the class `qr`; empty when the text is longer than any code.
/// The page gives it a white ground, so that it is read in the dark theme.
pub(super) fn svg(content: &str, title: &str) -> String {
    let Ok(code) = encode(content) else {
        return String::new();
    };
    let size = code.width + 2 * QUIET;
    let mut out = String::with_capacity(2048);
    let _ = write!(
        out,
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" shape-rendering=\"crispEdges\"><title>{}</title><path stroke=\"#000\" d=\"{}\"/></svg>",
        escape(title),
        strokes(&code),
    );
    out
}

/// The code that leads back to a page from paper; `None` where the site does not know its own address.
pub(super) fn of_page(page: &Page<'_>) -> Option<Html> {
    let base = page.estate().config.base_url.as_ref()?;
    let path = page.path.strip_suffix("index.html").unwrap_or(page.path);
    let code = svg(&format!("{base}/{path}"), &page.word("page-code"));
    (!code.is_empty()).then_some(Html(code))
}

/// How many modules wide the drawing of a text is, its quiet zone included; `None` when the text is too long.
pub(super) fn width(content: &str) -> Option<usize> {
    let bits = bits::encode_auto(content.as_bytes(), CORRECTION).ok()?;
    Some(width_of(bits.version()) + 2 * QUIET)
}

/// The modules of a code, row by row, without its quiet zone.
struct Code {
    width: usize,
    modules: Vec<Color>,
}

fn encode(content: &str) -> QrResult<Code> {
    let bits = bits::encode_auto(content.as_bytes(), CORRECTION)?;
    let version = bits.version();
    let (codewords, correction) = ec::construct_codewords(&bits.into_bytes(), version, CORRECTION)?;
    let mut canvas = Canvas::new(version, CORRECTION);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&codewords, &correction);
    canvas.apply_mask(MASK);
    Ok(Code {
        width: width_of(version),
        modules: canvas.into_colors(),
    })
}

fn width_of(version: qrcode::Version) -> usize {
    usize::try_from(version.width()).expect("a code is 11 to 177 modules wide")
}

/// Lines along the middle of each row, one a run of dark modules; gaps are moves.
fn strokes(code: &Code) -> String {
    let mut out = String::new();
    for (row, modules) in code.modules.chunks(code.width).enumerate() {
        // Where the pen stands in the row; `None` before the first run.
        let mut pen = None;
        let mut at = 0;
        for run in modules.chunk_by(|left, right| left == right) {
            if run[0] == Color::Dark {
                let _ = match pen {
                    None => write!(out, "M{} {}.5", at + QUIET, row + QUIET),
                    Some(pen) => write!(out, "m{} 0", at - pen),
                };
                let _ = write!(out, "h{}", run.len());
                pen = Some(at + run.len());
            }
            at += run.len();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path on a grid of `scale` pixels a module and has another program's reader read it.
    fn read_back(svg: &str, scale: usize) -> String {
        let size: usize = svg
            .split("viewBox=\"0 0 ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .and_then(|size| size.parse().ok())
            .expect("a size");
        let path = svg.split(" d=\"").nth(1).expect("a path");
        let path = path.split('"').next().expect("its end");
        let mut dark = vec![vec![false; size]; size];
        let (mut x, mut y) = (0, 0);
        let mut rest = path;
        while let Some(command) = rest.chars().next() {
            let end = rest[1..]
                .find(['M', 'm', 'h'])
                .map_or(rest.len(), |at| at + 1);
            // Lines run along the middle of a row: `3.5` is row 3.
            let numbers: Vec<usize> = rest[1..end]
                .split(' ')
                .map(|number| number.trim_end_matches(".5").parse().expect("a number"))
                .collect();
            match command {
                'M' => (x, y) = (numbers[0], numbers[1]),
                'm' => x += numbers[0],
                _ => {
                    dark[y][x..x + numbers[0]].fill(true);
                    x += numbers[0];
                }
            }
            rest = &rest[end..];
        }
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(size * scale, size * scale, |x, y| {
                if dark[y / scale][x / scale] { 0 } else { 255 }
            });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is seen");
        let (meta, content) = grids[0].decode().expect("it is read");
        assert_eq!(meta.ecc_level, 0, "correction M");
        content
    }

    #[test]
    fn a_reader_finds_what_was_written() {
        for content in [
            "NAC-01101",
            "HTTPS://PARC.EXAMPLE/q/NAC-01101/",
            "HTTPS://INTRANET.ORGANISATION.EXAMPLE:8443/informatique/parc/q/NAC-2026-000123-B/",
            "HTTPS://PARC.EXAMPLE/q/ÉCRAN-7/",
        ] {
            assert_eq!(read_back(&svg(content, "t"), 4), content);
        }
    }

    #[test]
    fn upper_case_makes_the_code_smaller() {
        let size = |content: &str| {
            svg(content, "t")
                .split("0 0 ")
                .nth(1)
                .map(|it| it[..2].to_owned())
        };
        let lower = size("https://parc.example/q/pc-0101/");
        let upper = size("HTTPS://PARC.EXAMPLE/q/PC-0101/");
        assert_eq!(
            (lower.as_deref(), upper.as_deref()),
            (Some("37"), Some("33"))
        );
    }

    #[test]
    fn it_is_one_path_without_style_and_what_is_too_long_is_none() {
        let svg = svg("NAC-01101", "Étiquette <1>");
        assert_eq!(svg.matches("<path").count(), 1);
        assert!(!svg.contains("style="));
        assert!(svg.contains("<title>Étiquette &lt;1&gt;</title>"));
        assert!(svg.len() < 1500, "{}", svg.len());
        assert_eq!(super::svg(&"é".repeat(4000), "t"), "");
    }
}
