//! What nobody who waits for a page waits for: the rules about the whole, the search index, and giving memory back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::pipeline::Build;
use crate::serve::changes::{Change, Found};
use crate::serve::showing::Showing;

/// Asks the rules about the whole what is wrong with a build, and tells the loop.
pub(super) fn check(number: u64, build: &Arc<Build>, send: &Sender<Change>) {
    let (build, send) = (Arc::clone(build), send.clone());
    std::thread::spawn(move || {
        let found = catch_unwind(AssertUnwindSafe(|| build.all_findings()));
        let findings = found.map_err(|panic| panic_text(&*panic));
        // Nobody listens any more when the process ends.
        let _ = send.send(Change::Findings(Found { number, findings }));
    });
}

/// Makes the search index of what is shown, on half of the processors: the others are for the next save.
pub(super) fn index(showing: &Arc<Showing>) {
    if !showing.begin_index() {
        return;
    }
    let showing = Arc::clone(showing);
    std::thread::spawn(move || {
        let shown = showing.now();
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = rayon::ThreadPoolBuilder::new().num_threads(processors.div_ceil(2));
        let made = catch_unwind(AssertUnwindSafe(|| match threads.build() {
            Ok(threads) => threads.install(|| Arc::clone(shown.build.index())),
            // No thread is to be had: this one has to do.
            Err(_) => Arc::clone(shown.build.index()),
        }));
        showing.end_index(shown.number, made.ok());
    });
}

/// Gives back what nobody needs any more. The memory of ten thousand records takes milliseconds.
pub(super) fn drop_later(unused: impl Send + 'static) {
    std::thread::spawn(move || drop(unused));
}

/// What a panic said.
pub(super) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("?").to_owned()
}
