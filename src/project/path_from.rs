//! Paths between files of the repository.

/// The path that `relative` means in the folder of `file`; from the root when it starts with `/`.
/// `None` when it climbs out of the root.
pub fn path_from(file: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = match relative.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => file.split('/').collect(),
    };
    if !relative.starts_with('/') {
        parts.pop();
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::path_from;

    #[test]
    fn paths_join() {
        assert_eq!(
            path_from("a/b/c.md", "../x.png").as_deref(),
            Some("a/x.png")
        );
        assert_eq!(path_from("a/b/c.md", "x.png").as_deref(), Some("a/b/x.png"));
        assert_eq!(
            path_from("a/b/c.md", "/x/y.png").as_deref(),
            Some("x/y.png")
        );
        assert_eq!(path_from("a/c.md", "../../x.png"), None);
    }
}
