//! The help in English of what runs on forges: the forms of findings, `check --since`, `init --ci`.

/// French to English.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "Des annotations pour GitHub Actions, une par ligne",
        "Annotations for GitHub Actions, one a line",
    ),
    (
        "Un rapport Code Quality pour GitLab",
        "A Code Quality report for GitLab",
    ),
    (
        "Un journal SARIF 2.1.0, pour les services d’analyse de code et les éditeurs",
        "A SARIF 2.1.0 log, for code scanning services and editors",
    ),
    (
        "Ne montre et ne compte que ce qui n’était pas dans un état passé ; d’une branche, celui où le travail l’a quittée",
        "Shows and counts only what a past state lacked; of a branch, the state where the work left it",
    ),
    (
        "Écrit dans un fichier ce qui change depuis cet état, en Markdown pour une demande de fusion : problèmes, pages, fiches",
        "Writes to a file what changes since that state, as Markdown for a merge request: findings, pages, records",
    ),
    (
        "Écrit aussi ce qui vérifie et publie le projet sur une forge",
        "Also writes what checks and publishes the project on a forge",
    ),
    ("GitLab : `.gitlab-ci.yml`", "GitLab: `.gitlab-ci.yml`"),
    (
        "GitHub : `.github/workflows/carnet.yml`",
        "GitHub: `.github/workflows/carnet.yml`",
    ),
    (
        "Gitea et Forgejo : `.gitea/workflows/carnet.yml`",
        "Gitea and Forgejo: `.gitea/workflows/carnet.yml`",
    ),
    ("Jenkins : `Jenkinsfile`", "Jenkins: `Jenkinsfile`"),
];
