//! The guarantee of the machine that a virtual one runs on, at the head of its page: nobody sells a guarantee for a
//! virtual machine, and who looks for one wants its host's.

use crate::estate::Record;
use crate::estate::topology::type_of;
use crate::site::context::Value;
use crate::site::page::Page;

/// The label, and each host as a link with the end of its guarantee. `None` for what is not virtual, has a guarantee
/// of its own, or whose hosts have none.
pub(super) fn fact(page: &Page<'_>, asset: &Record) -> Option<(String, Value)> {
    let is_virtual = type_of(asset) == Some("virtual-machine");
    if !is_virtual || asset.view().date(WARRANTY).is_some() {
        return None;
    }
    let estate = page.estate();
    let hosts = estate.all(asset, "depends_on");
    let hosts = hosts.filter(|host| type_of(host) == Some("server"));
    let links = hosts.filter_map(|host| {
        let end = host.view().date(WARRANTY)?;
        let key = if end < estate.as_of {
            "life-host-warranty-over"
        } else {
            "life-host-warranty-until"
        };
        let told = page.word(key).replace("{date}", &page.date(end).text);
        Some(Value::link(page.link(host).hint(told)))
    });
    let items: Vec<Value> = links.collect();
    let label = page.count("life-host-warranty", items.len());
    (!items.is_empty()).then_some((label, Value::List { items }))
}

const WARRANTY: &str = "warranty_end";
