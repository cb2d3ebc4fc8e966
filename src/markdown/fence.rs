//! Fences of code, line by line, for what reads a text before it is parsed: what a text shows as code says nothing
//! itself.

/// The fence that is open at a line, if one is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fence<'a> {
    /// Its signs, as they opened it.
    open: Option<&'a str>,
}

impl<'a> Fence<'a> {
    /// Goes on to the next line: whether it is code, or an end of the fence itself. A fence in a quote or a list is
    /// one too.
    pub fn holds(&mut self, line: &'a str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let rest = line.trim_start_matches(|sign| line.starts_with(sign) && "`~".contains(sign));
        let signs = &line[..line.len() - rest.len()];
        match self.open {
            Some(open) => {
                if signs.starts_with(open) && rest.trim().is_empty() {
                    self.open = None;
                }
                true
            }
            // Between backticks on one line it is a word of the text.
            None if signs.len() >= 3 && !(signs.starts_with('`') && rest.contains('`')) => {
                self.open = Some(signs);
                true
            }
            None => false,
        }
    }

    /// Whether the next line is code, unless it closes the fence.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are code.
    fn code(text: &str) -> Vec<&str> {
        let mut fence = Fence::default();
        text.lines().filter(|line| fence.holds(line)).collect()
    }

    #[test]
    fn a_fence_is_closed_by_its_own_signs_only() {
        let text = "a\n```sh\nb\n~~~\n``\n``` no\n````\nc";
        assert_eq!(code(text), ["```sh", "b", "~~~", "``", "``` no", "````"]);
        assert_eq!(code("~~~\na\n~~~~\nb"), ["~~~", "a", "~~~~"]);
    }

    #[test]
    fn a_word_between_backticks_opens_nothing() {
        assert!(code("```a``` b\nc").is_empty());
        assert_eq!(code("~~~ `a`\nb"), ["~~~ `a`", "b"]);
    }

    #[test]
    fn a_fence_may_stand_in_a_quote_or_a_list() {
        assert_eq!(code("> ```\n> a\n> ```\nb"), ["> ```", "> a", "> ```"]);
        assert_eq!(code("1. a\n   ```\n   b\n   ```\nc").len(), 3);
    }
}
