//! The flow of a ticket as a picture: its states down the page, what leads from one to the next,
//! who does it, what promise that keeps, where the time waits, and the levels of escalation.
//!
//! States stand in the order they were declared; the way on runs down the middle, jumps ahead on
//! the right, returns dashed on the left, and every name has a place of its own. A general layered
//! layout was tried first: the same incident came out 580 pixels wide at 12-pixel text, too small
//! to read on a telephone, with lines passing under other lines' names.

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
