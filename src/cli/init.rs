//! Arguments of `carnet init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// Dossier à créer ou à compléter.
    #[arg(value_name = "DOSSIER", default_value = ".")]
    pub directory: PathBuf,

    /// Ce que le projet contient au départ.
    #[arg(long, value_name = "MODÈLE", default_value = "company")]
    pub template: Template,

    /// Écrit aussi ce qui vérifie et publie le projet sur une forge.
    #[arg(long, value_name = "FORGE")]
    pub ci: Option<Forge>,
}

/// Programs that run what a repository asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Forge {
    /// GitLab : `.gitlab-ci.yml`.
    Gitlab,
    /// GitHub : `.github/workflows/carnet.yml`.
    Github,
    /// Gitea et Forgejo : `.gitea/workflows/carnet.yml`.
    Gitea,
    /// Jenkins : `Jenkinsfile`.
    Jenkins,
}

/// What a new project holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// Une entreprise : quelques fiches et une procédure d’exemple.
    Company,
    /// Un prestataire et le parc de ses clients : contrats, délais, sauvegardes.
    Clients,
    /// Un établissement scolaire : salles, postes par salle, prêt de matériel.
    School,
    /// Une configuration et des dossiers vides.
    Empty,
}
