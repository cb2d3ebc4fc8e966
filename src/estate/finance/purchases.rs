//! Orders: where they stand, what they come to, which are late, and how long each supplier takes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::estate::licences::days_between;
use crate::estate::{Estate, Record, RecordId};

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Asked for or approved: nothing is owed yet.
    Asked,
    /// Ordered, not all delivered.
    Ordered,
    /// All there, no invoice yet.
    Delivered,
    /// Invoiced.
    Invoiced,
}

impl Stage {
    /// Whether the money is committed.
    pub fn is_ordered(self) -> bool {
        self >= Self::Ordered
    }
}

/// Where a purchase stands; `None` for one that was cancelled. Without a status its dates tell.
pub fn stage(purchase: &Record) -> Option<Stage> {
    let view = purchase.view();
    let has = |key: &str| view.date(key).is_some();
    match view.choice("status").map(|status| status.key.as_str()) {
        Some("cancelled") => None,
        Some("draft" | "requested" | "approved") => Some(Stage::Asked),
        Some("ordered" | "partly-delivered") => Some(Stage::Ordered),
        Some("delivered") => Some(Stage::Delivered),
        Some("invoiced") => Some(Stage::Invoiced),
        _ if has("invoiced") => Some(Stage::Invoiced),
        _ if has("delivered") && !is_short(purchase) => Some(Stage::Delivered),
        _ if has("delivered") => Some(Stage::Ordered),
        _ if has("ordered") => Some(Stage::Ordered),
        _ => Some(Stage::Asked),
    }
}

/// Whether a line of an order says that less was received than ordered.
fn is_short(purchase: &Record) -> bool {
    let mut lines = purchase.view().structures("lines");
    lines.any(|line| {
        let quantity = line.integer("quantity").unwrap_or(1);
        let received = line.integer("received");
        received.is_some_and(|received| received < quantity)
    })
}

/// Whether something of a purchase is still to come: a day of delivery may be that of a first part, which the
/// status or the quantities received tell.
pub fn is_awaited(purchase: &Record) -> bool {
    let view = purchase.view();
    let is_partial = view
        .choice("status")
        .is_some_and(|it| it.key == "partly-delivered");
    let is_here = view.date("delivered").is_some() && !is_partial && !is_short(purchase);
    stage(purchase).is_some_and(|stage| stage < Stage::Delivered) && !is_here
}

/// What a purchase comes to without tax: its total, else the sum of its lines; in euros.
pub fn total(purchase: &Record) -> Decimal {
    let view = purchase.view();
    view.decimal("total").unwrap_or_else(|| {
        let lines = view.structures("lines");
        lines
            .map(|line| {
                let price = line.decimal("unit_price").unwrap_or_default();
                price.saturating_mul(Decimal::from(line.integer("quantity").unwrap_or(1)))
            })
            .sum()
    })
}

/// What one supplier delivered, and how fast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deliveries {
    /// Orders placed, in all.
    pub orders: usize,
    /// What they come to, in euros.
    pub amount: Decimal,
    /// Calendar days from order to delivery of those that are wholly delivered, shortest first.
    pub days: Vec<i32>,
    /// How many of those had an expected day.
    pub promised: usize,
    /// How many of these came after it.
    pub late: usize,
    /// Orders that are late on the estate's day.
    pub waiting: usize,
}

impl Deliveries {
    /// The middle of the days; halfway between the two in the middle when their number is even.
    pub fn median(&self) -> Option<Decimal> {
        let last = self.days.len().checked_sub(1)?;
        let middle = [last / 2, last.div_ceil(2)].map(|place| Decimal::from(self.days[place]));
        Some(((middle[0] + middle[1]) / Decimal::TWO).normalize())
    }
}

/// An order past its expected day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateOrder {
    /// Which.
    pub purchase: RecordId,
    /// When it should have come.
    pub expected: Date,
    /// For how many days it has been late.
    pub days: i32,
}

/// All orders summed up.
#[derive(Debug, Default)]
pub struct Orders {
    /// By supplier; `None` for orders that name none.
    pub suppliers: BTreeMap<Option<RecordId>, Deliveries>,
    /// Late today, the latest first.
    pub late: Vec<LateOrder>,
    /// How many and how much at each stage, in euros.
    pub stages: BTreeMap<Stage, (usize, Decimal)>,
}

impl Orders {
    /// Reads all purchases once.
    pub fn new(estate: &Estate) -> Self {
        let mut orders = Self::default();
        for purchase in estate.listed("purchase") {
            orders.add(estate, purchase);
        }
        for deliveries in orders.suppliers.values_mut() {
            deliveries.days.sort_unstable();
        }
        orders
            .late
            .sort_by_key(|late| (std::cmp::Reverse(late.days), late.purchase));
        orders
    }

    fn add(&mut self, estate: &Estate, purchase: &Record) {
        let Some(stage) = stage(purchase) else {
            return;
        };
        let amount = total(purchase);
        let sums = self.stages.entry(stage).or_default();
        sums.0 += 1;
        sums.1 += amount;
        if !stage.is_ordered() {
            return;
        }
        let supplier = estate
            .first(purchase, "supplier")
            .map(|supplier| supplier.id);
        let own = self.suppliers.entry(supplier).or_default();
        own.orders += 1;
        own.amount += amount;
        let view = purchase.view();
        let expected = view.date("expected");
        if stage > Stage::Ordered
            && let (Some(ordered), Some(delivered)) = (view.date("ordered"), view.date("delivered"))
        {
            own.days.push(days_between(ordered, delivered));
            own.promised += usize::from(expected.is_some());
            own.late += usize::from(expected.is_some_and(|expected| delivered > expected));
        }
        let is_due = stage == Stage::Ordered && is_awaited(purchase);
        let overdue = expected.filter(|day| is_due && *day < estate.as_of);
        if let Some(expected) = overdue {
            own.waiting += 1;
            self.late.push(LateOrder {
                purchase: purchase.id,
                expected,
                days: days_between(expected, estate.as_of),
            });
        }
    }
}
