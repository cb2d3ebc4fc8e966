//! `carnet lsp` as an editor drives it: over its pipes, with unsaved texts, half-written files and broken messages.

mod asking;
mod client;
mod mending;
mod talking;
mod typing;

/// A small estate: two sites, a server, a ticket, a procedure.
pub const PARK: &[(&str, &str)] = &[
    (
        "carnet.yaml",
        "title: Parc\nlanguage: fr\nas_of: 2026-11-20\n",
    ),
    ("inventory/sites/lyon.yaml", "name: Siège de Lyon\n"),
    ("inventory/sites/paris.yaml", "name: Agence de Paris\n"),
    (
        "inventory/assets/srv-ad-01.yaml",
        "name: Contrôleur de domaine\ntype: switch\nstatus: in-service\nsite: lyon\n",
    ),
    (
        "procedures/vpn.md",
        "---\ntitle: Installer le VPN\n---\n\n## Avant de commencer\n\nVoir [[srv-ad-01]].\n\n## Installer\n\nTexte.\n",
    ),
    (
        "content/index.md",
        "# Accueil\n\nLire [le VPN](../procedures/vpn.md#installer), puis [[vpn#avant-de-commencer]].\n",
    ),
];
