//! Folders with an audience that are renamed, removed or opened, and those of a configuration that could not be read: what
//! they held then is for those who could read it then.

use carnet::history::History;

use super::past::{CONFIG, Past, changes, told};

const HR: &str = "folders:\n  procedures/rh: {audience: b}\n";

/// All that somebody could read in a history.
fn words(history: &History) -> String {
    let tags = history
        .tags
        .iter()
        .filter_map(|tag| tag.since.as_ref().map(changes));
    let uncommitted = changes(&history.uncommitted);
    let all = told(history)
        .into_iter()
        .chain(tags.flatten())
        .chain(uncommitted);
    all.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_folder_that_is_renamed_removed_or_opened_keeps_its_past() {
    let mut past = Past::new();
    past.put("carnet.yaml", &format!("{CONFIG}{HR}"));
    past.put(
        "procedures/rh/paie.md",
        "---\ntitle: Secret paie\n---\nSecret un.\n",
    );
    past.put(
        "procedures/rh/conges.md",
        "---\ntitle: Secret conges\n---\nSecret deux.\n",
    );
    past.commit("Secret début");
    past.tag("v1", "");
    std::fs::remove_file(past.root().join("procedures/rh/paie.md")).expect("removed");
    past.commit("Secret retrait");
    let rename = |from: &str, to: &str| {
        std::fs::rename(past.root().join(from), past.root().join(to)).expect("renamed");
    };
    rename("procedures/rh", "procedures/personnel");
    // Not committed yet, and with the line that follows the folder.
    let moved = HR.replace("/rh", "/personnel");
    past.put("carnet.yaml", &format!("{CONFIG}{moved}"));
    assert!(!words(&past.seen()).contains("ecret"));
    past.commit("Secret déménagement");
    past.tag("v2", "");
    assert!(!words(&past.seen()).contains("ecret"));
    // Gone with its line, and a new text of the same name that everybody reads.
    std::fs::remove_dir_all(past.root().join("procedures/personnel")).expect("removed");
    past.put("carnet.yaml", CONFIG);
    assert!(!words(&past.seen()).contains("ecret"));
    past.commit("Secret fin");
    past.tag("v3", "");
    past.put(
        "procedures/accueil.md",
        "---\ntitle: Accueil\n---\nOuvert.\n",
    );
    past.commit("Ouvert");
    let seen = past.seen();
    assert!(!words(&seen).contains("ecret"), "{}", words(&seen));
    assert!(words(&seen).contains("« Ouvert » 1"), "{}", words(&seen));
}

#[test]
fn a_folder_that_is_opened_tells_what_follows() {
    let mut past = Past::new();
    past.put("carnet.yaml", &format!("{CONFIG}{HR}"));
    past.commit("Marque");
    past.put("procedures/rh/paie.md", "---\ntitle: Paie\n---\nUn.\n");
    past.commit("Secret début");
    past.put("carnet.yaml", CONFIG);
    past.commit("Ouverture");
    past.put("procedures/rh/paie.md", "---\ntitle: Paie\n---\nDeux.\n");
    past.commit("Suite");
    let words = words(&past.seen());
    assert!(!words.contains("ecret"), "{words}");
    assert!(words.contains("« Suite » 1"), "{words}");
}

#[test]
fn a_configuration_that_could_not_be_read_closes_its_time() {
    let mut past = Past::new();
    past.put("carnet.yaml", &format!("{CONFIG}{HR}oops: [\n"));
    past.commit("Marque");
    past.put("procedures/rh/paie.md", "---\ntitle: Paie\n---\nUn.\n");
    past.commit("Secret");
    past.put("carnet.yaml", CONFIG);
    past.put("procedures/rh/paie.md", "---\ntitle: Paie\n---\nDeux.\n");
    past.commit("Secret encore");
    past.put("procedures/rh/paie.md", "---\ntitle: Paie\n---\nTrois.\n");
    past.commit("Suite");
    let words = words(&past.seen());
    assert!(!words.contains("ecret"), "{words}");
    assert!(words.contains("« Suite » 1"), "{words}");
}
