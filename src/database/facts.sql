-- What this database is: `title` of the site, `as_of` (the day it is true of), `carnet` (the version that wrote it).
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Every record and page, whatever its kind; dates are those of its first and last commit.
CREATE TABLE records (
  kind TEXT NOT NULL, id TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, page TEXT NOT NULL,
  file TEXT NOT NULL, first_seen TEXT, last_changed TEXT, PRIMARY KEY (kind, id, language)
) WITHOUT ROWID;

-- Every reference from one record to another; `field` is empty for a link in a text.
CREATE TABLE links (
  from_kind TEXT NOT NULL, from_id TEXT NOT NULL, field TEXT NOT NULL, to_kind TEXT NOT NULL, to_id TEXT NOT NULL,
  PRIMARY KEY (from_kind, from_id, field, to_kind, to_id)
) WITHOUT ROWID;

-- `clock` is gti or gtr; `standing` is kept, missed, running, paused, late, or why nobody can say: no-hours,
-- unreadable-hours, never-opens, undated. Minutes are open time.
CREATE TABLE ticket_clocks (
  ticket TEXT NOT NULL, clock TEXT NOT NULL, contract TEXT, due TEXT, standing TEXT NOT NULL, allowed_minutes INTEGER,
  used_minutes INTEGER, late_minutes INTEGER, PRIMARY KEY (ticket, clock)
) WITHOUT ROWID;

-- `priority` is the one written, or what the matrix makes of urgency and impact; `phase` is new, assigned, pending,
-- resolved or closed; `open` is 1 until it is resolved.
CREATE TABLE ticket_states (
  ticket TEXT PRIMARY KEY, phase TEXT NOT NULL, open INTEGER NOT NULL, priority TEXT, minutes_spent INTEGER NOT NULL
) WITHOUT ROWID;

-- `bought` and `free` are null where seats are unlimited; `valid` is 0 for a licence that ended or has not begun.
CREATE TABLE licence_positions (
  licence TEXT PRIMARY KEY, software TEXT, bought INTEGER, assigned INTEGER NOT NULL, free INTEGER, over INTEGER NOT NULL,
  valid INTEGER NOT NULL, yearly_cost_cents INTEGER, one_off_cost_cents INTEGER
) WITHOUT ROWID;

-- Every known address: those of assets, and gateways that no asset has (`asset` is empty then). `state` is gateway,
-- reserved, dhcp, static, unusable or outside (in no prefix, which is empty then).
CREATE TABLE addresses (
  address TEXT NOT NULL, network TEXT, prefix TEXT NOT NULL, vlan TEXT, asset TEXT NOT NULL, host_name TEXT, mac TEXT,
  state TEXT NOT NULL, PRIMARY KEY (address, prefix, asset)
) WITHOUT ROWID;

-- Addresses of each prefix by state, those of its subnets left to them; null where there are too many to count (IPv6).
CREATE TABLE prefix_usage (
  prefix TEXT PRIMARY KEY, network TEXT NOT NULL, parent TEXT, container INTEGER NOT NULL, size INTEGER, used INTEGER,
  reserved INTEGER, dhcp INTEGER, subnets INTEGER, free INTEGER
) WITHOUT ROWID;

-- The operating system of each asset as reported; `software` is the record that it is, `past` is 1 when its support
-- has ended, null when its end is not known.
CREATE TABLE asset_systems (
  asset TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT, software TEXT, end_of_support TEXT, past INTEGER
) WITHOUT ROWID;

-- Versions on machines in use that are older than expected; `outdated` is 1 when older than the oldest accepted one.
CREATE TABLE old_versions (
  software TEXT NOT NULL, asset TEXT NOT NULL, version TEXT NOT NULL, outdated INTEGER NOT NULL,
  PRIMARY KEY (software, asset)
) WITHOUT ROWID;

-- The history read from Git, newest first by `moment`; no e-mail address is in it.
CREATE TABLE commits (id TEXT PRIMARY KEY, day TEXT NOT NULL, moment TEXT NOT NULL, author TEXT NOT NULL, summary TEXT NOT NULL) WITHOUT ROWID;

-- `what` is added, removed, changed or reformatted.
CREATE TABLE changed_records (
  commit_id TEXT NOT NULL REFERENCES commits, kind TEXT NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL, title TEXT,
  path TEXT NOT NULL, PRIMARY KEY (commit_id, kind, id)
) WITHOUT ROWID;
CREATE TABLE changed_fields (
  commit_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT,
  PRIMARY KEY (commit_id, kind, id, field)
) WITHOUT ROWID;
