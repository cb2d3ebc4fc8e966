//! A small published folder made by hand, of the forms that a build has: hashed files, pages, what names them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use carnet::publish::{Entry, MANIFEST, Manifest};

/// The files of a site whose pages say `word` and all lead to a style of that word.
pub fn files(pages: usize, word: &str) -> BTreeMap<String, Vec<u8>> {
    let style = format!("/* {word} */").into_bytes();
    let hash = &Entry::of(&style).sha256[..8];
    let style_path = format!("_carnet/style.{hash}.css");
    let mut files = BTreeMap::new();
    let mut home = format!("<link href={style_path}>");
    for page in 0..pages {
        let path = format!("assets/pc-{page}/index.html");
        home.push_str(&path);
        files.insert(path, format!("<link href={style_path}>{word}").into_bytes());
    }
    files.insert("index.html".to_owned(), home.into_bytes());
    files.insert("assets/plan à l’étage.png".to_owned(), b"picture".to_vec());
    files.insert(
        "feed.xml".to_owned(),
        format!("<feed>{word}</feed>").into_bytes(),
    );
    files.insert(style_path, style);
    files
}

/// Writes a site, with its manifest, in the place of what was there.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    for (path, bytes) in files {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("it is made");
        fs::write(place, bytes).expect("it is written");
    }
    fs::write(folder.join(MANIFEST), manifest(files)).expect("it is written");
}

/// The manifest of some files.
pub fn manifest(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let entries = files.iter();
    let entries = entries.map(|(path, bytes)| (path.clone(), Entry::of(bytes)));
    Manifest::new(entries.collect()).to_json().into_bytes()
}

/// The files with their manifest, as a target should have them.
pub fn whole(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut whole = files.clone();
    whole.insert(MANIFEST.to_owned(), manifest(files));
    whole
}
