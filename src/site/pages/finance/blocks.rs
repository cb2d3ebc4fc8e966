//! The block about money on a record's page: how a supplier delivers, what a budget has left.

use crate::estate::Record;
use crate::site::context::{FinanceBlock, Heading, Link, Table};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::{Ledger, amount, assets, budgets, columns, counted, purchases};

/// The block of an asset, a supplier or a budget; `None` when there is nothing to tell.
pub(in super::super) fn block(page: &Page<'_>, record: &Record) -> Option<FinanceBlock> {
    match record.kind().name.as_str() {
        "asset" => assets::block(page, record),
        "supplier" => supplier(page, record),
        "budget" => budget(page, record),
        _ => None,
    }
}

/// The block's heading, for "on this page".
pub(in super::super) fn heading(block: &FinanceBlock) -> Heading {
    Heading {
        id: "finance".to_owned(),
        text: block.title.clone(),
        level: 2,
    }
}

/// Leaves out how things were counted, and the last table: the parts of what owning an asset cost.
pub(in super::super) fn shorten(block: &mut FinanceBlock) {
    block.notes.clear();
    block.tables.truncate(2);
}

/// The page that sums up.
pub(super) fn more(page: &Page<'_>, ledger: Ledger) -> Link {
    Link::new(page.word(ledger.title()), page.to(ledger.url()))
}

/// Figures as a small table.
pub(super) fn table(page: &Page<'_>, caption: &str, figures: &Figures) -> Table {
    let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.value(page)).collect();
    Table {
        caption: Some(page.word(caption)),
        columns: figures
            .columns
            .iter()
            .map(|(_, label)| label.clone())
            .collect(),
        rows: figures.rows.iter().map(row).collect(),
    }
}

fn supplier(page: &Page<'_>, supplier: &Record) -> Option<FinanceBlock> {
    let orders = page.estate().finance().orders();
    let own = orders.suppliers.get(&Some(supplier.id))?;
    let delays = Figures {
        columns: purchases::delay_columns(page),
        rows: vec![purchases::delays(own)],
        total: Vec::new(),
    };
    let is_own = |late: &&_| {
        let late: &crate::estate::finance::purchases::LateOrder = late;
        let purchase = page.estate().record(late.purchase);
        let named = page.estate().first(purchase, "supplier");
        named.is_some_and(|named| named.id == supplier.id)
    };
    let late = Figures {
        columns: columns(
            page,
            [
                ("purchase", "ledger-purchase"),
                ("expected", "ledger-expected"),
                ("days_late", "ledger-days-late"),
            ],
        ),
        rows: orders
            .late
            .iter()
            .filter(is_own)
            .map(|late| {
                vec![
                    Cell::Record(late.purchase),
                    Cell::Date(late.expected),
                    Cell::Days(late.days.into()),
                ]
            })
            .collect(),
        total: Vec::new(),
    };
    let mut tables = vec![table(page, "ledger-delays", &delays)];
    if !late.rows.is_empty() {
        tables.push(table(page, "ledger-purchases-late", &late));
    }
    Some(FinanceBlock {
        title: page.word("ledger-orders"),
        figures: vec![
            counted(page, "ledger-orders", own.orders, None),
            amount(page, "ledger-amount", own.amount),
        ],
        tables,
        notes: vec![page.word("ledger-purchases-median")],
        more: Some(more(page, Ledger::Purchases)),
    })
}

fn budget(page: &Page<'_>, record: &Record) -> Option<FinanceBlock> {
    let budget = page.estate().finance().budgets().of(record)?;
    let mut headings = columns(page, [("line", "ledger-line")]);
    headings.extend(budgets::amount_columns(page));
    headings.extend(columns(page, [("verdict", "ledger-verdict")]));
    let rows = budget.lines.iter().map(|line| {
        let mut row = vec![Cell::Text(budgets::label(page, &line.label))];
        row.extend(budgets::amounts(&line.amounts));
        row.push(budgets::line_verdict(page, line));
        row
    });
    let lines = Figures {
        rows: rows.collect(),
        columns: headings,
        total: Vec::new(),
    };
    let whole = &budget.whole;
    let (label, left, _) = amount(page, "ledger-left", whole.left());
    let mut figures = budgets::plans(page, [whole.planned, budget.in_lines]);
    figures.extend([
        amount(page, "ledger-committed", whole.committed),
        amount(page, "ledger-ordered", whole.ordered),
        amount(page, "ledger-invoiced", whole.invoiced),
        (label, left, budgets::verdict(page, budget)),
    ]);
    Some(FinanceBlock {
        title: page.word("ledger-budgets"),
        figures,
        tables: vec![table(page, "ledger-budgets-lines", &lines)],
        notes: vec![page.word("ledger-budgets-committed")],
        more: Some(more(page, Ledger::Budgets)),
    })
}
