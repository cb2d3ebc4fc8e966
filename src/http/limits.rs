//! How long, how much and how many: what a client may take of the server. The figures answer the acceptance tests
//! S-13 to S-18: a client that is slow, silent or many holds memory for a known time and never a thread.

use std::time::Duration;

/// The limits of one server. Tests take shorter ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From the first byte of a head (or from the connection's start) to its last.
    pub head: Duration,
    /// How many bytes a head may have; more is answered with status 431.
    pub head_bytes: usize,
    /// How many header lines a head may have; more is answered with status 431.
    pub head_lines: usize,
    /// How long a connection may rest between two requests.
    pub idle: Duration,
    /// How long a write may stand still before its client is given up.
    pub stuck_write: Duration,
    /// How long a whole body may take.
    pub body: Duration,
    /// How long a body may stand still.
    pub stuck_body: Duration,
    /// How many bodies of the largest size may lie in memory at once.
    pub bodies: usize,
    /// How many connections there may be. Beyond, the one that has waited longest without asking anything makes room.
    pub connections: usize,
    /// How many of them one address may hold, this machine's own excepted.
    pub connections_of_one: usize,
    /// How many requests are answered at once; the others wait.
    pub answers: usize,
    /// How long requests under way may take to end when the server stops.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            head_bytes: 16 << 10,
            head_lines: 100,
            idle: Duration::from_mins(1),
            stuck_write: Duration::from_secs(15),
            body: Duration::from_mins(1),
            stuck_body: Duration::from_secs(15),
            bodies: 16,
            connections: 512,
            // Half of the places: a proxy or a router in front of many is one address.
            connections_of_one: 256,
            answers: 64,
            stop: Duration::from_secs(5),
        }
    }
}
