//! The file by which a forge checks what is proposed and publishes the main branch, as `carnet init --ci` writes it. One
//! template a forge; comments stand in it in both languages, marked by the language's code.

use crate::cli::Forge;
use crate::diagnostic::Language;

/// Where the file goes from the repository's top, and what stands in it.
pub(super) fn pipeline_file(forge: Forge, language: Language) -> (&'static str, String) {
    let (path, template) = match forge {
        Forge::Gitlab => (".gitlab-ci.yml", include_str!("pipelines/gitlab.yml")),
        Forge::Github => (
            ".github/workflows/carnet.yml",
            include_str!("pipelines/github.yml"),
        ),
        Forge::Gitea => (
            ".gitea/workflows/carnet.yml",
            include_str!("pipelines/gitea.yml"),
        ),
        Forge::Jenkins => ("Jenkinsfile", include_str!("pipelines/Jenkinsfile")),
    };
    (path, written(template, language))
}

/// A template with the comments of one language, the example's registry and this version.
fn written(template: &str, language: Language) -> String {
    let (own, other, registry) = match language {
        Language::Fr => ("fr ", "en ", "registre.example"),
        Language::En | Language::Other(_) => ("en ", "fr ", "registry.example"),
    };
    let mut out = String::with_capacity(template.len());
    for line in template.lines() {
        let text = line.trim_start();
        let margin = &line[..line.len() - text.len()];
        let mark = ["#", "//"].into_iter().find(|mark| text.starts_with(mark));
        let comment = mark.and_then(|mark| Some((mark, text.strip_prefix(mark)?)));
        match comment {
            Some((_, comment)) if comment.starts_with(other) => continue,
            Some((mark, comment)) if comment.starts_with(own) => {
                out.push_str(margin);
                out.push_str(mark);
                out.push_str(&comment[own.len() - 1..]);
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    let out = out.replace("REGISTRY", registry);
    out.replace("VERSION", env!("CARGO_PKG_VERSION"))
}
