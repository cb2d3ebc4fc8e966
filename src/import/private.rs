//! Folders on this machine for their owner's eyes alone, and no part of a commit: where imports, pulls and the
//! endpoint keep what the next process must know when one is killed. A file in them is whole or not there.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The file that whoever works in a folder holds locked.
pub const LOCK: &str = "lock";

/// Makes a folder, with those above it, where there is none.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Keeps a folder out of every commit.
pub fn ignore(folder: &Path) -> io::Result<()> {
    let ignore = folder.join(".gitignore");
    // A link that leads nowhere is there, too: to write would make a file where it leads.
    if ignore.symlink_metadata().is_ok() {
        return Ok(());
    }
    fs::write(&ignore, "*\n")
}

/// Opens the file by which a folder is locked. The system frees the lock of a process that ends, however it ends.
/// Who holds it is written into it: never where a link leads.
pub fn lock_file(folder: &Path) -> io::Result<File> {
    let lock = folder.join(LOCK);
    if lock.is_symlink() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    options.open(lock)
}

/// Writes a file beside its place and moves it there. When this returns, it is on the disk for good.
pub fn put(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = place.with_extension("tmp");
    write(&beside, bytes)?;
    fs::rename(&beside, place)?;
    place.parent().map_or(Ok(()), sync)
}

/// The same without waiting for the disk: after a power cut the file may hold anything.
pub fn put_soon(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = place.with_extension("tmp");
    let written = fill(&beside, bytes).and_then(|_| fs::rename(&beside, place));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes a file in the place of what was left there, a link itself and not what it leads to, and waits until the disk
/// has it.
pub fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    fill(place, bytes)?.sync_all()
}

fn fill(place: &Path, bytes: &[u8]) -> io::Result<File> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(place)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Syncs a folder, so that a name in it survives a power cut.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems sync names with their files.
#[cfg(not(unix))]
pub fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_take_the_place_of_older_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("a/b");
        make(&place).expect("made");
        make(&place).expect("there");
        ignore(&place).expect("ignored");
        fs::write(place.join(".gitignore"), "# à moi\n").expect("written");
        ignore(&place).expect("left alone");
        fs::write(place.join("state.tmp"), "the rest of a longer one").expect("written");
        for text in ["one", "two"] {
            put(&place.join("state.json"), text.as_bytes()).expect("put");
            let read = fs::read_to_string(place.join("state.json")).expect("there");
            assert_eq!(read, text);
        }
        put_soon(&place.join("state.json"), b"three").expect("put");
        assert_eq!(fs::read(place.join("state.json")).expect("there"), b"three");
        let mut names: Vec<_> = fs::read_dir(&place)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        assert_eq!(names, [".gitignore", "state.json"]);
        let ignored = fs::read_to_string(place.join(".gitignore")).expect("there");
        assert_eq!(ignored, "# à moi\n");
        let held = lock_file(&place).expect("opened");
        held.try_lock().expect("free");
        let other = lock_file(&place).expect("opened");
        other.try_lock().expect_err("held");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("a/b");
        make(&place).expect("made");
        put(&place.join("x.json"), b"{}").expect("put");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&place), mode(&place.join("x.json"))), (0o700, 0o600));
    }
}
