//! A folder as a target: the same bytes, nobody else's files touched, links never followed, copies packed; and
//! the lists for other tools.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use super::{carnet, ran, site};

/// Every file below a folder, by path.
fn tree(top: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![top.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(top).expect("below").to_string_lossy();
            found.insert(name.into_owned(), fs::read(&path).unwrap_or_default());
        }
    }
    found
}

fn publish(site: &Path, target: &Path, more: &[&str]) -> (i32, String, String) {
    let (site, target) = (
        site.to_str().expect("UTF-8"),
        target.to_str().expect("UTF-8"),
    );
    ran(carnet(&[&[site, target], more].concat()))
}

#[test]
fn a_folder_gets_the_same_bytes_and_keeps_what_is_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, target) = (folder.path().join("site"), folder.path().join("srv/www"));
    let files = site::files(5, "un");
    site::write(&site, &files);
    let (code, _, err) = publish(&site, &target, &[]);
    assert!(
        code == 0 && err.contains("8 fichiers") || err.contains("9 fichiers"),
        "{err}"
    );
    assert_eq!(tree(&target), site::whole(&files));
    fs::write(target.join("web.config"), "theirs").expect("it is written");
    fs::create_dir_all(target.join("assets/pc-1/photos")).expect("it is made");
    let fewer = site::files(1, "deux");
    site::write(&site, &fewer);
    let address = format!("file://{}", target.display());
    let (code, _, err) = ran(carnet(&[site.to_str().expect("UTF-8"), &address]));
    assert_eq!(code, 0, "{err}");
    let mut expected = site::whole(&fewer);
    expected.insert("web.config".to_owned(), b"theirs".to_vec());
    assert_eq!(tree(&target), expected);
    assert!(target.join("assets/pc-1/photos").is_dir());
    assert!(!target.join("assets/pc-2").exists());
    // A file that was damaged there is mended; one that is as it was is not touched.
    fs::write(target.join("feed.xml"), "cut").expect("it is written");
    let before = fs::metadata(target.join("index.html"))
        .expect("a file")
        .modified()
        .ok();
    assert_eq!(publish(&site, &target, &[]).0, 0);
    assert_eq!(tree(&target), expected);
    let after = fs::metadata(target.join("index.html"))
        .expect("a file")
        .modified()
        .ok();
    assert_eq!(before, after);
}

#[test]
fn what_could_lose_somebody_s_files_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, target) = (folder.path().join("site"), folder.path().join("www"));
    site::write(&site, &site::files(2, "un"));
    fs::create_dir(&target).expect("it is made");
    fs::write(target.join("index.html"), "theirs").expect("it is written");
    let before = tree(folder.path());
    let refused = |target: &Path, why: &str| {
        let (code, _, err) = publish(&site, target, &[]);
        assert!(code == 2 && err.contains(why), "{err}");
        assert_eq!(tree(folder.path()), before);
    };
    refused(&target, "`index.html`");
    refused(&site, "l’un dans l’autre");
    refused(folder.path(), "l’un dans l’autre");
    refused(&site.join("manifest.json"), "est un fichier");
    refused(
        &folder.path().join("no://thing"),
        "une cible est un dossier",
    );
    let (code, _, err) = publish(&target, &site, &[]);
    assert!(
        code == 2 && err.contains("n’est pas un site publié par Carnet"),
        "{err}"
    );
    let changed = site.join("feed.xml");
    fs::write(&changed, "changed since").expect("it is written");
    let (code, _, err) = publish(&site, &folder.path().join("other"), &[]);
    assert!(
        code == 2 && err.contains("construisez le site de nouveau"),
        "{err}"
    );
}

#[cfg(unix)]
#[test]
fn links_are_never_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, target) = (folder.path().join("site"), folder.path().join("www"));
    site::write(&site, &site::files(2, "un"));
    assert_eq!(publish(&site, &target, &[]).0, 0);
    let away = folder.path().join("away");
    fs::rename(target.join("assets"), &away).expect("it is moved");
    std::os::unix::fs::symlink(&away, target.join("assets")).expect("it is linked");
    let before = tree(&away);
    site::write(&site, &site::files(2, "deux"));
    let (code, _, err) = publish(&site, &target, &[]);
    assert!(code == 2 && err.contains("`assets`"), "{err}");
    site::write(
        &site,
        &BTreeMap::from([("index.html".to_owned(), b"alone".to_vec())]),
    );
    assert_eq!(publish(&site, &target, &[]).0, 0);
    assert_eq!(tree(&away), before);
}

#[test]
fn packed_copies_stand_beside_long_texts_and_go_with_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, target) = (folder.path().join("site"), folder.path().join("www"));
    let mut files = site::files(2, "un");
    let long = "une phrase. ".repeat(200).into_bytes();
    files.insert("notes/index.html".to_owned(), long.clone());
    files.insert("notes/photo.jpg".to_owned(), long.clone());
    site::write(&site, &files);
    assert_eq!(publish(&site, &target, &["--precompress"]).0, 0);
    let made = tree(&target);
    let packed = made.keys().filter(|path| path.contains(".gz"));
    assert_eq!(packed.collect::<Vec<_>>(), ["notes/index.html.gz"]);
    let mut unpacked = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(&made["notes/index.html.gz"][..]);
    decoder.read_to_end(&mut unpacked).expect("it unpacks");
    assert_eq!(unpacked, long);
    let (code, out, err) = publish(&site, &target, &["--precompress", "--dry-run"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    files.remove("notes/index.html");
    site::write(&site, &files);
    assert_eq!(publish(&site, &target, &["--precompress"]).0, 0);
    assert_eq!(tree(&target), site::whole(&files));
}

#[test]
fn lists_for_other_tools_have_the_same_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, manifest) = (
        folder.path().join("site"),
        folder.path().join("distant.json"),
    );
    let old = site::files(3, "un");
    let new = site::files(2, "deux");
    site::write(&site, &new);
    let lines = |more: &str| {
        let (code, out, err) = publish(&site, &manifest, &[more]);
        assert_eq!(code, 0, "{err}");
        let lines = out.lines().map(str::to_owned);
        lines.collect::<Vec<String>>()
    };
    let style = |files: &BTreeMap<String, Vec<u8>>| {
        let found = files.keys().find(|path| path.starts_with("_carnet/"));
        found.expect("a style").clone()
    };
    fs::write(&manifest, "").expect("it is written");
    assert_eq!(lines("--list").len(), new.len() + 1);
    fs::write(&manifest, site::manifest(&old)).expect("it is written");
    let pages = [
        "assets/pc-0/index.html",
        "assets/pc-1/index.html",
        "index.html",
    ];
    assert_eq!(lines("--list=hashed"), [style(&new)]);
    assert_eq!(lines("--list=files"), Vec::<String>::new());
    assert_eq!(lines("--list=pages"), pages);
    assert_eq!(lines("--list=indexes"), ["feed.xml", "manifest.json"]);
    let mut removed = vec![style(&old), "assets/pc-2/index.html".to_owned()];
    removed.sort();
    assert_eq!(lines("--list=removed"), removed);
    let all = [
        &[style(&new)][..],
        &pages.map(str::to_owned),
        &["feed.xml".into(), "manifest.json".into()],
    ];
    assert_eq!(lines("--list"), all.concat());
    fs::write(&manifest, site::manifest(&new)).expect("it is written");
    assert_eq!(lines("--list"), Vec::<String>::new());
    fs::write(&manifest, "{}").expect("it is written");
    let (code, _, err) = publish(&site, &manifest, &["--list"]);
    assert!(code == 2 && err.contains("fichier vide"), "{err}");
}
