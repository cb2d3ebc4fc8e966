//! The rules about one file alone: what its author got wrong whatever the other files say.

use crate::diagnostic::{Rule, Severity};

/// A key that the kind does not have.
pub const UNKNOWN_FIELD: Rule = Rule {
    name: "unknown-field",
    level: Severity::Error,
};
/// A value that does not fit the field's type.
pub const WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    level: Severity::Error,
};
/// A value cut short by a `#`: YAML takes what follows a space and `#` for a comment.
pub const CUT_VALUE: Rule = Rule {
    name: "cut-value",
    level: Severity::Warning,
};
/// A required field that is absent or empty.
pub const MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    level: Severity::Error,
};
/// An id that cannot be part of an address.
pub const INVALID_ID: Rule = Rule {
    name: "invalid-id",
    level: Severity::Error,
};
/// A file that holds nothing.
pub const EMPTY_FILE: Rule = Rule {
    name: "empty-file",
    level: Severity::Warning,
};
/// Front matter that is opened by `---` and never closed.
pub const UNCLOSED_FRONT_MATTER: Rule = Rule {
    name: "unclosed-front-matter",
    level: Severity::Error,
};
/// Front matter in another form than YAML, or that does not stand where it is read.
pub const FOREIGN_FRONT_MATTER: Rule = Rule {
    name: "foreign-front-matter",
    level: Severity::Error,
};
/// A folder under `inventory/` that no kind owns.
pub const UNKNOWN_KIND_FOLDER: Rule = Rule {
    name: "unknown-kind-folder",
    level: Severity::Error,
};
/// Marks of a merge conflict that nobody settled.
pub const CONFLICT_MARKER: Rule = Rule {
    name: "conflict-marker",
    level: Severity::Error,
};
/// Bytes that are not UTF-8.
pub const INVALID_ENCODING: Rule = Rule {
    name: "invalid-encoding",
    level: Severity::Error,
};
/// A file over the size limit.
pub const OVERSIZED_FILE: Rule = Rule {
    name: "oversized-file",
    level: Severity::Error,
};
/// A symbolic link; links are never followed.
pub const SYMBOLIC_LINK: Rule = Rule {
    name: "symbolic-link",
    level: Severity::Error,
};
/// A file or folder that cannot be read.
pub const UNREADABLE: Rule = Rule {
    name: "unreadable",
    level: Severity::Error,
};
/// A file that cannot be published safely under the site's own origin.
pub const REFUSED_ATTACHMENT: Rule = Rule {
    name: "refused-attachment",
    level: Severity::Warning,
};

/// A colour of the theme that cannot be read on its grounds.
pub const WEAK_CONTRAST: Rule = Rule {
    name: "weak-contrast",
    level: Severity::Warning,
};

/// A line of a language's file that says nothing, or something that cannot be used.
pub const INVALID_LABEL: Rule = Rule {
    name: "invalid-label",
    level: Severity::Warning,
};

/// All of them.
pub const ALL: [Rule; 17] = [
    UNKNOWN_FIELD,
    WRONG_TYPE,
    CUT_VALUE,
    MISSING_FIELD,
    INVALID_ID,
    EMPTY_FILE,
    UNCLOSED_FRONT_MATTER,
    FOREIGN_FRONT_MATTER,
    UNKNOWN_KIND_FOLDER,
    CONFLICT_MARKER,
    INVALID_ENCODING,
    OVERSIZED_FILE,
    SYMBOLIC_LINK,
    UNREADABLE,
    REFUSED_ATTACHMENT,
    WEAK_CONTRAST,
    INVALID_LABEL,
];
