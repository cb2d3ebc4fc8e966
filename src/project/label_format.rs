//! The sheets and rolls that labels are printed on, in one table. Lengths are hundredths of a millimetre, so that
//! none is rounded.

use std::borrow::Cow;

/// A4 upright.
const A4: (u32, u32) = (21_000, 29_700);
/// The smallest and largest side of a label of one's own, in hundredths of a millimetre.
const SIDES: std::ops::RangeInclusive<u32> = 900..=29_700;

/// How labels lie on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelFormat {
    /// What it is called: the maker's number, or the size of a single label.
    pub name: Cow<'static, str>,
    /// Other numbers of the same grid.
    pub also: &'static [&'static str],
    /// Width and height of the page.
    pub page: (u32, u32),
    /// Width and height of a label.
    pub label: (u32, u32),
    /// Labels side by side.
    pub columns: u32,
    /// Labels one above the other.
    pub rows: u32,
    /// From the left and upper edge of the page to the first label.
    pub first: (u32, u32),
    /// From the left edge of a label to that of the next; rows touch on all these sheets.
    pub step: u32,
}

const fn sheet(
    name: &'static str,
    also: &'static [&'static str],
    label: (u32, u32),
    grid: (u32, u32),
    first: (u32, u32),
) -> LabelFormat {
    LabelFormat {
        name: Cow::Borrowed(name),
        also,
        page: A4,
        label,
        columns: grid.0,
        rows: grid.1,
        first,
        // Columns stand 2.5 mm apart on every one of them.
        step: label.0 + 250,
    }
}

/// The sheets. Sizes and numbers of labels are those that Avery prints on the box and in its catalogue; columns are
/// 2.5 mm apart and grids stand in the middle of the page. Public tables of labels agree within 0.1 mm for L7160,
/// L7159 and L7651; for L7163 they differ by up to a millimetre. L4731 is left out: sources differ on its left margin.
const SHEETS: [LabelFormat; 4] = [
    sheet("L7160", &["J8160"], (6350, 3810), (3, 7), (725, 1515)),
    sheet("L7163", &["J8163"], (9910, 3810), (2, 7), (465, 1515)),
    sheet("L7159", &["J8159"], (6350, 3390), (3, 8), (725, 1290)),
    sheet("L7651", &["J8651"], (3810, 2120), (5, 13), (475, 1070)),
];

/// Rolls whose size is named in messages and in the manual; any other size is understood too. Brother DK-11209, Dymo
/// 11354 and Dymo 99012.
const SINGLES: [(u32, u32); 3] = [(6200, 2900), (5700, 3200), (8900, 3600)];

impl LabelFormat {
    /// The format of a maker's number, in any case, or of a size in millimetres: `L7160`, `62x29`, `50,8×25,4`.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_called = |format: &Self| {
            let mut names = format.also.iter().copied().chain([&*format.name]);
            names.any(|name| name.eq_ignore_ascii_case(text))
        };
        SHEETS.into_iter().find(is_called).or_else(|| {
            let (width, height) = text.split_once(['x', 'X', '×', '*'])?;
            let label = (hundredths(width)?, hundredths(height)?);
            let is_possible = SIDES.contains(&label.0) && SIDES.contains(&label.1);
            is_possible.then(|| Self::single(label))
        })
    }

    /// A label that is a page of its own.
    fn single(label: (u32, u32)) -> Self {
        Self {
            name: Cow::Owned(format!("{}x{}", decimal(label.0), decimal(label.1))),
            also: &[],
            page: label,
            label,
            columns: 1,
            rows: 1,
            first: (0, 0),
            step: label.0,
        }
    }

    /// The formats that have a name.
    pub fn all() -> Vec<Self> {
        let singles = SINGLES.into_iter().map(Self::single);
        SHEETS.into_iter().chain(singles).collect()
    }

    /// How many labels a page has.
    pub fn count(&self) -> usize {
        (self.columns * self.rows) as usize
    }

    /// Its name in style sheets, where no dot may stand: `label-L7160`, `label-50_8x25_4`.
    pub fn class(&self) -> String {
        format!("label-{}", self.name.replace('.', "_"))
    }

    /// Where the label of a number stands, counted from 0 along the rows: from the left and upper edge of the page.
    pub fn place(&self, number: usize) -> (u32, u32) {
        let columns = self.columns as usize;
        let count = |number: usize| u32::try_from(number).expect("a page has few labels");
        let (row, column) = (count(number / columns), count(number % columns));
        (
            self.first.0 + column * self.step,
            self.first.1 + row * self.label.1,
        )
    }
}

/// Millimetres with at most two decimals, after a point or comma.
fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |text: &str| text.bytes().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > 2 || !is_number(part) {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    let whole: u32 = Some(whole).filter(|it| is_number(it))?.parse().ok()?;
    Some(whole * 100 + part)
}

/// Hundredths of a millimetre as millimetres: `63.5`.
pub fn decimal(hundredths: u32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grid_fits_in_the_middle_of_its_page() {
        for format in LabelFormat::all() {
            let (left, top) = format.first;
            let (x, y) = format.place(format.count() - 1);
            assert_eq!(x + format.label.0 + left, format.page.0, "{}", format.name);
            assert_eq!(y + format.label.1 + top, format.page.1, "{}", format.name);
            assert!(format.step >= format.label.0, "{}", format.name);
        }
        assert_eq!(SHEETS.map(|it| it.count()), [21, 14, 24, 65]);
    }

    #[test]
    fn a_place_is_counted_along_the_rows() {
        let format = LabelFormat::named("l7160").expect("it is known");
        assert_eq!(format.place(0), (725, 1515));
        assert_eq!(format.place(2), (725 + 2 * 6600, 1515));
        assert_eq!(format.place(3), (725, 1515 + 3810));
    }

    #[test]
    fn a_format_goes_by_number_or_size() {
        let name = |text: &str| LabelFormat::named(text).map(|format| format.name.into_owned());
        assert_eq!(name("j8651").as_deref(), Some("L7651"));
        assert_eq!(name("62x29").as_deref(), Some("62x29"));
        assert_eq!(name("50,8 × 25.40").as_deref(), Some("50.8x25.4"));
        for wrong in [
            "L9999",
            "62x",
            "x29",
            "0x0",
            "8x8",
            "400x20",
            "-5x20",
            "62x29x3",
            "",
            "1e2x30",
            "20.123x30",
        ] {
            assert_eq!(name(wrong), None, "{wrong}");
        }
    }
}
