//! Whether what left the fleet was wiped: retired machines that held data, and their proof.

use crate::estate::Record;

/// Types of assets that hold the data of people or services.
const WITH_STORAGE: [&str; 6] = ["laptop", "desktop", "server", "nas", "tablet", "phone"];

/// Whether an asset holds data: by its type, or because it says what its storage is. A virtual machine's disks
/// are its host's.
pub fn holds_data(asset: &Record) -> bool {
    let view = asset.view();
    let kind = view.choice("type").map(|kind| kind.key.as_str());
    kind != Some("virtual-machine")
        && (kind.is_some_and(|kind| WITH_STORAGE.contains(&kind)) || view.text("storage").is_some())
}

/// Whether an asset was retired or disposed of.
pub fn is_retired(asset: &Record) -> bool {
    let view = asset.view();
    let status = view.choice("status");
    let means = status.and_then(|status| status.means.as_deref());
    means == Some("retired") || view.date("disposed").is_some()
}

/// Whether an asset left with its data, as far as its record tells: it held some, and no day of erasure and no
/// number of a certificate is written.
pub fn lacks_erasure(asset: &Record) -> bool {
    let view = asset.view();
    let is_proven =
        view.date("data_erased").is_some() || view.text("erasure_certificate").is_some();
    is_retired(asset) && holds_data(asset) && !is_proven
}
