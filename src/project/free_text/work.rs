//! How many bytes were looked at, for the test that this grows with a text's length and no faster. Outside of tests nothing
//! is counted.

#[cfg(test)]
thread_local! {
    static BYTES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts bytes that are looked at.
#[cfg(test)]
pub(super) fn look_at(bytes: usize) {
    BYTES.set(BYTES.get() + bytes);
}

/// Counts nothing.
#[cfg(not(test))]
pub(super) const fn look_at(_bytes: usize) {}

/// How many bytes were looked at meanwhile.
#[cfg(test)]
pub(super) fn counted(work: impl FnOnce()) -> usize {
    BYTES.set(0);
    work();
    BYTES.get()
}
