//! The dates of an asset's life in order, from its order to its disposal, what is still ahead included.

use jiff::civil::Date;

use crate::estate::finance::fixed_assets::plan;
use crate::estate::{Estate, Record, RecordId};

/// What happened, or will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Its purchase was ordered.
    Ordered,
    /// Its purchase was delivered.
    Delivered,
    /// It was bought, where no purchase tells more.
    Bought,
    /// It started up.
    Started,
    /// It was lent.
    Lent,
    /// It came back from a loan.
    LoanEnded,
    /// It went to repair.
    SentToRepair,
    /// It came back from repair.
    Repaired,
    /// Somebody saw it at a physical inventory.
    Inventoried,
    /// Its guarantee ends.
    WarrantyEnd,
    /// It is written off.
    WrittenOff,
    /// It reaches the age at which it is replaced.
    Renewal,
    /// It was taken out of use.
    Retired,
    /// Its data were wiped.
    Erased,
    /// It left the fleet.
    Disposed,
}

/// A date of a life.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// When.
    pub day: Date,
    /// What.
    pub step: Step,
    /// The purchase, the borrower or the repairer.
    pub with: Option<RecordId>,
    /// A few words that the record gives: what was repaired, how data were wiped.
    pub words: Option<String>,
}

/// The dates of an asset's life, earliest first.
pub fn events(estate: &Estate, asset: &Record) -> Vec<Event> {
    let view = asset.view();
    let mut events = of_purchase(estate, asset);
    let is_ordered = !events.is_empty();
    let own = [
        (Step::Bought, view.date("purchased").filter(|_| !is_ordered)),
        (Step::Started, view.date("in_service")),
        (Step::Inventoried, view.date("last_physical_inventory")),
        (Step::WarrantyEnd, view.date("warranty_end")),
        (Step::Retired, view.date("retired")),
        (Step::Erased, view.date("data_erased")),
        (Step::Disposed, view.date("disposed")),
    ];
    let renewal = estate.finance().renewals().of(asset).map(|own| own.due);
    let written_off = plan(estate, asset).and_then(|plan| plan.end());
    let derived = [(Step::WrittenOff, written_off), (Step::Renewal, renewal)];
    events.extend(own.into_iter().chain(derived).filter_map(|(step, day)| {
        Some(Event {
            words: (step == Step::Erased)
                .then(|| view.text("erasure_certificate").map(str::to_owned))
                .flatten(),
            ..event(step, day?)
        })
    }));
    for loan in view.structures("loans") {
        let to = estate.linked_in(asset, loan, "to").next().map(|to| to.id);
        let pairs = [(Step::Lent, "from"), (Step::LoanEnded, "until")];
        events.extend(pairs.into_iter().filter_map(|(step, key)| {
            Some(Event {
                with: to,
                words: loan.text("note").map(str::to_owned),
                ..event(step, loan.date(key)?)
            })
        }));
    }
    for repair in view.structures("repairs") {
        let by = estate.linked_in(asset, repair, "supplier").next();
        // What was repaired on the spot never left.
        let is_sent = repair.date("sent") != repair.date("returned");
        let pairs = [(Step::SentToRepair, "sent"), (Step::Repaired, "returned")];
        let pairs = pairs.into_iter().skip(usize::from(!is_sent));
        events.extend(pairs.filter_map(|(step, key)| {
            Some(Event {
                with: by.map(|by| by.id),
                words: repair.text("what").map(str::to_owned),
                ..event(step, repair.date(key)?)
            })
        }));
    }
    events.sort();
    events
}

fn of_purchase(estate: &Estate, asset: &Record) -> Vec<Event> {
    let Some(purchase) = estate.first(asset, "purchase") else {
        return Vec::new();
    };
    let view = purchase.view();
    let dates = [
        (Step::Ordered, view.date("ordered")),
        (Step::Delivered, view.date("delivered")),
    ];
    let told = dates.into_iter().filter_map(|(step, day)| {
        Some(Event {
            with: Some(purchase.id),
            ..event(step, day?)
        })
    });
    told.collect()
}

fn event(step: Step, day: Date) -> Event {
    Event {
        day,
        step,
        with: None,
        words: None,
    }
}
