//! Texts that are said many times over, each kept once and named by a number: a directory of 100,000 accounts says a
//! million times that one of them stands in one of some hundred groups.

use std::collections::HashMap;
use std::sync::Arc;

/// Texts, each once, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Distinct {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("a file has fewer lines than 2³²");
        let text: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    /// The text of a number.
    pub fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// What is known of each text, by its number.
    pub fn each<T>(&self, of: impl FnMut(&Arc<str>) -> T) -> Vec<T> {
        self.texts.iter().map(of).collect()
    }
}
