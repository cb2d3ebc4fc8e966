//! The flow of a ticket as a picture: its states down the page, what leads from one to the next,
//! who does it, what promise that keeps, where the time waits, and the levels of escalation.
//!
//! States stand in the order they were declared. The way on runs down the middle, jumps ahead run
//! on the right, returns run dashed on the left; every name has a place of its own beside its
//! state, so the picture stays as narrow as a telephone and no name can cover another.

mod columns;
mod draw;
mod lanes;
pub mod layout;
mod levels;
mod model;
mod places;
mod words;

pub use draw::flow;
pub use model::{
    Clock, Flow, Leaving, Level, Phase, Promise, Promises, Row, State, Transition, rows,
};
