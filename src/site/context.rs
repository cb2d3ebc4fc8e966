//! Exactly what each template receives: one struct a page kind, filled from the Estate by the page plan.
//!
//! Texts arrive in the site's language and ready to read (dates, amounts and numbers already written out);
//! addresses arrive relative to the page. Templates only arrange them. Only [`Html`] is printed unescaped.

mod addressing;
mod applicable;
mod backups;
mod binder;
mod blocks;
mod calendar;
mod changes;
mod checklist;
mod clients;
mod deadlines;
mod desk;
mod field_views;
mod finance;
mod frame;
mod home;
mod impact;
mod list;
mod offline;
mod on_call;
mod pages;
mod quality;
mod questions;
mod record;
mod review;
mod search;
mod topology;
mod upkeep;
mod value;

pub use addressing::{AddressingBlock, AddressingClient, AddressingContext, PrefixRow};
pub use applicable::{ApplicableProcedures, Placeholders};
pub use backups::{BackupBlock, BackupCoverageContext, Question};
pub use binder::{BinderContext, BinderPart};
pub use blocks::{
    ChangeReasons, Clock, FlowStage, LicencePosition, Promise, Promises, Reason, TicketFlow,
    TimeInStates, TimelineEntry,
};
pub use calendar::{CalendarMonth, CalendarRow, CarriedBy, ChangeCalendarContext, ChangeNote};
pub use changes::{
    Alteration, Change, ChangeLog, Dates, FieldChange, FileLine, FilterSelect, HistoryContext,
    HistoryDay, HistoryFilter, Piece, RecordLine, RecordList, SiteChange, TagContext, TagKind,
    TagLine, TagsContext, TextChange, Touched,
};
pub use checklist::{Checklist, ChecklistContext, ChecklistGroup, ChecklistLine};
pub use clients::{ClientBlock, ClientSection, ReportContext};
pub use deadlines::{DeadlineCalendarContext, DeadlinesContext, UrgencyCount};
pub use desk::{
    DeskSection, KnownError, KnownErrors, ProblemIncidents, StatisticsContext, SuggestedProblem,
};
pub use field_views::{
    HandoverContext, InventoryContext, InventoryLine, InventoryRoom, InventorySitesContext,
    LabelsContext,
};
pub use finance::{FinanceBlock, LedgerContext, LedgerSection};
pub use frame::{
    AssetNames, EditLinks, Footer, Frame, Heading, NavigationContext, NavigationEntry,
    NavigationGroup, Notice, Translation,
};
pub use home::{
    Deadline, HomeCard, HomeContext, KindCount, OnCall, OnCallRota, TicketBoard, Visits,
};
pub use impact::{ImpactBlock, ImpactContext, SinglePoints, Stopping};
pub use list::{Column, ListContext, Pager, Row, WholeList};
pub use offline::{OfflineContext, OfflineSection};
pub use on_call::{Duty, OnCallClock, PersonDuties, RotaBoard, RotaWeek};
pub use pages::{
    ActivityProcedures, FlowAsRan, LicencesContext, PageContext, ProcedureLine, ProceduresContext,
    SimpleContext, TableSection, WorkflowContext,
};
pub use quality::{FormGroup, FormRecord, QualityContext, QualityFormContext};
pub use questions::{DataContext, QuestionContext, QuestionGroup};
pub use record::{
    BackLinks, Before, Field, ProcedureContext, ProcedureMeta, RecordContext, RecordHead, Section,
};
pub use review::{LinkedFigure, ReviewContext, ReviewSection};
pub use search::{LetterContext, SearchContext};
pub use topology::{Contradictions, Drawing, TopologyBlock, TopologyContext};
pub use upkeep::{UpkeepBlock, UpkeepList};
pub use value::{Badge, Html, Link, Moment, Table, Tone, Value};
