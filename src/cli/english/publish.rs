//! The help of `publish` in English, by the French it stands for.

/// French to English.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "Publie même si le site perd près d’un tiers de ses pages",
        "Publishes even if the site loses nearly a third of its pages",
    ),
    (
        "Relit un site publié, octet par octet, et nomme ce qui n’est plus ce qui a été publié",
        "Reads a published site again, byte by byte, and names what is not what was published",
    ),
    (
        "Envoie un site construit vers un autre dossier ou un dépôt d’objets, seulement ce qui a changé",
        "Sends a built site to another folder or an object store, only what changed",
    ),
    (
        "Réunit les parts d’un site, construites sur plusieurs machines",
        "Joins the parts of a site that were built on several machines",
    ),
    (
        "Dossiers des parts, que `carnet build --shard K/N` a faits",
        "Folders of the parts, which `carnet build --shard K/N` made",
    ),
    (
        "Ne construit que la part K d’un site divisé en N, à réunir avec `carnet merge`",
        "Builds but part K of a site divided into N, to be joined with `carnet merge`",
    ),
    (
        "Dossier du site construit (par défaut : `_site` dans le projet)",
        "Folder of the built site (default: `_site` in the project)",
    ),
    (
        "Où l’envoyer : un dossier (`/srv/www/parc`, `file:///…`) ou un dépôt d’objets (`s3://compartiment/préfixe`, identifiants dans l’environnement : `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`) ; avec `--list`, aussi le manifeste de la cible, copié dans un fichier",
        "Where to send it: a folder (`/srv/www/parc`, `file:///…`) or an object store (`s3://bucket/prefix`, credentials in the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`); with `--list`, also the manifest of the target, copied to a file",
    ),
    (
        "Montre ce qui serait envoyé et retiré, et n’écrit rien",
        "Shows what would be sent and removed, and writes nothing",
    ),
    (
        "Donne les chemins à envoyer, dans l’ordre, un par ligne, pour un autre outil (`rsync`, `sftp`), et n’écrit rien",
        "Gives the paths to be sent, in their order, one a line, for another tool (`rsync`, `sftp`), and writes nothing",
    ),
    (
        "Met une copie compressée (`.gz`) à côté de chaque texte de plus de 1 Ko, pour les serveurs qui savent la donner",
        "Puts a packed copy (`.gz`) beside each text of more than 1 KB, for servers that can serve it",
    ),
    (
        "Tout ce qui est à envoyer, dans l’ordre",
        "All that is to be sent, in its order",
    ),
    (
        "Les fichiers dont le nom porte l’empreinte",
        "Files whose names carry their hash",
    ),
    (
        "Les images, tableaux et autres fichiers",
        "Pictures, tables and other files",
    ),
    ("Les pages", "Pages"),
    (
        "Ce qui nomme le reste : racines de la recherche, flux, plans du site, `manifest.json` à la fin",
        "What names the rest: roots of the search, feeds, site maps, `manifest.json` at the end",
    ),
    (
        "Ce qui est à retirer, une fois tout envoyé",
        "What is to be removed once all is sent",
    ),
];
