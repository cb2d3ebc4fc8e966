//! Whether `serve` can follow changes: the watches that Linux has left to give, and file systems that tell nothing.

use std::path::Path;

use crate::commands::doctor::Observation;

/// Looks at what the system offers for following files.
#[cfg(target_os = "linux")]
pub(super) fn watching(root: &Path) -> Vec<Observation> {
    let mut all: Vec<Observation> = linux::limit(root).into_iter().collect();
    all.extend(linux::remote(root));
    all
}

/// Other systems have no such limits.
#[cfg(not(target_os = "linux"))]
pub(super) fn watching(_: &Path) -> Vec<Observation> {
    Vec::new()
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::Path;

    use crate::commands::doctor::Observation;
    use crate::diagnostic::Text;
    use crate::load;
    use crate::text;

    /// Where Linux says how many folders an account may follow.
    const LIMIT: &str = "/proc/sys/fs/inotify/max_user_watches";
    /// File systems whose changes other machines make unseen, by the numbers of `statfs(2)`.
    const REMOTE: [(u32, &str); 6] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "CIFS"),
        (0xfe53_4d42, "SMB2"),
        (0x0102_1997, "9p"),
        (0x6573_5546, "FUSE"),
    ];

    fn about() -> Text {
        text!("suivi", "following")
    }

    /// The watches that `serve` needs, one a folder, and those that there are.
    pub(super) fn limit(root: &Path) -> Option<Observation> {
        let most: usize = fs::read_to_string(LIMIT).ok()?.trim().parse().ok()?;
        let folders = load::folders(root);
        let said = text!(
            "dossiers à suivre\u{a0}: {folders}\u{202f}; le système en permet {most}",
            "folders to follow: {folders}; the system allows {most}"
        );
        // Editors and file managers take from the same store.
        if folders.saturating_mul(2) <= most {
            return Some(Observation::good(about(), said));
        }
        Some(Observation::doubtful(
            about(),
            said,
            text!(
                "`sysctl fs.inotify.max_user_watches=524288`, sinon `carnet serve` compare les fichiers chaque seconde",
                "`sysctl fs.inotify.max_user_watches=524288`, else `carnet serve` compares files every second"
            ),
        ))
    }

    /// A folder of the network.
    pub(super) fn remote(root: &Path) -> Option<Observation> {
        let found = rustix::fs::statfs(root).ok()?;
        // The numbers are of 32 bits; the field's width differs from system to system.
        let magic = u32::try_from(found.f_type & 0xffff_ffff).ok()?;
        let (_, name) = REMOTE.iter().find(|(number, _)| *number == magic)?;
        Some(Observation::doubtful(
            about(),
            text!(
                "le projet est sur un dossier {name}\u{a0}: ce que d’autres machines y changent n’est pas annoncé",
                "the project is on a {name} folder: what other machines change there is not announced"
            ),
            text!("`carnet serve --poll`", "`carnet serve --poll`"),
        ))
    }
}
