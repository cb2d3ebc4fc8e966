//! What readers search for, in a small estate whose index was made once.
#![no_main]

use std::sync::LazyLock;

use carnet::search::{Index, query};
use carnet_fuzz::estate;

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::clone(estate([]).index()));

libfuzzer_sys::fuzz_target!(|words: &str| {
    let answer = query(&INDEX, "fr", words, 10);
    assert!(answer.hits.len() <= 10 && answer.hits.len() <= answer.total as usize);
});
