//! What a record's page leaves out when it would weigh too much for a telephone in a server room.

use crate::estate::Record;
use crate::site::context::RecordContext;
use crate::site::log;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::{addressing, back_links, finance, impact, outline, upkeep};

/// A record's page should weigh no more, in bytes (DESIGN: an asset's page is at most 30 KB of HTML).
const HEAVIEST: usize = 30 << 10;

/// One thing that goes; `false` where there is nothing of it.
type Step = fn(&Page<'_>, &Record, &mut RecordContext) -> bool;

/// What goes, first what stands elsewhere too: older changes are in the site's history, pictures say nothing that
/// their lists do not, upkeep and costs have pages of their own. Whom a reader would look for in vain goes last.
const STEPS: [Step; 15] = [
    |page, record, context| older_changes(page, record, context, 2),
    |_, _, context| is_taken(context.impact.as_mut().map(|block| &mut block.picture)),
    |_, _, context| is_taken(context.network.as_mut().map(|block| &mut block.picture)),
    |page, record, context| older_changes(page, record, context, 4),
    shorter_lists,
    |page, record, context| older_changes(page, record, context, 12),
    shorter_addresses,
    without_upkeep,
    |_, _, context| context.finance.as_mut().map(finance::shorten).is_some(),
    |page, record, context| fewer_back_links(page, record, context, 12),
    |page, record, context| older_changes(page, record, context, 24),
    dates_of_life,
    |page, record, context| fewer_back_links(page, record, context, 6),
    |page, record, context| fewer_back_links(page, record, context, 2),
    |page, record, context| fewer_back_links(page, record, context, 1),
];

/// The page, without what makes it too heavy.
pub(super) fn render(
    page: &Page<'_>,
    record: &Record,
    mut context: RecordContext,
) -> Result<String, TemplateError> {
    let mut html = page.render("record.html", &context)?;
    for step in STEPS {
        if html.len() <= HEAVIEST {
            break;
        }
        if step(page, record, &mut context) {
            html = page.render("record.html", &context)?;
        }
    }
    Ok(html)
}

fn older_changes(
    page: &Page<'_>,
    record: &Record,
    context: &mut RecordContext,
    part: usize,
) -> bool {
    context.log = log::of_record_in(page, record, part);
    true
}

fn fewer_back_links(
    page: &Page<'_>,
    record: &Record,
    context: &mut RecordContext,
    most: usize,
) -> bool {
    context.back_links = back_links::fewer(page, record, most);
    true
}

fn is_taken<T>(part: Option<&mut Option<T>>) -> bool {
    part.is_some_and(|part| part.take().is_some())
}

fn shorter_lists(page: &Page<'_>, _: &Record, context: &mut RecordContext) -> bool {
    if let Some(block) = &mut context.impact {
        impact::shorten(page, block);
    }
    if let Some(block) = &mut context.upkeep {
        upkeep::shorten(page, block);
    }
    context.impact.is_some() || context.upkeep.is_some()
}

fn shorter_addresses(page: &Page<'_>, record: &Record, context: &mut RecordContext) -> bool {
    let block = context.addressing.as_mut();
    block
        .map(|block| addressing::shorten(page, record, block))
        .is_some()
}

fn without_upkeep(page: &Page<'_>, record: &Record, context: &mut RecordContext) -> bool {
    let is_taken = context.upkeep.take().is_some();
    if is_taken {
        context.frame.contents = outline::contents(page, record, context);
    }
    is_taken
}

/// The dates of a life stand among the fields too; what owning it cost was left out before.
fn dates_of_life(_: &Page<'_>, _: &Record, context: &mut RecordContext) -> bool {
    let Some(block) = &mut context.finance else {
        return false;
    };
    let dates = block.tables.len().saturating_sub(1);
    block.tables.drain(..dates);
    true
}
