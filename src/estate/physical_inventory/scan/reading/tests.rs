//! Lists as scanners, telephones and spreadsheets write them.

use super::*;

fn read(text: &str) -> Vec<Scanned> {
    super::read(text, Date::constant(2026, 11, 20)).lines
}

fn codes(text: &str) -> Vec<String> {
    read(text).into_iter().map(|scanned| scanned.code).collect()
}

#[test]
fn a_code_a_line_is_enough() {
    let text = "\u{feff}NAC-01101\r\n\r\nhttps://parc.example/q/NAC-01102/\r\n  EXL-1 \r\n";
    assert_eq!(
        codes(text),
        ["NAC-01101", "https://parc.example/q/NAC-01102/", "EXL-1"]
    );
    assert_eq!(read(text)[1].line, 3);
    assert!(read("\u{feff}\r\n \r\n").is_empty());
}

#[test]
fn separators_and_french_headings_are_known() {
    let day = Some(Date::constant(2026, 11, 18));
    for text in [
        "Date;Code;Pièce;Lieu\n18/11/2026;NAC-1;Accueil;lyon\n",
        "date\tcode\troom\tsite\n2026-11-18T09:30:00Z\tNAC-1\tAccueil\tlyon\n",
        "\"Horodatage\",\"Contenu\",\"Salle\",\"Site\"\r\n\"2026-11-18 09:30\",\"NAC-1\",\"Accueil\",\"lyon\"\r\n",
    ] {
        let read = read(text);
        assert_eq!(read.len(), 1, "{text}");
        assert_eq!(
            (read[0].code.as_str(), read[0].day),
            ("NAC-1", day),
            "{text}"
        );
        assert_eq!(read[0].room.as_deref(), Some("Accueil"), "{text}");
        assert_eq!(read[0].place.as_deref(), Some("lyon"), "{text}");
    }
}

#[test]
fn without_heading_the_first_cell_is_the_code() {
    let read = read("NAC-1,2026-11-18 10:00\nNAC-2,QR_CODE\n");
    assert_eq!(read[0].day, Some(Date::constant(2026, 11, 18)));
    assert_eq!((read[1].code.as_str(), read[1].day), ("NAC-2", None));
}

#[test]
fn a_printed_list_that_was_ticked_counts_where_it_is() {
    let text = "Lieu;Pièce;Code;Numéro d’inventaire;Équipement;Vu le;Trouvé\n\
                Lyon;;NAC-1;NAC-1;A;2026-01-01;x\nLyon;;NAC-2;NAC-2;\"B; c\";;\n";
    let read = read(text);
    assert_eq!(read.len(), 1);
    assert_eq!((read[0].code.as_str(), read[0].day), ("NAC-1", None));
}

#[test]
fn what_is_not_found_is_not_seen_and_what_is_unclear_is_told() {
    let with = |mark: &str| {
        let text = format!("Code;Vu le;Trouvé\nNAC-1;2026-01-01;{mark}\n");
        let list = super::read(&text, Date::constant(2026, 11, 20));
        (list.lines.len(), list.unticked, list.refused.len())
    };
    for mark in [
        "", "non", "Non", "N", "0", "pas vu", "absent", "-", "–", "faux", "FAUX", "no", "false",
    ] {
        assert_eq!(with(mark), (0, 1, 0), "{mark}");
    }
    for mark in [
        "oui",
        "x",
        "X",
        "1",
        "ok",
        "vu",
        "Vu.",
        "✓",
        "VRAI",
        "18/11/2026",
        "2026-11-18",
    ] {
        assert_eq!(with(mark), (1, 0, 0), "{mark}");
    }
    for mark in ["?", "peut-être", "cassé", "18/13/2026", "2027-01-01"] {
        assert_eq!(with(mark), (0, 0, 1), "{mark}");
    }
}

#[test]
fn a_date_that_is_none_or_to_come_is_refused_with_its_line() {
    let today = Date::constant(2026, 11, 20);
    let refused = |text: &str| {
        let list = super::read(text, today);
        assert_eq!(list.lines.len(), 1, "{text}");
        let refused = list.refused.into_iter();
        refused
            .map(|(line, why)| (line.line, why))
            .collect::<Vec<_>>()
    };
    let no_date = |text: &str| Refusal::NoDate(text.to_owned());
    let future = |text: &str| Refusal::Future(text.to_owned());
    assert_eq!(
        refused("code;date\nA;32/13/2026\nB;hier\nC;2027-01-01\nD;20/11/2026\n"),
        [
            (2, no_date("32/13/2026")),
            (3, no_date("hier")),
            (4, future("2027-01-01"))
        ]
    );
    assert_eq!(
        refused("A;32/13/2026\nB;2026-11-21 08:00\nC;QR_CODE\n"),
        [(1, no_date("32/13/2026")), (2, future("2026-11-21 08:00"))]
    );
}

#[test]
fn quotes_hold_separators_and_quotes() {
    assert_eq!(cells("a;\"b;\"\"c\"\"\";'=d", ';'), ["a", "b;\"c\"", "=d"]);
}
