//! What earlier builds found, each thing under the hash of all that it was found from: pure work that is not done again.
//!
//! Bytes by key, whatever they say: who keeps something knows its form. What a build neither looked up nor found is
//! forgotten with it, so that this never holds more than one site needs. Without [`Remembered::of`] it is switched off.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::digest::sha256;

/// The hash of everything that a result depends on, the program apart.
pub type Key = [u8; 32];

/// What the bytes of all begin with; another form has another mark.
const MARK: &[u8; 16] = b"carnet-kept-0001";
/// Bytes of the mark, the hash of the program, and the hash of what follows.
const HEAD: usize = MARK.len() + 32 + 32;
/// Bytes before each result: its key and its length.
const ABOVE: usize = 32 + 4;
/// More than this is not kept, in bytes: the rest is found again each time.
const LARGEST: usize = 512 << 20;

/// Results of earlier builds, and of this one.
#[derive(Debug, Default)]
pub struct Remembered {
    is_on: bool,
    /// What the last build left, and where each of its results is.
    before: Vec<u8>,
    places: HashMap<Key, Range<usize>>,
    used: Mutex<BTreeMap<Key, Used>>,
}

/// A result that this build needed.
#[derive(Debug)]
enum Used {
    Before(Range<usize>),
    New(Arc<[u8]>),
}

impl Used {
    fn of<'a>(&'a self, before: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Before(place) => &before[place.clone()],
            Self::New(result) => result,
        }
    }
}

impl Remembered {
    /// What the last build left, if this very program made it and not a bit of it is damaged; else nothing yet.
    pub fn of(bytes: Vec<u8>, program: &Key) -> Self {
        let places = places(&bytes, program).unwrap_or_default();
        Self {
            is_on: true,
            before: bytes,
            places,
            used: Mutex::default(),
        }
    }

    /// Whether it is worth finding keys.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// An earlier result.
    pub fn find(&self, key: &Key) -> Option<&[u8]> {
        let place = self.places.get(key)?;
        self.use_it(*key, Used::Before(place.clone()));
        Some(&self.before[place.clone()])
    }

    /// An earlier result that is only compared with: unless it is needed too, it is forgotten with this build.
    pub fn before(&self, key: &Key) -> Option<&[u8]> {
        let place = self.places.get(key)?;
        Some(&self.before[place.clone()])
    }

    /// Keeps a result.
    pub fn keep(&self, key: Key, result: impl Into<Arc<[u8]>>) {
        let result = result.into();
        if self.is_on && u32::try_from(result.len()).is_ok() {
            self.use_it(key, Used::New(result));
        }
    }

    fn use_it(&self, key: Key, used: Used) {
        let mut all = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key, used);
    }

    /// Whether this build needed anything else than what the last one left.
    pub fn is_new(&self) -> bool {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = used.values();
        used.len() != self.places.len() || all.any(|used| matches!(used, Used::New(_)))
    }

    /// What this build needed, for the next one.
    pub fn bytes(&self, program: &Key) -> Vec<u8> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let lengths = used
            .values()
            .map(|used| ABOVE + used.of(&self.before).len());
        let mut bytes = Vec::with_capacity(HEAD + lengths.sum::<usize>().min(LARGEST));
        bytes.extend(MARK);
        bytes.extend(program);
        bytes.extend([0; 32]);
        for (key, used) in &*used {
            let result = used.of(&self.before);
            if bytes.len() + ABOVE + result.len() > LARGEST {
                continue;
            }
            let length = u32::try_from(result.len()).expect("what is kept is that small");
            bytes.extend(key);
            bytes.extend(length.to_le_bytes());
            bytes.extend(result);
        }
        let hash = sha256(&bytes[HEAD..]);
        bytes[HEAD - 32..HEAD].copy_from_slice(&hash);
        bytes
    }
}

/// Where each result is; `None` when the bytes are damaged, or another program's.
fn places(bytes: &[u8], program: &Key) -> Option<HashMap<Key, Range<usize>>> {
    let body = bytes.get(HEAD..)?;
    let of_program = &bytes[MARK.len()..MARK.len() + 32];
    let is_ours = bytes.starts_with(MARK) && of_program == program;
    if !is_ours || bytes[HEAD - 32..HEAD] != sha256(body) {
        return None;
    }
    let mut places = HashMap::new();
    let mut at = HEAD;
    while at < bytes.len() {
        let key = bytes.get(at..at + 32)?.try_into().ok()?;
        let length = bytes.get(at + 32..at + ABOVE)?.try_into().ok()?;
        let start = at + ABOVE;
        at = start.checked_add(usize::try_from(u32::from_le_bytes(length)).ok()?)?;
        places.insert(key, bytes.get(start..at).map(|_| start..at)?);
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: Key = [7; 32];

    fn left() -> Vec<u8> {
        let first = Remembered::of(Vec::new(), &PROGRAM);
        first.keep([1; 32], b"one".to_vec());
        first.keep([2; 32], b"two".to_vec());
        first.bytes(&PROGRAM)
    }

    #[test]
    fn what_a_build_needs_is_there_for_the_next_and_the_rest_is_forgotten() {
        let second = Remembered::of(left(), &PROGRAM);
        assert_eq!(second.find(&[1; 32]), Some(&b"one"[..]));
        assert_eq!(second.find(&[3; 32]), None);
        assert!(second.is_new());
        // What is only looked at is forgotten.
        assert_eq!(second.before(&[2; 32]), Some(&b"two"[..]));
        assert!(second.is_new());
        second.find(&[2; 32]);
        assert!(!second.is_new());
        let second = Remembered::of(left(), &PROGRAM);
        second.find(&[1; 32]);
        second.keep([3; 32], Vec::new());
        let third = Remembered::of(second.bytes(&PROGRAM), &PROGRAM);
        assert_eq!(third.find(&[1; 32]), Some(&b"one"[..]));
        assert_eq!(third.find(&[2; 32]), None);
        assert_eq!(third.find(&[3; 32]), Some(&b""[..]));
    }

    #[test]
    fn whatever_is_wrong_with_the_bytes_nothing_is_remembered() {
        let whole = left();
        let empty = |bytes: Vec<u8>, program| {
            let remembered = Remembered::of(bytes, program);
            remembered.is_on() && remembered.places.is_empty()
        };
        assert!(empty(Vec::new(), &PROGRAM) && empty(whole.clone(), &[8; 32]));
        for place in 0..whole.len() {
            assert!(empty(whole[..place].to_vec(), &PROGRAM), "cut at {place}");
            let mut flipped = whole.clone();
            flipped[place] ^= 1;
            assert!(empty(flipped, &PROGRAM), "flipped at {place}");
        }
        let mut longer = whole.clone();
        longer.push(0);
        assert!(empty(longer, &PROGRAM) && !empty(whole, &PROGRAM));
    }

    #[test]
    fn switched_off_it_keeps_nothing() {
        let off = Remembered::default();
        off.keep([1; 32], b"one".to_vec());
        assert!(!off.is_on() && off.find(&[1; 32]).is_none());
        assert_eq!(off.bytes(&PROGRAM).len(), HEAD);
    }
}
