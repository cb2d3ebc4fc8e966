//! What imports that were killed left behind: the files they were writing beside their places.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// An import takes minutes; a day later nobody is writing.
const OLD: Duration = Duration::from_hours(24);

/// The name of a file while it is written; a name that the loader passes over, should it stay.
pub(super) fn unfinished(name: &str) -> String {
    format!(".{name}.carnet-{}.tmp", std::process::id())
}

/// Clears a folder of unfinished files whose import is gone. Best effort: what cannot be cleared
/// harms nobody.
pub(super) fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let Some(process) = process(&name).filter(|_| is_file) else {
            continue;
        };
        let age = entry.metadata().and_then(|metadata| metadata.modified());
        let age = age.ok().and_then(|modified| modified.elapsed().ok());
        if is_gone(process) || age.is_some_and(|age| age > OLD) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Clears a folder and those below it, never where a link leads.
pub(super) fn sweep(folder: &Path) {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        clear(&folder);
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push(entry.path());
            }
        }
    }
}

/// Whose unfinished file a name is.
fn process(name: &str) -> Option<u32> {
    let rest = name.strip_prefix('.')?.strip_suffix(".tmp")?;
    let (_, process) = rest.rsplit_once(".carnet-")?;
    process.parse().ok()
}

/// Whether a process has ended, where the system tells.
fn is_gone(process: u32) -> bool {
    let all = Path::new("/proc");
    all.join("self").exists() && !all.join(process.to_string()).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_dead_imports_left_is_cleared() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        let own = unfinished("a.yaml");
        let dead = ".a.yaml.carnet-4294967295.tmp";
        let old = format!(".b.yaml.carnet-{}.tmp", std::process::id());
        let kept = [
            own.as_str(),
            ".a.tmp",
            "a.carnet-4294967295.tmp",
            ".a.carnet-x.tmp",
        ];
        for name in kept.iter().chain(&[dead, old.as_str()]) {
            fs::write(place(name), "x").expect("written");
        }
        let file = fs::File::options().write(true).open(place(&old));
        let long_ago = std::time::SystemTime::now() - OLD * 2;
        let file = file.expect("a file");
        file.set_modified(long_ago).expect("set");
        let other = place(dead);
        if !Path::new("/proc/self").exists() {
            let file = fs::File::options().write(true).open(&other);
            file.expect("a file").set_modified(long_ago).expect("set");
        }
        let below = folder.path().join("b");
        fs::create_dir(&below).expect("made");
        fs::write(below.join(dead), "x").expect("written");
        sweep(folder.path());
        assert!(Path::new("/proc/self").exists() != below.join(dead).exists());
        assert!(!other.exists() && !place(&old).exists());
        assert!(kept.iter().all(|name| place(name).exists()));
    }
}
