//! A server asked as a client, within bounds: one request, how long it may take, when it is tried again, and
//! what to say when it comes to nothing. `pull` and `send` build on it. The only home of ureq.
//!
//! Certificates are always verified, no redirection is followed, and no secret is shown.

mod address;
mod request;
mod secret;
mod trouble;
mod waits;

pub use address::Address;
pub use request::Tell;
pub(crate) use request::{Answer, Ask, Client, Headers, Known, Question};
pub use secret::Secret;
pub(crate) use trouble::{Failure, looks_like_a_page, no_api, refused};
pub use waits::Waits;
