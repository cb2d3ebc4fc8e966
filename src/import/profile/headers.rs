//! Headers of other programs: which field of which kind each means. The schema's own keys and labels,
//! in both languages, need no line here.
//!
//! Sources: GLPI's search options in French and English, `Importer.php` of Snipe-IT, the properties of
//! `Get-ADUser` and `Get-ADComputer`, and the CSV of “all fields” of Jira.

use crate::schema::fold_key;

/// What a column holds, where it is no field: known, and left out without a word.
pub(super) const PASSED: &str = "-";
/// The number that the source gives a record.
pub(super) const NUMBER: &str = "#";

/// Headers as programs write them, by what they mean.
type Headers = &'static [(&'static str, &'static [&'static str])];

/// What is known of one kind in one source.
pub(super) struct Known {
    /// The source's name; empty for words that many programs use.
    source: &'static str,
    /// The kind; empty for all.
    kind: &'static str,
    headers: Headers,
}

/// The kinds that a source has, the likelier first where headers fit several equally well.
pub(super) fn kinds(source: &str) -> &'static [&'static str] {
    match source {
        "ad" => &["account"],
        "jira" => &["ticket"],
        "glpi" => &[
            "asset", "ticket", "licence", "software", "contract", "person", "supplier", "site",
            "change", "problem",
        ],
        "snipeit" => &["asset", "licence", "person", "site"],
        _ => &[],
    }
}

/// What a header means for a kind.
pub(in crate::import) fn meaning(source: &str, kind: &str, header: &str) -> Option<&'static str> {
    let header = fold_key(header);
    let fits = |known: &&Known| {
        (known.source == source || known.source.is_empty())
            && (known.kind == kind || known.kind.is_empty())
    };
    KNOWN.iter().filter(fits).find_map(|known| {
        let mut all = known.headers.iter();
        let found = all.find(|(_, names)| names.iter().any(|name| fold_key(name) == header));
        found.map(|(meaning, _)| *meaning)
    })
}

/// Every word of a source and a kind, to name the nearest of an unknown header.
pub(super) fn words(source: &str, kind: &str) -> Vec<&'static str> {
    let fits = |known: &&Known| known.source == source && known.kind == kind;
    let headers = KNOWN.iter().filter(fits).flat_map(|known| known.headers);
    headers
        .flat_map(|(_, names)| names.iter().copied())
        .collect()
}

#[rustfmt::skip]
const KNOWN: [Known; 14] = [
    Known { source: "glpi", kind: "asset", headers: &[
        ("organisation", &["Entité", "Entity"]),
        ("type", &["Type d’ordinateur", "Computer type", "Types", "Type de matériel"]),
        ("site", &["Lieu", "Lieux", "Location", "Locations"]),
        ("alternate_user", &["Usager", "Alternate username", "Contact"]),
        ("inventory_number", &["Numéro d’inventaire", "Inventory number", "Other serial"]),
        ("fixed_asset_number", &["Numéro d’immobilisation", "Immobilization number"]),
        ("serial", &["Numéro de série", "Serial number", "Serial"]),
        ("price", &["Valeur", "Value"]),
        ("in_service", &["Date de mise en service", "Startup date"]),
        ("last_physical_inventory", &["Date of last physical inventory"]),
        ("warranty_end", &["Date d’expiration de la garantie", "Expiration de la garantie", "Warranty expiration date"]),
        ("depreciation_years", &["Durée d’amortissement", "Amortization duration"]),
        ("retired", &["Date de réforme", "Decommission date"]),
        ("notes", &["Commentaires sur les informations financières et administratives", "Comments on financial and administrative information"]),
        ("os", &["Système d’exploitation - Nom", "Operating system - Name", "Nom du système d’exploitation"]),
        ("os_version", &["Système d’exploitation - Version", "Operating system - Version"]),
        ("!licence-keys", &["Système d’exploitation - Numéro de série", "Operating system - Serial number", "Système d’exploitation - Clé de produit", "Système d’exploitation - Identifiant du produit", "Operating system - Product key", "Operating system - Product ID"]),
        ("cpu", &["Composants - Processeur", "Components - Processor"]),
        ("user", &["Utilisateur", "User"]),
        ("group", &["Groupe", "Group", "Groupe responsable"]),
        ("technician", &["Technicien en charge", "Technician in charge of the hardware", "Technicien en charge du matériel"]),
        ("last_seen", &["Date de dernier inventaire", "Dernier inventaire", "Date du dernier inventaire automatique", "Last inventory date", "Last inventory", "Last automatic inventory date"]),
        ("purchased", &["Date d’achat", "Date of purchase"]),
        (NUMBER, &["ID"]),
        (PASSED, &["Dernière modification", "Last update", "Date de création", "Creation date", "Nom alternatif", "UUID de l’agent"]),
    ]},
    Known { source: "glpi", kind: "ticket", headers: &[
        ("title", &["Titre", "Title"]),
        ("requester", &["Demandeur - Demandeur", "Demandeur", "Requester - Requester", "Requester"]),
        ("assignee", &["Attribué à - Technicien", "Assigned to - Technician", "Technicien"]),
        ("watchers", &["Observateur - Observateur", "Observateur", "Observateurs", "Watcher - Watcher", "Watcher", "Observer"]),
        ("group", &["Attribué à - Groupe de techniciens", "Attribué à - Groupe", "Assigned to - Technician group", "Assigned to - Group"]),
        ("organisation", &["Entité", "Entity"]),
        ("opened", &["Date d’ouverture", "Opening date", "Date"]),
        ("channel", &["Source de la demande", "Request source"]),
        ("diagnosis", &["Description", "Descriptions - Description"]),
        ("resolution", &["Solution", "Solution - Solution"]),
        ("assets", &["Éléments associés", "Associated elements"]),
        (NUMBER, &["ID"]),
        ("~resolved", &["Date de résolution", "Resolution date"]),
        ("~closed", &["Date de clôture", "Closing date"]),
        ("~author", &["Rédacteur", "Writer"]),
        ("~seconds", &["Durée totale", "Total duration"]),
        (PASSED, &["Dernière modification", "Last update", "TTR", "TTO", "Temps d’attente", "Temps de résolution", "Time to resolve"]),
    ]},
    Known { source: "glpi", kind: "change", headers: &[
        ("title", &["Titre", "Title"]),
        ("requested_by", &["Demandeur - Demandeur", "Demandeur", "Requester - Requester", "Requester"]),
        ("assignee", &["Attribué à - Technicien", "Assigned to - Technician", "Technicien"]),
        ("organisation", &["Entité", "Entity"]),
        ("opened", &["Date d’ouverture", "Opening date", "Date"]),
        ("reason", &["Description", "Descriptions - Description"]),
        ("impact_analysis", &["Impacts", "Analyse - Impacts", "Analysis impact", "Analysis - Impacts"]),
        ("deployment_plan", &["Plans - Plan de déploiement", "Plans - Deployment plan"]),
        ("rollback", &["Plan de retour arrière", "Plan de sauvegarde", "Backup plan", "Backout plan", "Plans - Plan de retour arrière", "Plans - Backup plan"]),
        ("checklist", &["Liste de contrôle", "Checklist", "Plans - Checklist"]),
        ("done", &["Date de résolution", "Resolution date"]),
        (NUMBER, &["ID"]),
        (PASSED, &["Dernière modification", "Last update", "TTR", "Date de clôture", "Closing date", "Temps de résolution", "Time to resolve"]),
    ]},
    Known { source: "glpi", kind: "problem", headers: &[
        ("title", &["Titre", "Title"]),
        ("assignee", &["Attribué à - Technicien", "Assigned to - Technician", "Technicien"]),
        ("group", &["Attribué à - Groupe de techniciens", "Attribué à - Groupe", "Assigned to - Technician group", "Assigned to - Group"]),
        ("organisation", &["Entité", "Entity"]),
        ("opened", &["Date d’ouverture", "Opening date", "Date"]),
        ("symptoms", &["Analyse - Symptômes", "Analysis - Symptoms"]),
        ("causes", &["Analyse - Causes", "Analysis - Causes"]),
        ("impacts", &["Analyse - Impacts", "Analysis - Impacts"]),
        ("resolution", &["Solution", "Solution - Solution"]),
        ("assets", &["Éléments associés", "Associated elements"]),
        (NUMBER, &["ID"]),
        (PASSED, &["Dernière modification", "Last update", "TTR", "Date de clôture", "Closing date", "Temps de résolution", "Time to resolve"]),
    ]},
    Known { source: "glpi", kind: "licence", headers: &[
        ("organisation", &["Entité", "Entity"]),
        ("software", &["Logiciel", "Logiciels", "Software"]),
        ("!licence-keys", &["Numéro de série", "Serial number"]),
        ("reference", &["Numéro d’inventaire", "Inventory number"]),
        ("seats", &["Nombre", "Number", "Quantité"]),
        ("model", &["Type"]),
        ("cost", &["Valeur", "Value"]),
        ("purchased", &["Date d’achat", "Date of purchase"]),
        ("expires", &["Expiration"]),
        ("version_bought", &["Version d’achat", "Purchase version", "Achat - Version"]),
        ("version_in_use", &["Version utilisée", "Version in use", "Utilisation - Version"]),
        (NUMBER, &["ID"]),
        (PASSED, &["Dernière modification", "Last update", "Statut", "Status"]),
    ]},
    Known { source: "snipeit", kind: "asset", headers: &[
        ("inventory_number", &["Asset Tag", "Balise d’actif", "Étiquette", "Tag"]),
        ("name", &["Item Name", "Asset Name", "Nom de l’actif"]),
        ("serial", &["Serial Number", "Serial", "Série"]),
        ("model", &["Model Name", "Model", "Modèle"]),
        ("type", &["Category", "Catégorie"]),
        ("status", &["Status", "Status Label", "Statut", "Asset Status"]),
        ("organisation", &["Company", "Société", "Compagnie"]),
        ("site", &["Location", "Default Location", "Localisation", "Emplacement"]),
        ("user", &["Full Name", "Assigned To", "Checked Out To", "Checked Out", "Username", "Email", "Attribué à"]),
        ("supplier", &["Supplier", "Fournisseur"]),
        ("purchased", &["Purchase Date", "Purchased", "Date d’achat"]),
        ("price", &["Purchase Cost", "Cost", "Coût d’achat"]),
        ("notes", &["Notes", "Item Notes"]),
        ("warranty_end", &["Warranty Expires"]),
        (NUMBER, &["ID"]),
        ("!Model No.", &["Model No.", "Model Number"]),
        ("!Order Number", &["Order Number"]),
        ("!EOL", &["EOL", "EOL Date"]),
        ("!Employee Number", &["Employee Number"]),
        ("!Warranty", &["Warranty"]),
        (PASSED, &["Created at", "Updated at", "Image", "Requestable", "Current Value", "Value", "Book Value", "Diff", "Type", "First Name", "Last Name", "Title", "Phone", "Department", "Manager", "Checkout Date", "Last Checkout Date", "Expected Checkin Date", "Last Audit", "Next Audit Date", "BYOD", "Checkouts", "Checkins", "Requests", "Manufacturer Name", "Depreciation"]),
    ]},
    Known { source: "snipeit", kind: "licence", headers: &[
        ("name", &["Item Name", "License", "License Name", "Name", "Software Name"]),
        ("!licence-keys", &["Serial Number", "Serial", "Product Key", "License Key"]),
        ("seats", &["Seats", "Total", "Quantity"]),
        ("expires", &["Expiration Date", "Expires"]),
        ("purchased", &["Purchase Date"]),
        ("cost", &["Purchase Cost", "Cost"]),
        ("reference", &["Purchase Order", "Order Number"]),
        ("organisation", &["Company"]),
        ("supplier", &["Supplier"]),
        ("notes", &["Notes"]),
        (NUMBER, &["ID"]),
        (PASSED, &["Licensed To Name", "Licensed To Email", "Reassignable", "Maintained", "Category", "Manufacturer", "Avail", "Remaining", "Min. QTY", "Termination Date", "Created at", "Updated at", "Full Name", "Username", "Email", "Asset Tag"]),
    ]},
    Known { source: "jira", kind: "ticket", headers: &[
        ("title", &["Summary", "Résumé"]),
        (NUMBER, &["Issue key", "Key", "Clé de ticket", "Clé"]),
        ("type", &["Issue Type", "Work type", "Type de ticket", "Custom field (Request Type)"]),
        ("status", &["Status", "État", "Statut"]),
        ("priority", &["Priority", "Priorité"]),
        ("requester", &["Reporter", "Rapporteur"]),
        ("assignee", &["Assignee", "Personne assignée", "Responsable"]),
        ("opened", &["Created", "Création", "Créé"]),
        ("category", &["Component/s", "Components", "Component", "Composants"]),
        ("tags", &["Labels", "Étiquettes"]),
        ("diagnosis", &["Description"]),
        ("watchers", &["Watchers", "Observateurs"]),
        ("~comment", &["Comment", "Comments", "Commentaire", "Commentaires"]),
        ("~author", &["Creator", "Créateur"]),
        ("~resolved", &["Resolved", "Résolu", "Résolue"]),
        ("~outcome", &["Resolution", "Résolution"]),
        ("~category", &["Status Category", "Catégorie d’état"]),
        ("impact", &["Custom field (Impact)"]),
        ("urgency", &["Custom field (Urgency)"]),
        ("~seconds", &["Time Spent", "Temps consacré", "Temps passé"]),
        ("!attachments", &["Attachment", "Attachments", "Pièce jointe", "Pièces jointes"]),
        ("!work-log", &["Log Work", "Journal de travail"]),
        ("!issue-links", &["Parent", "Parent key", "Parent summary", "Custom field (Epic Link)"]),
        (PASSED, &["Issue id", "ID de ticket", "Mise à jour", "Parent id", "Project key", "Project name", "Project type", "Project lead", "Project lead id", "Project description", "Project url", "Creator Id", "Reporter Id", "Assignee Id", "Updated", "Last Viewed", "Due date", "Votes", "Watchers Id", "Status Category Changed", "Original estimate", "Remaining Estimate", "Work Ratio", "Σ Time Spent", "Σ Original Estimate", "Σ Remaining Estimate", "Σ Work Ratio", "Environment", "Security Level", "Sprint", "Fix Version/s", "Affects Version/s", "Fix versions", "Affects versions"]),
    ]},
    Known { source: "ad", kind: "account", headers: &[
        ("login", &["SamAccountName", "sAMAccountName"]),
        ("display_name", &["DisplayName"]),
        ("distinguished_name", &["DistinguishedName"]),
        ("enabled", &["Enabled", "AccountEnabled"]),
        ("created", &["whenCreated", "Created"]),
        ("last_logon", &["LastLogonDate", "LastLogon", "LastLogonTimestamp"]),
        ("password_last_set", &["PasswordLastSet", "pwdLastSet"]),
        ("password_never_expires", &["PasswordNeverExpires"]),
        ("password_not_required", &["PasswordNotRequired"]),
        ("expires", &["AccountExpirationDate", "AccountExpires"]),
        ("type", &["ObjectClass"]),
        ("~name", &["Name", "CN"]),
        ("~mail", &["EmailAddress", "mail", "Mail", "PrimarySmtpAddress"]),
        ("~given", &["GivenName"]),
        ("~surname", &["Surname", "sn"]),
        ("~upn", &["UserPrincipalName"]),
        ("~groups", &["MemberOf", "Groups", "Groupes"]),
        ("~owner", &["ManagedBy"]),
        ("~system:DNSHostName", &["DNSHostName"]),
        ("~system:OperatingSystem", &["OperatingSystem"]),
        ("~system:OperatingSystemVersion", &["OperatingSystemVersion"]),
        ("~system:IPv4Address", &["IPv4Address"]),
        ("!Department", &["Department"]),
        ("!Title", &["Title"]),
        ("!Company", &["Company"]),
        ("!Office", &["Office"]),
        ("!Manager", &["Manager"]),
        ("!City", &["City"]),
        ("~guid", &["ObjectGUID"]),
        ("~sid", &["SID", "objectSid"]),
        (PASSED, &["PasswordExpired", "LockedOut", "whenChanged", "Modified", "LogonCount", "BadLogonCount", "PrimaryGroup", "DaysInactive", "CanonicalName", "ServicePrincipalNames", "IPv6Address"]),
    ]},
    Known { source: "", kind: "asset", headers: &[
        ("inventory_number", &["N° inventaire", "No inventaire", "N° parc", "Étiquette d’inventaire", "Asset tag"]),
        ("serial", &["N° de série", "N° série", "S/N", "SN", "Serial no", "Service tag"]),
        ("hostname", &["Nom d’hôte", "Host name", "Computer name", "Nom de l’ordinateur", "Nom machine"]),
        ("ip", &["Adresse IP", "IP address", "IP", "Adresses IP"]),
        ("mac", &["Adresse MAC", "MAC address", "MAC"]),
        ("price", &["Prix", "Coût", "Price", "Cost"]),
        ("manufacturer", &["Marque", "Constructeur", "Brand", "Vendor"]),
        ("status", &["État", "State"]),
    ]},
    Known { source: "", kind: "ticket", headers: &[
        ("title", &["Objet", "Subject"]),
        ("opened", &["Ouvert le", "Créé le", "Created"]),
    ]},
    Known { source: "", kind: "licence", headers: &[
        ("seats", &["Postes", "Quantité"]),
        ("expires", &["Date d’expiration", "Date de fin", "Expiration date"]),
        ("!licence-keys", &["Clé", "Clé produit", "Product key", "License key", "Licence key", "Clé de licence"]),
    ]},
    Known { source: "glpi", kind: "", headers: &[
        ("notes", &["Commentaires", "Commentaire", "Comments", "Comment"]),
    ]},
    Known { source: "", kind: "", headers: &[
        ("!passwords", &["Password", "Mot de passe", "MDP", "userPassword", "unicodePwd", "AccountPassword", "ms-Mcs-AdmPwd", "Passwd"]),
        ("!free-texts", &["info", "adminDescription"]),
        ("!photos", &["thumbnailPhoto", "jpegPhoto", "Photo"]),
    ]},
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::built_in;

    #[test]
    fn headers_mean_fields_that_exist() {
        let schema = built_in();
        for known in &KNOWN {
            for (meaning, names) in known.headers {
                let special = meaning.starts_with(['-', '#', '!', '~']);
                // What is true of all kinds is true of one of them.
                let own = if known.kind.is_empty() {
                    "asset"
                } else {
                    known.kind
                };
                let kind = schema.kind(own);
                let field =
                    kind.and_then(|kind| kind.fields.iter().find(|field| field.key == *meaning));
                assert!(special || field.is_some(), "{} {meaning}", known.kind);
                assert!(names.iter().all(|name| !fold_key(name).is_empty()));
            }
        }
    }
}
