//! The room's own tests: a text, and the HTML it becomes.
