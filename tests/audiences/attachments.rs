//! Pictures and documents are for those who read something that names them: by their place, or by a name that only one has.

use carnet::audience::{Audience, is_marked, not_available, visible_to};
use carnet::diagnostic::Language;
use carnet::history::{Absence, History};

use super::load;
use super::sight::put;

const AUDIENCES: &str = "as_of: 2026-11-20\naudiences:\n  a: {}\n  b: {includes: [a]}\n";

/// The attachments that audience `a` gets of a project of these files.
fn attachments(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "carnet.yaml", AUDIENCES);
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    let project = load(folder.path());
    let audience = Audience::named(&project.config.audiences, "a").expect("declared");
    let history = History::absent(Absence::TurnedOff);
    let (seen, _) = visible_to(&audience, &project, &history).expect("a part");
    seen.attachments.into_keys().collect()
}

const SITE: &str = "inventory/sites/lyon.yaml";
const PLAN: (&str, &str) = ("content/plans/plan.pdf", "%PDF-1.4");

#[test]
fn what_a_visible_text_or_field_names_is_visible() {
    let nobody = [(SITE, "name: Lyon\n"), PLAN];
    assert_eq!(attachments(&nobody), Vec::<String>::new());
    for lyon in [
        "name: Lyon\nnotes: Voir [le plan](/content/plans/plan.pdf).\n",
        "name: Lyon\nnotes: Voir [le plan](../../content/plans/plan.pdf).\n",
        "name: Lyon\nnotes: Voir [[plan.pdf]].\n",
        "name: Lyon\nnotes: Voir [[PLAN.pdf]].\n",
    ] {
        assert_eq!(attachments(&[(SITE, lyon), PLAN]), [PLAN.0], "{lyon}");
        let hidden = format!("{lyon}audience: b\n");
        let left = attachments(&[(SITE, &hidden), PLAN]);
        assert_eq!(left, Vec::<String>::new(), "{hidden}");
    }
}

#[test]
fn files_of_fields_of_lists_and_of_parts_are_named_too() {
    let kind = "\
extends: site
fields:
  - {key: photo, type: file}
  - {key: plans, type: file, list: true}
  - {key: papers, type: structure, fields: [{key: deed, type: file}]}
";
    for field in [
        "photo: /content/plans/plan.pdf\n",
        "plans: [/content/plans/plan.pdf]\n",
        "papers: {deed: /content/plans/plan.pdf}\n",
    ] {
        let lyon = format!("name: Lyon\n{field}");
        let files = [
            (SITE, lyon.as_str()),
            PLAN,
            ("inventory/_kinds/site.yaml", kind),
        ];
        assert_eq!(attachments(&files), [PLAN.0], "{field}");
    }
}

#[test]
fn a_name_that_two_files_have_names_none() {
    let lyon = (SITE, "name: Lyon\nnotes: Voir [[plan.pdf]].\n");
    let other = ("content/caves/plan.pdf", "%PDF-1.4");
    assert_eq!(attachments(&[lyon, PLAN, other]), Vec::<String>::new());
}

/// Or the name alone, which anybody can write, would open what was meant for others; and their file must not hide one's own.
#[test]
fn what_hidden_records_name_by_its_place_is_not_found_by_its_name() {
    let lyon = (SITE, "name: Lyon\nnotes: Voir [[plan.pdf]].\n");
    let vault = (
        "inventory/sites/coffre.yaml",
        "name: Coffre\naudience: b\nnotes: Voir [le plan](/content/caves/plan.pdf).\n",
    );
    let other = ("content/caves/plan.pdf", "%PDF-1.4");
    assert_eq!(attachments(&[lyon, vault, other]), Vec::<String>::new());
    assert_eq!(attachments(&[lyon, vault, PLAN, other]), [PLAN.0]);
    let both = (
        SITE,
        "name: Lyon\nnotes: Voir [le plan](/content/caves/plan.pdf) et [[plan.pdf]].\n",
    );
    assert_eq!(attachments(&[both, vault, other]), [other.0]);
}

#[test]
fn the_logo_is_everybodys_and_folders_close() {
    let config = format!("{AUDIENCES}folders: {{content/caves: {{audience: b}}}}\n");
    let lyon = "name: Lyon\nnotes: Voir [un plan](/content/caves/plan.pdf) et [l’autre](/content/plans/plan.pdf).\n";
    let files = [
        (SITE, lyon),
        PLAN,
        ("content/caves/plan.pdf", "%PDF-1.4"),
        ("carnet.yaml", &config),
    ];
    assert_eq!(attachments(&files), [PLAN.0]);
    let config = format!("{AUDIENCES}theme: {{accent: \"#0b6e4f\", logo: content/logo.svg}}\n");
    let logo = (
        "content/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let files = [(SITE, "name: Lyon\n"), logo, PLAN, ("carnet.yaml", &config)];
    assert_eq!(attachments(&files), [logo.0]);
}

#[test]
fn a_project_is_marked_by_a_folder_a_kind_or_a_record() {
    let plain = (SITE, "name: Lyon\n");
    let is_marked = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().expect("a folder");
        put(folder.path(), "carnet.yaml", AUDIENCES);
        for (path, text) in files {
            put(folder.path(), path, text);
        }
        is_marked(&load(folder.path()))
    };
    assert!(!is_marked(&[plain]));
    assert!(is_marked(&[(SITE, "name: Lyon\naudience: a\n")]));
    assert!(is_marked(&[
        plain,
        ("inventory/_kinds/site.yaml", "extends: site\naudience: b\n")
    ]));
    let fields = "extends: site\nfields:\n  - {key: alarm, type: text, audience: b}\n";
    assert!(is_marked(&[plain, ("inventory/_kinds/site.yaml", fields)]));
    let folders = format!("{AUDIENCES}folders: {{content/caves: {{audience: b}}}}\n");
    assert!(is_marked(&[plain, ("carnet.yaml", &folders)]));
}

#[test]
fn totals_are_of_a_part_where_an_audience_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "carnet.yaml", AUDIENCES);
    let audiences = load(folder.path()).config.audiences;
    let is_partial = |name| Audience::named(&audiences, name).map(|audience| audience.is_partial());
    assert_eq!(is_partial("a"), Some(true));
    assert_eq!(is_partial("b"), Some(false));
    assert_eq!(is_partial("all"), Some(false));
    assert_eq!(is_partial("c"), None);
}

#[test]
fn what_may_not_be_told_is_not_available() {
    assert_eq!(not_available(Language::Fr), "non disponible");
    assert_eq!(not_available(Language::En), "not available");
}
