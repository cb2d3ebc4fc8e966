//! Keeping the estate in order: versions against those that are approved, systems past their support, tasks
//! that come back, what the agents saw of a machine's protection, who was trained, what is needed.

pub mod systems;
pub mod version;

use crate::estate::Estate;

impl Estate {
    /// The operating systems, read when they are first asked for.
    pub fn systems(&self) -> &systems::Systems {
        self.systems.get_or_init(|| systems::Systems::new(self))
    }
}

#[cfg(test)]
mod tests;
