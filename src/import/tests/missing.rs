//! What complete imports miss: when it was last seen, and when it is out of use.

use jiff::ToSpan;

use super::*;

const SERVED: &str = "name: PC-1\nstatus: in-service\nserial: A1\nhostname: PC-1\n";

#[expect(
    clippy::unnecessary_wraps,
    reason = "days of records are optional, and so are those they are held to"
)]
fn day(text: &str) -> Option<Date> {
    Some(text.parse().expect("a day"))
}

fn seen(sighting: &Sighting, day: &str) -> Sighting {
    with(sighting.clone(), "last_seen", day)
}

/// Three machines imported on 20 November, seen the day before.
fn three() -> (Estate, [Sighting; 3]) {
    let all = [1, 2, 3].map(|at| computer(&format!("A{at}"), &format!("PC-{at}")));
    let mut estate = Estate {
        retire_after: Some(90.days()),
        ..Estate::default()
    };
    let seen = all.clone().map(|one| seen(&one, "2026-11-19"));
    estate.import_all(&seen, true);
    assert_eq!(estate.text(PC), SERVED);
    (estate, all)
}

#[test]
fn the_day_of_a_source_is_written_when_asked() {
    let (mut estate, all) = three();
    // A newer day is one line for all machines.
    let newer = all.clone().map(|one| seen(&one, "2026-11-20"));
    let plan = estate.import_all(&newer, true);
    assert_eq!((plan.files.len(), plan.states.len()), (0, 1));
    assert_eq!(estate.before.seen["asset"], "2026-11-20");
    let older = all.clone().map(|one| seen(&one, "2026-11-01"));
    assert_eq!(estate.import_all(&older, true).states.len(), 0);

    estate.last_seen = true;
    estate.import_all(&newer, false);
    let text = format!("{SERVED}last_seen: 2026-11-20\n");
    assert_eq!(estate.text(PC), text);
    estate.import_all(&older, false);
    assert_eq!(estate.text(PC), text);
    // The clock of a machine that is years ahead is not believed.
    let ahead = all.map(|one| seen(&one, "2031-01-01"));
    let plan = estate.import_all(&ahead, true);
    assert_eq!(plan.unfit["asset.last_seen"], 3);
    assert_eq!(estate.text(PC), text);
    assert_eq!(estate.before.seen["asset"], "2026-11-20");
}

#[test]
fn what_is_missing_for_long_is_out_of_use_and_comes_back() {
    let (mut estate, all) = three();
    estate.day = day("2026-11-21");
    let plan = estate.import_all(&all[1..], true);
    assert_eq!(plan.retirement, BTreeMap::new());
    let gone = format!("{SERVED}last_seen: 2026-11-19\n");
    assert_eq!(estate.text(PC), gone);
    estate.day = day("2027-02-18");
    estate.import_all(&all[1..], true);
    assert_eq!(estate.text(PC), gone);
    // The ninetieth day counts.
    estate.day = day("2027-02-19");
    let plan = estate.import_all(&all[1..], true);
    assert_eq!(plan.retirement["asset:pc-1"], Retirement::Retired);
    let retired = gone.replace("in-service", "retired");
    assert_eq!(estate.text(PC), retired);
    let told = report(&plan, Language::En, false);
    assert!(
        told.contains("1 not seen, 1 marked as out of use"),
        "{told}"
    );

    let plan = estate.import_all(&all, false);
    assert_eq!(plan.retirement["asset:pc-1"], Retirement::Back);
    assert_eq!(estate.text(PC), gone);
    let state = &estate.states["inventory/_imports/test/asset/pc-1.json"];
    assert_eq!((&state.retired, &state.not_seen_since), (&None, &None));
}

#[test]
fn a_status_that_people_wrote_stays() {
    let (mut estate, all) = three();
    estate.edit(PC, "in-service", "in-repair");
    estate.import_all(&all[1..], true);
    estate.day = day("2027-06-01");
    let plan = estate.import_all(&all[1..], true);
    let kept = Some(Recorded::Text("in-repair".to_owned()));
    let kept = Retirement::Kept("status".to_owned(), kept);
    assert_eq!(plan.retirement["asset:pc-1"], kept);
    assert!(estate.text(PC).contains("status: in-repair\n"));

    // So does one that people wrote after the import had marked it.
    let (mut estate, all) = three();
    estate.import_all(&all[1..], true);
    estate.day = day("2027-06-01");
    estate.import_all(&all[1..], true);
    estate.edit(PC, "retired", "in-service");
    let plan = estate.import_all(&all[1..], true);
    assert!(matches!(
        plan.retirement["asset:pc-1"],
        Retirement::Kept(..)
    ));
    estate.edit(PC, "in-service", "in-stock");
    estate.import_all(&all, true);
    assert!(estate.text(PC).contains("status: in-stock\n"));
}

#[test]
fn what_others_have_seen_stays_in_use() {
    let (mut estate, all) = three();
    estate.import_all(&all[1..], true);
    let last = "last_seen: 2026-11-19";
    let found = format!("last_physical_inventory: 2026-12-01\n{last}");
    estate.edit(PC, last, &found);
    estate.day = day("2027-06-01");
    let plan = estate.import_all(&all[1..], true);
    let elsewhere = Retirement::Elsewhere("2026-12-01".to_owned());
    assert_eq!(plan.retirement["asset:pc-1"], elsewhere);
    assert!(estate.text(PC).contains("status: in-service\n"));
}

#[test]
fn a_source_that_tells_the_status_is_believed_when_it_comes_back() {
    let all = [1, 2].map(|at| computer(&format!("A{at}"), &format!("PC-{at}")));
    let all = all.map(|one| with(one, "status", "in-stock"));
    let mut estate = Estate {
        retire_after: Some(1.days()),
        ..Estate::default()
    };
    estate.import_all(&all, true);
    estate.import_all(&all[1..], true);
    estate.day = day("2026-11-21");
    estate.import_all(&all[1..], true);
    assert!(estate.text(PC).contains("status: retired\n"));
    let back = [with(all[0].clone(), "status", "in-repair"), all[1].clone()];
    estate.import_all(&back, true);
    assert!(estate.text(PC).contains("status: in-repair\n"));
}

#[test]
fn two_records_of_one_file_change_together() {
    let text = "# Salle 2\n- id: pc-1\n  name: PC-1\n  serial: A1\n- id: pc-2\n  name: PC-2\n  serial: A2\n";
    let path = "inventory/assets/salle.yaml";
    let mut estate = Estate::with(&[(path, text)]);
    estate.retire_after = Some(1.days());
    let all = [1, 2, 3].map(|at| computer(&format!("A{at}"), &format!("PC-{at}")));
    estate.import_all(&all, true);
    estate.import_all(&all[1..], true);
    estate.day = day("2026-11-22");
    let changed = [with(all[1].clone(), "os", "Debian"), all[2].clone()];
    let plan = estate.import_all(&changed, true);
    // People wrote no status, and the source did not either: the mark is the import's own.
    assert_eq!(plan.retirement["asset:pc-1"], Retirement::Retired);
    assert_eq!(counts(&plan)[..3], [0, 2, 1]);
    let after = estate.text(path).to_owned();
    assert!(
        after.contains("  name: PC-1\n  status: retired\n"),
        "{after}"
    );
    assert!(after.contains("  os: Debian\n"), "{after}");
    let plan = estate.import_all(&all, true);
    assert_eq!(plan.retirement["asset:pc-1"], Retirement::Back);
    assert_eq!(estate.text(path), after.replace("  status: retired\n", ""));
}

#[test]
fn an_import_that_lacks_most_is_refused() {
    let (mut estate, all) = three();
    for lacking in [&all[2..], &[]] {
        let plan = estate.plan(lacking, true);
        let missing = 3 - lacking.len();
        let shrunk = Shrunk { known: 3, missing };
        assert_eq!(plan.shrunk, [("asset".to_owned(), shrunk)].into());
        assert!(plan.files.is_empty() && plan.states.is_empty());
        assert!(plan.outcomes.is_empty());
    }
    assert!(estate.plan(&all[1..], true).shrunk.is_empty());
    assert!(estate.plan(&all[2..], false).shrunk.is_empty());
    estate.allow_shrink = true;
    let plan = estate.import_all(&[], true);
    assert_eq!(plan.not_seen.len(), 3);
    // What was known to be missing is no news.
    estate.allow_shrink = false;
    assert!(estate.plan(&all[2..], true).shrunk.is_empty());
}

#[test]
fn accounts_are_disabled_and_tickets_stay() {
    let schema = built_in();
    let out = |kind: &str| {
        let kind = schema.kind(kind).expect("a kind");
        let out = plan::out_of_use(kind);
        out.map(|(field, value)| (field.key.clone(), value))
    };
    let text = |text: &str| Recorded::Text(text.to_owned());
    assert_eq!(out("account"), Some(("enabled".to_owned(), text("false"))));
    assert_eq!(out("asset"), Some(("status".to_owned(), text("retired"))));
    assert_eq!(out("ticket"), None);
}
