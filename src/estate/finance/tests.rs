//! Budgets, orders, renewals, what owning costs and the dates of a life, with figures worked out by hand.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::budgets::Amounts;
use super::disposal::lacks_erasure;
use super::fixed_assets::{FixedAsset, cost, plan};
use super::life::{Step, events};
use super::ownership::{Source, ownership};
use super::purchases::Stage;
use super::renewals::Reason;
use crate::estate::samples::estate;
use crate::estate::{Estate, Record};

fn euros(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

fn books() -> Estate {
    estate(&[
        (
            "inventory/organisations/all.yaml",
            "- id: nous\n  name: Nous\n  type: company\n  hourly_cost: 48\n  renewal_ages:\n    \
             - {type: laptop, years: 4}\n    - {type: phone, years: 3}\n\
             - {id: lait, name: Lait, type: client, renewal_ages: [{type: phone, years: 2}]}\n",
        ),
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon}\n- {id: salle, name: Salle, parent: lyon}\n",
        ),
        (
            "inventory/suppliers/all.yaml",
            "- {id: rapide, name: Rapide}\n- {id: lent, name: Lent}\n",
        ),
        (
            "inventory/models/all.yaml",
            "- {id: m1, name: M1, type: laptop, price: 1200, depreciation: linear, depreciation_years: 3}\n\
             - {id: m2, name: M2, type: switch, end_of_life: 2028-06-30, expected_life: 8}\n\
             - {id: m3, name: M3, type: nas, end_of_life: 2028-06-30}\n",
        ),
        (
            "inventory/budgets/b26.yaml",
            "name: Budget 2026\nyear: 2026\namount: 10000\nalert_threshold: 80\norganisation: nous\nlines:\n  \
             - {label: Postes, planned: 6000, committed: 1000.10}\n  \
             - {label: Réseau, planned: 4000, committed: 5500, site: salle, organisation: lait}\n",
        ),
        (
            "inventory/purchases/all.yaml",
            "- {id: a1, name: A1, status: invoiced, supplier: rapide, budget: b26, budget_line: POSTES, site: salle, \
             organisation: nous, ordered: 2026-01-05, expected: 2026-01-12, delivered: 2026-01-10, \
             lines: [{label: Portable, quantity: 2, unit_price: 999.90, model: m1}]}\n\
             - {id: a2, name: A2, status: delivered, supplier: rapide, budget: b26, budget_line: postes, \
             ordered: 2026-02-01, expected: 2026-02-05, delivered: 2026-02-11, total: 0.1}\n\
             - {id: a3, name: A3, status: requested, supplier: rapide, budget: b26, budget_line: Postes, total: 300}\n\
             - {id: a4, name: A4, status: ordered, supplier: lent, budget: b26, budget_line: Ailleurs, \
             ordered: 2026-10-01, expected: 2026-11-10, total: 50, assets: [pc-1]}\n\
             - {id: a5, name: A5, status: cancelled, supplier: lent, budget: b26, total: 9999}\n",
        ),
        (
            "inventory/contracts/all.yaml",
            "- {id: c1, name: C1, type: maintenance, starts: 2026-01-01, ends: 2026-12-31, cost: 730, \
             cost_period: yearly, assets: [pc-1, sw-1]}\n\
             - {id: c2, name: C2, type: service-desk, starts: 2026-01-01, cost: 9000, cost_period: yearly, assets: [pc-1]}\n",
        ),
        (
            "inventory/tickets/all.yaml",
            "- {id: t1, title: T1, opened: 2026-03-01 09:00, time_spent: 45 min, assets: [pc-1]}\n\
             - {id: t2, title: T2, opened: 2026-03-02 09:00, time_spent: 1 h, assets: [pc-1, sw-1]}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: pc-1, name: pc-1, type: laptop, status: in-service, model: m1, purchase: a1, organisation: nous, \
             in_service: 2026-01-20, warranty_end: 2029-01-19, contracts: [c1], \
             loans: [{from: 2026-05-01, until: 2026-05-10}], repairs: [{sent: 2026-06-01, cost: 80.05}]}\n\
             - {id: sw-1, name: sw-1, type: switch, status: in-service, model: m2, in_service: 2020-02-29, price: 900}\n\
             - {id: nas-1, name: nas-1, type: nas, status: in-service, model: m3, warranty_end: 2027-01-01}\n\
             - {id: tel-1, name: tel-1, type: phone, status: in-stock, organisation: lait, in_service: 2025-03-01}\n\
             - {id: up-1, name: up-1, type: ups, status: in-service, warranty_end: 2027-05-05}\n\
             - {id: old-1, name: old-1, type: laptop, status: retired, retired: 2026-02-01}\n\
             - {id: old-2, name: old-2, type: laptop, status: retired, retired: 2026-02-01, data_erased: 2026-02-02}\n\
             - {id: old-3, name: old-3, type: monitor, status: retired, retired: 2026-02-01}\n\
             - {id: old-4, name: old-4, type: printer, storage: SSD 128 Go, status: retired}\n",
        ),
    ])
}

fn asset<'a>(estate: &'a Estate, id: &str) -> &'a Record {
    estate.find("asset", id).expect("an asset")
}

/// Orders on the line: 2 × 999.90 + 0.10 = 1,999.90, more than the 1,000.10 written; network stays at the 5,500
/// written; outside of all lines 50. In all 7,549.90 of 10,000.
#[test]
fn a_budget_counts_the_greater_of_what_is_written_and_ordered() {
    let estate = books();
    let budgets = estate.finance().budgets();
    let budget = budgets
        .of(estate.find("budget", "b26").expect("it"))
        .expect("a budget");
    let postes = Amounts {
        planned: euros("6000"),
        asked: euros("300"),
        ordered: euros("1999.90"),
        invoiced: euros("1999.80"),
        committed: euros("1999.90"),
    };
    assert_eq!(budget.lines[0].amounts, postes);
    assert_eq!(budget.lines[1].amounts.left(), euros("-1500"));
    assert_eq!(budget.lines[2].label, "");
    assert_eq!(budget.whole.committed, euros("7549.90"));
    assert_eq!(budget.whole.left(), euros("2450.10"));
    assert_eq!(budget.whole.share(), Some(euros("75.5")));
    assert!(!budget.is_near() && !budget.is_overrun());
    let of = |kind: &str, id: &str| (Some(2026), Some(estate.find(kind, id).expect("it").id));
    let lyon = budgets.sites[&of("site", "lyon")];
    assert_eq!(lyon.planned, euros("4000"), "a room counts for its town");
    assert_eq!(lyon.ordered, euros("1999.80"));
    let own = budgets.clients[&of("organisation", "nous")];
    assert_eq!(
        (own.planned, own.invoiced),
        (euros("6000"), euros("1999.80"))
    );
}

/// Rapide: 5 and 10 days, the median is 7.5, one of two came late; Lent: ten days late today.
#[test]
fn suppliers_are_held_to_their_days() {
    let estate = books();
    let orders = estate.finance().orders();
    let of = |id: &str| &orders.suppliers[&estate.find("supplier", id).map(|it| it.id)];
    assert_eq!(of("rapide").median(), Some(euros("7.5")));
    assert_eq!((of("rapide").promised, of("rapide").late), (2, 1));
    assert_eq!((of("lent").median(), of("lent").waiting), (None, 1));
    assert_eq!(orders.late[0].days, 10);
    assert_eq!(orders.stages[&Stage::Asked], (1, euros("300")));
    assert_eq!(orders.stages.len(), 4, "what was cancelled counts nowhere");
}

#[test]
fn each_asset_is_renewed_for_the_nearest_reason() {
    let estate = books();
    let renewals = estate.finance().renewals();
    let expected = [
        ("pc-1", (2030, 1, 20), Reason::Age(4), Some("1200")),
        ("sw-1", (2028, 2, 29), Reason::Age(8), Some("900")),
        ("nas-1", (2028, 6, 30), Reason::ModelEnd, None),
        ("tel-1", (2027, 3, 1), Reason::Age(2), None),
        ("up-1", (2027, 5, 5), Reason::Warranty, None),
    ];
    for (id, (year, month, day), reason, cost) in expected {
        let renewal = renewals.of(asset(&estate, id)).expect("a renewal");
        assert_eq!(renewal.due, Date::constant(year, month, day), "{id}");
        assert_eq!(renewal.reason, reason, "{id}");
        assert_eq!(renewal.cost, cost.map(euros), "{id}");
    }
    assert_eq!(
        renewals.all.len(),
        expected.len(),
        "retired machines are not"
    );
    let year = &renewals.years[&2028];
    assert_eq!(
        (year.assets, year.without_cost, year.cost),
        (2, 1, euros("900"))
    );
}

/// Price 999.90. Half of 730 a year from 20 January to 20 November, 305 days: 365 × 305/365 = 305. Time: 45 +
/// 60/2 = 75 minutes at 48 an hour = 60. Repair 80.05. The order a4: 50.
#[test]
fn owning_counts_price_contracts_work_and_repairs() {
    let estate = books();
    let own = ownership(&estate, asset(&estate, "pc-1"));
    let parts: Vec<_> = own
        .parts
        .iter()
        .map(|part| (part.source, part.amount, part.count))
        .collect();
    let expected = [
        (Source::Price, euros("999.90"), 1),
        (Source::Contracts, euros("305"), 1),
        (Source::Work, euros("60"), 2),
        (Source::Repairs, euros("80.05"), 1),
        (Source::Additions, euros("50"), 1),
    ];
    assert_eq!(parts, expected);
    assert_eq!((own.total(), own.minutes), (euros("1494.95"), 75));
}

#[test]
fn the_plan_comes_from_the_model_and_the_cost_from_the_order() {
    let estate = books();
    let pc = asset(&estate, "pc-1");
    assert_eq!(cost(&estate, pc), Some(euros("999.90")));
    let plan = plan(&estate, pc).expect("a plan");
    // 301 days of 1,080 by 20 November: 11 of January, nine months, 20 of November.
    assert_eq!(plan.written_off(estate.as_of), euros("278.68"));
    assert!(super::fixed_assets::plan(&estate, asset(&estate, "sw-1")).is_none());
    assert_eq!(estate.finance().register().len(), 1);
}

#[test]
fn a_life_is_told_in_order() {
    let estate = books();
    let events = events(&estate, asset(&estate, "pc-1"));
    let steps: Vec<Step> = events.iter().map(|event| event.step).collect();
    let expected = [
        Step::Ordered,
        Step::Delivered,
        Step::Started,
        Step::Lent,
        Step::LoanEnded,
        Step::SentToRepair,
        Step::WrittenOff,
        Step::WarrantyEnd,
        Step::Renewal,
    ];
    // Written off and out of guarantee on the same day.
    let mut sorted = expected;
    sorted[6..8].sort_unstable();
    assert_eq!(steps, sorted);
}

#[test]
fn what_held_data_needs_a_proof() {
    let estate = books();
    let lacks = |id: &str| lacks_erasure(asset(&estate, id));
    assert_eq!(
        ["old-1", "old-2", "old-3", "old-4", "pc-1"].map(lacks),
        [true, false, false, true, false]
    );
}

#[test]
fn what_is_only_planned_is_not_written_off() {
    let common = "name: A, type: laptop, price: 900, depreciation_years: 3, purchased: 2026-01-05";
    let estate = estate(&[(
        "inventory/assets/all.yaml",
        &format!(
            "- {{id: bought, status: in-stock, {common}}}\n- {{id: to-come, status: planned, {common}}}\n\
             - {{id: stolen, status: lost, retired: 2026-02-05, {common}}}\n"
        ),
    )]);
    let register = estate.finance().register();
    let told = register.iter().map(|line| line.value > Decimal::ZERO);
    assert_eq!(told.collect::<Vec<_>>(), [true, false]);
}

#[test]
fn stock_is_linear_only_once_it_is_started_up() {
    let common = "name: A, type: laptop, price: 900, purchased: 2024-11-20";
    let estate = estate(&[(
        "inventory/assets/all.yaml",
        &format!(
            "- {{id: a, status: in-stock, depreciation_years: 3, {common}}}\n\
             - {{id: b, status: in-stock, depreciation_years: 3, in_service: 2027-01-01, {common}}}\n\
             - {{id: c, status: in-stock, depreciation_years: 3, in_service: 2025-01-01, {common}}}\n\
             - {{id: d, status: in-service, depreciation_years: 3, {common}}}\n\
             - {{id: e, status: in-stock, depreciation_years: 3, depreciation: declining, {common}}}\n\
             - {{id: f, status: in-stock, depreciation_years: 2, depreciation: declining, {common}}}\n"
        ),
    )]);
    let waits = |line: &FixedAsset| line.written_off.is_zero() && line.value == line.plan.cost;
    let register = estate.finance().register();
    let told: Vec<bool> = register.iter().map(waits).collect();
    // Two years are too short for declining: `f` is linear, and waits.
    assert_eq!(told, [true, true, false, false, false, true]);
    assert_eq!(register[0].plan.end(), None);
}

#[test]
fn lines_that_plan_more_than_the_amount_are_told() {
    let over = |amount: &str| {
        let text = format!(
            "name: A\n{amount}lines:\n  - {{label: B, planned: 5000}}\n  - {{label: C, planned: 7000}}\n"
        );
        let estate = estate(&[("inventory/budgets/a.yaml", text.as_str())]);
        estate.finance().budgets().all[0].lines_over()
    };
    assert_eq!(over("amount: 5500\n"), Some(euros("6500")));
    assert_eq!(over("amount: 12000\n"), None);
    assert_eq!(over(""), None);
}
