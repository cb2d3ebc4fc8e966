//! What each budget plans, what is committed on it, and what is left, line by line, and by year, site and client.
//!
//! Orders and invoices are purchases that name the budget and, by its label, the line. What a line says to
//! be committed (`committed`: contracts, pay, what the accounts know) and what its orders add up to may
//! tell the same euro twice, so that the greater of the two counts as committed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::estate::finance::purchases::{Stage, stage, total};
use crate::estate::{Estate, Record, RecordId, places};
use crate::fold::fold;
use crate::format::half_up;

/// Amounts of one line, budget, year, site or client, in euros.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    /// As planned.
    pub planned: Decimal,
    /// Asked for and not ordered: not committed yet.
    pub asked: Decimal,
    /// Ordered, what is invoiced included.
    pub ordered: Decimal,
    /// Invoiced.
    pub invoiced: Decimal,
    /// The greater of what is written and what is ordered.
    pub committed: Decimal,
}

impl Amounts {
    /// What is left of the plan; below zero when it is overrun.
    pub fn left(&self) -> Decimal {
        self.planned - self.committed
    }

    /// The share committed, in per cent with one decimal; `None` where nothing is planned.
    pub fn share(&self) -> Option<Decimal> {
        let share = (self.committed * Decimal::ONE_HUNDRED).checked_div(self.planned)?;
        Some(half_up(share, 1))
    }

    fn add(&mut self, other: &Self) {
        self.planned += other.planned;
        self.asked += other.asked;
        self.ordered += other.ordered;
        self.invoiced += other.invoiced;
        self.committed += other.committed;
    }

    /// Adds a purchase that stands at a stage; what is written beyond the orders is added apart.
    fn spend(&mut self, stage: Stage, amount: Decimal) {
        if stage == Stage::Asked {
            self.asked += amount;
        }
        if stage.is_ordered() {
            self.ordered += amount;
        }
        if stage == Stage::Invoiced {
            self.invoiced += amount;
        }
    }
}

/// A line of a budget.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BudgetLine {
    /// Its label; empty for purchases whose line the budget does not have.
    pub label: String,
    /// Its amounts.
    pub amounts: Amounts,
}

/// A budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Which.
    pub record: RecordId,
    /// Its year: as written, else that of its first day.
    pub year: Option<i64>,
    /// Its lines in order; purchases outside of any line last, when there are some.
    pub lines: Vec<BudgetLine>,
    /// All of it. The plan is its amount, else the sum of its lines.
    pub whole: Amounts,
    /// What its lines plan together.
    pub in_lines: Decimal,
    /// Share from which it is to be reported, in per cent.
    pub threshold: Option<Decimal>,
}

impl Budget {
    /// Whether more is committed than planned.
    pub fn is_overrun(&self) -> bool {
        self.whole.left() < Decimal::ZERO
    }

    /// By how much its lines plan more than its amount; `None` when they keep within it.
    pub fn lines_over(&self) -> Option<Decimal> {
        let over = self.in_lines - self.whole.planned;
        (over > Decimal::ZERO).then_some(over)
    }

    /// Whether the share committed reaches the alert threshold.
    pub fn is_near(&self) -> bool {
        let share = self.whole.share().zip(self.threshold);
        share.is_some_and(|(share, threshold)| share >= threshold)
    }
}

/// A year, and a site or a client in it.
pub type Place = (Option<i64>, Option<RecordId>);

/// All budgets.
#[derive(Debug, Default)]
pub struct Budgets {
    /// Newest year first, then by id.
    pub all: Vec<Budget>,
    /// By year and client: planned where a line or its budget names one, spent where a purchase belongs; committed
    /// are orders, and where it is planned what a line writes beyond its own.
    pub clients: BTreeMap<Place, Amounts>,
    /// By year and site (the place above all others): planned where a line names one.
    pub sites: BTreeMap<Place, Amounts>,
}

impl Budgets {
    /// Reads all budgets and purchases once.
    pub fn new(estate: &Estate) -> Self {
        let mut by_budget: BTreeMap<RecordId, Vec<&Record>> = BTreeMap::new();
        for purchase in estate.listed("purchase") {
            if let Some(budget) = estate.first(purchase, "budget") {
                by_budget.entry(budget.id).or_default().push(purchase);
            }
        }
        let mut budgets = Self::default();
        for record in estate.listed("budget") {
            let purchases = by_budget.remove(&record.id).unwrap_or_default();
            budgets.add(estate, record, &purchases);
        }
        budgets
            .all
            .sort_by_key(|budget| (std::cmp::Reverse(budget.year), budget.record));
        budgets
    }

    /// The budget of a record.
    pub fn of(&self, record: &Record) -> Option<&Budget> {
        self.all.iter().find(|budget| budget.record == record.id)
    }

    fn add(&mut self, estate: &Estate, record: &Record, purchases: &[&Record]) {
        let view = record.view();
        let started = view.date("starts").map(|day| i64::from(day.year()));
        let year = view.integer("year").or(started);
        let mut lines = Vec::new();
        let mut lines_of = Vec::new();
        let mut outside = BudgetLine::default();
        for line in view.structures("lines") {
            let amounts = Amounts {
                planned: line.decimal("planned").unwrap_or_default(),
                committed: line.decimal("committed").unwrap_or_default(),
                ..Amounts::default()
            };
            let client = estate.linked_in(record, line, "organisation").next();
            let client = client.or_else(|| estate.first(record, "organisation"));
            let site = estate.linked_in(record, line, "site").next();
            let own = self.plan(estate, year, [client, site], &amounts);
            lines_of.push(own);
            lines.push(BudgetLine {
                label: line.text("label").unwrap_or_default().to_owned(),
                amounts,
            });
        }
        for purchase in purchases {
            let Some(stage) = stage(purchase) else {
                continue;
            };
            let amount = total(purchase);
            let place = line_of(&lines, purchase);
            let line = place.map_or(&mut outside, |place| &mut lines[place]);
            line.amounts.spend(stage, amount);
            self.spend(estate, year, purchase, (stage, amount));
        }
        if outside.amounts != Amounts::default() {
            lines.push(outside);
        }
        // What a line writes beyond its orders is committed where the line is planned.
        for (line, [client, site]) in lines.iter().zip(lines_of) {
            let beyond = line.amounts.committed - line.amounts.ordered;
            if beyond > Decimal::ZERO {
                self.clients.entry(client).or_default().committed += beyond;
                self.sites.entry(site).or_default().committed += beyond;
            }
        }
        let mut whole = Amounts::default();
        for line in &mut lines {
            line.amounts.committed = line.amounts.committed.max(line.amounts.ordered);
            whole.add(&line.amounts);
        }
        let in_lines = whole.planned;
        whole.planned = view.decimal("amount").unwrap_or(in_lines);
        self.all.push(Budget {
            record: record.id,
            year,
            lines,
            whole,
            in_lines,
            threshold: view.decimal("alert_threshold"),
        });
    }

    fn plan(
        &mut self,
        estate: &Estate,
        year: Option<i64>,
        [client, site]: [Option<&Record>; 2],
        amounts: &Amounts,
    ) -> [Place; 2] {
        let site = site.and_then(|site| places::places(estate, site).last().map(|place| place.id));
        let client = (year, client.map(|client| client.id));
        let site = (year, site);
        self.clients.entry(client).or_default().planned += amounts.planned;
        self.sites.entry(site).or_default().planned += amounts.planned;
        [client, site]
    }

    fn spend(
        &mut self,
        estate: &Estate,
        year: Option<i64>,
        purchase: &Record,
        (stage, amount): (Stage, Decimal),
    ) {
        let client = estate.clients().owner(purchase);
        let site = places::places(estate, purchase)
            .last()
            .map(|place| place.id);
        let places = [
            self.clients.entry((year, client)).or_default(),
            self.sites.entry((year, site)).or_default(),
        ];
        for own in places {
            own.spend(stage, amount);
            if stage.is_ordered() {
                own.committed += amount;
            }
        }
    }
}

/// The line that a purchase names, by its label without case and accents.
fn line_of(lines: &[BudgetLine], purchase: &Record) -> Option<usize> {
    let named = fold(purchase.view().text("budget_line")?);
    lines.iter().position(|line| fold(&line.label) == named)
}
