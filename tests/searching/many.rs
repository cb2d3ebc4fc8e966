//! Many records, made by numbers.

use carnet::search::Document;

/// Records enough for full lists, blocks and several term files; numbers instead of chance.
pub fn many(count: usize) -> Vec<Document> {
    let word = |number: usize| {
        format!(
            "mot{}",
            char::from(b'a' + u8::try_from(number % 26).unwrap())
        )
    };
    let document = |number: usize| Document {
        url: format!("assets/pc-{number:05}/"),
        title: format!("Poste {} du bureau {}", word(number), number % 40),
        kind: "asset".into(),
        kind_label: "Équipement".into(),
        id: format!("pc-{number:05}"),
        identifiers: vec![format!("SN{:07X}", number * 7919 % 9_999_991)],
        subtitle: if number.is_multiple_of(3) {
            "Lyon"
        } else {
            "Grenoble"
        }
        .into(),
        text: format!(
            "Ordinateur {} {} {}. {}",
            if number.is_multiple_of(2) {
                "portable"
            } else {
                "fixe"
            },
            if number.is_multiple_of(5) {
                "réformé"
            } else {
                "en service"
            },
            if number.is_multiple_of(701) {
                "volé"
            } else {
                "présent"
            },
            (0..20)
                .map(|place| format!("terme{}", number * (place + 1) % 997))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        language: "fr",
        ..Document::default()
    };
    (0..count).map(document).collect()
}
