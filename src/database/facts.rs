//! Tables of what follows from records: every reference, the clocks of tickets, the positions of licences, and who
//! changed what.

use jiff::SignedDuration;
use rusqlite::{Connection, params};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostic::Language;
use crate::estate::licences::{Position, positions};
use crate::estate::network::{State, known, macs};
use crate::estate::service_levels::{Clock, Standing, TicketClocks, Unknown};
use crate::estate::{Estate, Record, field_of, recorded, tickets};
use crate::format;
use crate::history::{RecordChange, Recorded, ValueChange, What};
use crate::schema::Kind;

const TABLES: &str = include_str!("facts.sql");

/// Creates the tables, empty.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)
}

/// Made when the tables are filled: an index is sorted once in a fifth of the time that keeping it row by row takes.
const INDEXES: &str = "CREATE INDEX links_to ON links (to_kind, to_id);";

/// Creates the indexes beside those of the keys.
pub(super) fn index(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(INDEXES)
}

/// Writes what follows from the estate's records.
pub(super) fn fill(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    about(connection, estate)?;
    records(connection, estate)?;
    links(connection, estate)?;
    ticket_states(connection, estate)?;
    ticket_clocks(connection, estate)?;
    licence_positions(connection, estate)?;
    addresses(connection, estate)?;
    prefix_usage(connection, estate)?;
    asset_systems(connection, estate)?;
    old_versions(connection, estate)?;
    history(connection, estate)
}

fn about(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert = connection.prepare("INSERT INTO about VALUES (?, ?)")?;
    insert.execute(params!["title", estate.config.title])?;
    insert.execute(params!["as_of", estate.as_of.to_string()])?;
    insert.execute(params!["carnet", env!("CARGO_PKG_VERSION")])?;
    Ok(())
}

fn records(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert = connection.prepare("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for record in listed(estate) {
        let first = estate.log(record).last();
        let last = estate.log(record).next();
        insert.execute(params![
            record.kind().name,
            record.source.id,
            language(record),
            record.title,
            record.url,
            record.source.file.path,
            first.map(|commit| commit.when.date().to_string()),
            last.map(|commit| commit.when.date().to_string()),
        ])?;
    }
    Ok(())
}

/// Records that have a page of their own.
fn listed(estate: &Estate) -> impl Iterator<Item = &Record> {
    estate
        .schema
        .kinds()
        .flat_map(|kind| estate.listed(&kind.name))
}

fn language(record: &Record) -> &'static str {
    record.source.language.map_or("", Language::code)
}

fn links(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut links = Vec::new();
    for record in listed(estate) {
        for link in &record.back_links {
            let from = estate.record(link.from);
            let field = link
                .field
                .map(|place| from.kind().fields[place].key.as_str());
            links.push([
                &from.kind().name,
                &from.source.id,
                field.unwrap_or_default(),
                &record.kind().name,
                &record.source.id,
            ]);
        }
    }
    // In the order of the table's key each row goes to the end.
    links.sort_unstable();
    links.dedup();
    let mut insert = connection.prepare("INSERT INTO links VALUES (?, ?, ?, ?, ?)")?;
    for link in links {
        insert.execute(link)?;
    }
    Ok(())
}

fn ticket_states(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO ticket_states VALUES (?, ?, ?, ?, ?)")?;
    for ticket in estate.listed("ticket") {
        insert.execute(params![
            ticket.source.id,
            tickets::phase(ticket),
            tickets::is_open(ticket),
            tickets::priority(estate, ticket).map(|choice| choice.key.as_str()),
            tickets::minutes_spent(ticket),
        ])?;
    }
    Ok(())
}

fn ticket_clocks(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare("INSERT INTO ticket_clocks VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (ticket, clocks) in estate.service_levels().all() {
        let TicketClocks {
            contract, gti, gtr, ..
        } = clocks;
        let contract = contract.map(|id| estate.record(id).source.id.as_str());
        for (name, clock) in [("gti", gti), ("gtr", gtr)] {
            let Some(clock) = clock else { continue };
            let (standing, late) = standing(clock);
            insert.execute(params![
                estate.record(ticket).source.id,
                name,
                contract,
                clock.due.map(|due| due.to_string()),
                standing,
                clock.allowed.map(minutes),
                clock.used.map(minutes),
                late,
            ])?;
        }
    }
    Ok(())
}

/// Where the clock stands, and by how many minutes of open time it is late.
fn standing(clock: &Clock) -> (&'static str, Option<i64>) {
    match clock.standing {
        Standing::Kept => ("kept", Some(0)),
        Standing::Missed(late) => ("missed", Some(minutes(late))),
        Standing::Running(_) => ("running", Some(0)),
        Standing::Paused(_) => ("paused", Some(0)),
        Standing::Late(late) => ("late", Some(minutes(late))),
        Standing::Unknown(Unknown::NoHours) => ("no-hours", None),
        Standing::Unknown(Unknown::UnreadableHours) => ("unreadable-hours", None),
        Standing::Unknown(Unknown::NeverOpens) => ("never-opens", None),
        Standing::Unknown(Unknown::Undated) => ("undated", None),
    }
}

/// Whole minutes, a begun one counted: a promise missed by seconds is not missed by nothing.
fn minutes(length: SignedDuration) -> i64 {
    length.as_secs().div_euclid(60) + i64::from(length.as_secs().rem_euclid(60) > 0)
}

fn licence_positions(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare("INSERT OR IGNORE INTO licence_positions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for software in positions(estate) {
        let name = software.software.map(|record| record.source.id.as_str());
        for position in &software.licences {
            let Position {
                licence,
                bought,
                assigned,
                validity,
                ..
            } = position;
            insert.execute(params![
                licence.source.id,
                name,
                bought,
                assigned,
                position.free(),
                position.over(),
                validity.counts(),
                cents(position.yearly_cost),
                cents(position.one_off_cost),
            ])?;
        }
    }
    Ok(())
}

fn asset_systems(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO asset_systems VALUES (?, ?, ?, ?, ?, ?)")?;
    for asset in estate.listed("asset") {
        let Some(system) = estate.systems().of(asset) else {
            continue;
        };
        let software = system
            .software
            .map(|id| estate.record(id).source.id.as_str());
        insert.execute(params![
            asset.source.id,
            system.name,
            system.version,
            software,
            system.end.map(|end| end.to_string()),
            system.end.map(|_| system.is_past(estate.as_of)),
        ])?;
    }
    Ok(())
}

fn old_versions(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO old_versions VALUES (?, ?, ?, ?)")?;
    for update in &estate.upkeep().updates {
        let outdated = update.outdated.iter().map(|found| (found, true));
        let behind = update.behind.iter().map(|found| (found, false));
        for (found, is_outdated) in outdated.chain(behind) {
            insert.execute(params![
                estate.record(update.software).source.id,
                estate.record(found.asset).source.id,
                found.version,
                is_outdated,
            ])?;
        }
    }
    Ok(())
}

fn cents(amount: Decimal) -> Option<i64> {
    let cents = format::to_the_cent(amount).saturating_mul(Decimal::ONE_HUNDRED);
    cents.to_i64()
}

fn addresses(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let plan = estate.addressing();
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO addresses VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let id = |id| estate.record(id).source.id.as_str();
    for line in known(estate) {
        let prefix = line.prefix.and_then(|id| plan.prefixes.get(&id));
        let asset = line.asset.map(|id| estate.record(id));
        insert.execute(params![
            line.address.to_string(),
            prefix.map(|prefix| prefix.network.to_string()),
            prefix.map_or("", |prefix| id(prefix.record)),
            prefix.and_then(|prefix| prefix.vlan).map(id),
            asset.map_or("", |asset| asset.source.id.as_str()),
            asset.and_then(|asset| asset.view().text("hostname")),
            asset.map(macs).filter(|macs| !macs.is_empty()),
            line.standing.key(),
        ])?;
    }
    Ok(())
}

fn prefix_usage(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let plan = estate.addressing();
    let mut insert = connection
        .prepare("INSERT OR IGNORE INTO prefix_usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let id = |id| estate.record(id).source.id.as_str();
    let small = |count: u128| i64::try_from(count).ok();
    for prefix in plan.prefixes.values() {
        let usage = plan.usage(prefix);
        insert.execute(params![
            id(prefix.record),
            prefix.network.to_string(),
            prefix.parent.map(id),
            prefix.is_container,
            small(prefix.network.range.size()),
            small(usage.taken()),
            small(usage.count(State::Reserved)),
            small(usage.count(State::Dhcp)),
            small(usage.count(State::Subnet)),
            small(usage.count(State::Free)),
        ])?;
    }
    Ok(())
}

fn history(connection: &Connection, estate: &Estate) -> rusqlite::Result<()> {
    let mut commits = connection.prepare("INSERT INTO commits VALUES (?, ?, ?, ?, ?)")?;
    let mut changes =
        connection.prepare("INSERT OR IGNORE INTO changed_records VALUES (?, ?, ?, ?, ?, ?)")?;
    let mut fields =
        connection.prepare("INSERT OR IGNORE INTO changed_fields VALUES (?, ?, ?, ?, ?, ?)")?;
    for commit in estate.history.touching() {
        let id = &*commit.id;
        let day = commit.when.date().to_string();
        let moment = commit.when.timestamp().to_string();
        commits.execute(params![id, day, moment, commit.author, commit.summary])?;
        for change in &commit.changes.records {
            let name = &change.record;
            let what = what(change);
            changes.execute(params![
                id,
                name.kind,
                name.id,
                what,
                change.title,
                change.path
            ])?;
            let Some(kind) = estate.schema.kind(&name.kind) else {
                continue;
            };
            for (key, before, after) in values(estate, kind, change) {
                fields.execute(params![id, name.kind, name.id, key, before, after])?;
            }
        }
    }
    Ok(())
}

fn what(change: &RecordChange) -> &'static str {
    match change.what {
        What::Added => "added",
        What::Removed => "removed",
        What::Changed => "changed",
        What::Reformatted => "reformatted",
        What::Unreadable => "unreadable",
    }
}

/// The fields of a change with their values before and after, in words; values that are never told have neither.
fn values<'c>(
    estate: &Estate,
    kind: &Kind,
    change: &'c RecordChange,
) -> Vec<(&'c str, Option<String>, Option<String>)> {
    let language = estate.config.language;
    let told = change.fields.iter().map(|field| {
        let known = field_of(kind, &field.key).filter(|known| !known.secret);
        let said = |value: &Recorded| known.map(|known| recorded(estate, known, value, language));
        let several = |items: &[Recorded]| {
            let texts: Vec<String> = items.iter().filter_map(said).collect();
            Some(texts.join(", ")).filter(|text| !text.is_empty())
        };
        let (before, after) = match &field.value {
            ValueChange::Replaced { old, new } => {
                (old.as_ref().and_then(said), new.as_ref().and_then(said))
            }
            ValueChange::Items { added, removed } => (several(removed), several(added)),
            ValueChange::Text(_) | ValueChange::Hidden => (None, None),
        };
        (field.key.as_str(), before, after)
    });
    told.collect()
}
