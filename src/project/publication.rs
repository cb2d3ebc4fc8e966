//! `publish` in `carnet.yaml`: how a new site takes the place of the last one.

use crate::diagnostic::Text;
use crate::diagnostic::nearest::did_you_mean;

/// How a new site takes the place of the last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Publication {
    /// The two folders are exchanged in one step.
    #[default]
    Exchange,
    /// File by file, for folders that cannot be renamed: bind mounts, shares.
    InPlace,
}

impl Publication {
    /// By its name; the nearest one when there is none of this name.
    pub(super) fn of(name: &str) -> Result<Self, Option<Text>> {
        match name {
            "exchange" => Ok(Self::Exchange),
            "in-place" => Ok(Self::InPlace),
            _ => Err(did_you_mean(name, ["exchange", "in-place"].into_iter())),
        }
    }
}
