//! Tables of known programs, row by row.

use super::*;
use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::Link;
use crate::schema::built_in;

fn inventory_of(
    source: &str,
    text: &str,
    culture: Option<&str>,
    mapping: Option<&Mapping>,
) -> Inventory {
    let schema = built_in();
    let settings = Settings {
        schema: &schema,
        culture: culture.and_then(Culture::named),
        mapping,
        sheet: None,
        weight: MembershipWeight::default(),
    };
    read(text.as_bytes(), source, &settings)
        .unwrap_or_else(|refusal| panic!("{}", refusal.message.en))
}

fn shown(value: &Recorded) -> String {
    match value {
        Recorded::Text(text) => text.clone(),
        Recorded::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("+"),
        Recorded::Structure(_) => "{}".to_owned(),
    }
}

/// A sighting as one line: kind, title, values, links.
fn line(sighting: &Sighting) -> String {
    let fields = sighting
        .fields
        .iter()
        .map(|(key, value)| format!("{key}={}", shown(value)));
    let targets = |link: &Link| -> Vec<String> {
        let targets = link.target.each().map(|target| match target {
            Target::Named(name) | Target::Seen(_, _, name) => format!("{}->{name}", link.field),
            Target::Sighting(at) => format!("{}->#{at}", link.field),
            Target::Shared(_) | Target::Several(_) => unreachable!("never shared itself"),
        });
        targets.collect()
    };
    let links = sighting.links.iter().flat_map(targets);
    let all: Vec<String> = fields.chain(links).collect();
    format!("{} {}: {}", sighting.kind, sighting.title, all.join(", "))
}

fn lines(inventory: &Inventory) -> Vec<String> {
    inventory.records.iter().map(line).collect()
}

fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory
        .notes
        .iter()
        .map(|note| note.get(Language::En))
        .collect()
}

#[test]
fn accounts_of_active_directory() {
    let text = "#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n\
        \"DistinguishedName\",\"Enabled\",\"GivenName\",\"Name\",\"ObjectClass\",\"SamAccountName\",\"LastLogonDate\",\"AccountExpirationDate\",\"PasswordNeverExpires\",\"userPassword\",\"Description\"\r\n\
        \"CN=Léa Garnier,OU=Siège,DC=nacelle,DC=example\",\"True\",\"Léa\",\"Léa Garnier\",\"user\",\"lgarnier\",\"30/05/2026 15:38:54\",\"01/08/2026 00:00:00\",\"False\",\"canari\",\"mdp canari\"\r\n\
        \"CN=svc,DC=nacelle,DC=example\",\"False\",,\"svc-sauvegarde\",\"msDS-GroupManagedServiceAccount\",\"svc-sauvegarde$\",,,,,\r\n";
    let inventory = inventory_of("ad", text, Some("fr"), None);
    assert_eq!(
        lines(&inventory),
        [
            "account lgarnier: directory=ad, display_name=Léa Garnier, distinguished_name=CN=Léa Garnier,OU=Siège,DC=nacelle,DC=example, enabled=true, expires=2026-07-31, last_logon=2026-05-30, login=lgarnier, password_never_expires=false, person->Léa Garnier",
            "account svc-sauvegarde$: directory=ad, display_name=svc-sauvegarde, distinguished_name=CN=svc,DC=nacelle,DC=example, enabled=false, login=svc-sauvegarde$, type=service",
        ]
    );
    assert_eq!(
        inventory.dropped,
        [("free-texts", 1), ("passwords", 1)].into()
    );
    assert!(!format!("{inventory:?}").contains("canari"));
}

#[test]
fn groups_of_active_directory() {
    let text = "SamAccountName;Enabled;MemberOf\nlgarnier;True;\"CN=GG-Compta,DC=nacelle,DC=example;CN=GG-VPN,DC=nacelle,DC=example\"\nb;True;Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\n";
    let inventory = inventory_of("ad", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "account lgarnier: directory=ad, enabled=true, login=lgarnier, groups->GG-Compta, groups->GG-VPN",
            "account b: directory=ad, enabled=true, login=b"
        ]
    );
    assert_eq!(
        notes(&inventory),
        [
            "`MemberOf`: PowerShell wrote the name of a type in place of the values (line 3); export `@{n='MemberOf';e={$_.MemberOf -join ';'}}`"
        ]
    );
}

#[test]
fn items_of_tickets() {
    let text = "ID;Titre;Date d'ouverture;Éléments associés;Observateurs\n5;Écran;2026-09-14 12:00;PC-1<br>PC-2 (12);Léa Garnier\nInès Roy\n";
    let text = text.replace("Léa Garnier\nInès Roy", "\"Léa Garnier\nInès Roy\"");
    assert_eq!(
        lines(&inventory_of("glpi", &text, None, None)),
        [
            "ticket glpi-5: aliases=glpi-5, opened=2026-09-14T12:00:00, title=Écran, assets->PC-1, assets->PC-2, watchers->Léa Garnier, watchers->Inès Roy, timeline->"
        ]
    );
}

#[test]
fn computers_of_active_directory() {
    let text =
        "Name;OperatingSystem;LastLogonDate;Enabled\nPC-12;Windows 11;05/06/2026 08:00:00;True\n";
    let inventory = inventory_of("ad", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "account PC-12$: directory=ad, enabled=true, login=PC-12$, type=computer, computer->PC-12"
        ]
    );
    assert_eq!(
        notes(&inventory),
        [
            "`LastLogonDate`: day and month could be swapped, dates left out (line 2); say the order by `--culture fr` or `--culture en-US`"
        ]
    );
    let inventory = inventory_of("ad", "Name,Enabled\nJean Dupont,True\n", None, None);
    assert_eq!(inventory.records, []);
    assert_eq!(
        notes(&inventory),
        ["rows without “Login”, left aside (line 2)"]
    );
}

#[test]
fn assets_of_glpi() {
    let text = "\u{feff}\"Nom\";\"Entité\";\"Statut\";\"Type\";\"Modèle\";\"Lieu\";\"Utilisateur\";\"Usager\";\"Numéro d'inventaire\";\"Numéro de série\";\"Informations financières et administratives - Fournisseur\";\"Composants - Carte graphique\"\r\n\
        \"PC-ACC-01\";\"Racine > Nacelle\";\"En service\";\"Portable\";\"Latitude 5450\";\"Lyon > Plateau (12)\";\"Garnier Léa (52 267)\";\"\";\"000005\";\"1E10\";\"Durand SA\";\"Puce\"\r\n";
    let inventory = inventory_of("glpi", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "asset PC-ACC-01: inventory_number=000005, name=PC-ACC-01, serial=1E10, status=in-service, type=laptop, organisation->Racine > Nacelle, model->Latitude 5450, site->Lyon > Plateau, user->Garnier Léa, supplier->Durand SA"
        ]
    );
    assert_eq!(
        notes(&inventory),
        ["unknown column `Composants - Carte graphique`, left aside"]
    );
}

#[test]
fn tickets_of_glpi() {
    let text = "\"ID\";\"Titre\";\"Statut\";\"Dernière modification\";\"Date d'ouverture\";\"Priorité\";\"Demandeur - Demandeur\";\"Attribué à - Technicien\";\"Catégorie\";\"TTR\"\r\n\
        \"52 267\";\"problème d'accès au logiciel de compta\";\"En cours (Attribué)\";\"2026-09-14 11:20\";\"2026-09-14 12:00\";\"Très haute\";\"glpi\";\"tech<br>tech2\";\"\";\"3 minutes\"\r\n\
        \"5\";\"sans date\";\"Clos\";\"\";\"\";\"\";\"\";\"\";\"\";\"\"\r\n";
    let inventory = inventory_of("glpi", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "ticket glpi-52267: aliases=glpi-52267, opened=2026-09-14T12:00:00, priority=very-high, status=assigned, title=problème d'accès au logiciel de compta, requester->glpi, assignee->tech, timeline->"
        ]
    );
    assert_eq!(
        notes(&inventory),
        [
            "`Attribué à - Technicien`: this field has one value, the first of the cell is kept and the others left out (line 2 “tech2”)",
            "rows without “Opened on”, left aside (line 3)"
        ]
    );
}

#[test]
fn licences_bring_their_software() {
    let text = "Nom;Logiciel;Numéro de série;Nombre;Expiration\nSuite 2025;Suite;AAAA-BBBB;1 200;2027-01-31\nSuite 2026;suite;;;\n";
    let inventory = inventory_of("glpi", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "licence Suite 2025: expires=2027-01-31, name=Suite 2025, seats=1200, software->#2",
            "licence Suite 2026: name=Suite 2026, software->#2",
            "software Suite: name=Suite"
        ]
    );
    assert_eq!(inventory.dropped, [("licence-keys", 1)].into());
}

#[test]
fn assets_and_licences_of_snipe_it() {
    let text = "Asset Tag,ITEM NAME,Serial Number,Model Name,Category,Status,Purchase Date,Purchase Cost,Full Name,Location\nA-1,Portable 1,S1,XPS,Laptops,Ready to Deploy,2025-03-04,\"1,249.90\",Léa Garnier,Lyon\n";
    assert_eq!(
        lines(&inventory_of("snipeit", text, None, None)),
        [
            "asset Portable 1: inventory_number=A-1, name=Portable 1, price=1249.90, purchased=2025-03-04, serial=S1, status=in-stock, type=laptop, model->XPS, user->Léa Garnier, site->Lyon"
        ]
    );
    let text = "Item Name,Serial,Seats,Expiration Date,Licensed To Email\nDessin,KEY-1,5,2026-12-31,a@nacelle.example\n";
    let inventory = inventory_of("snipeit", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "licence Dessin: expires=2026-12-31, name=Dessin, seats=5, software->#1",
            "software Dessin: name=Dessin"
        ]
    );
    assert_eq!(inventory.dropped, [("licence-keys", 1)].into());
}

#[test]
fn tickets_of_jira() {
    let text = "\u{feff}Summary,Issue key,Issue id,Issue Type,Status,Priority,Created,Reporter,Labels,Labels,Comment,Comment,Custom field (Change risk),Mystery\n\
        \"L'écran, encore\",SUP-12,10012,Service Request,Waiting for customer,Highest,09/Jan/24 3:54 PM,Léa Garnier,écran,poste,\"09/Jan/24 3:55 PM;id;texte\",,Low,x\n";
    let inventory = inventory_of("jira", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "ticket SUP-12: aliases=SUP-12, opened=2024-01-09T15:54:00, priority=very-high, status=pending, tags=poste+écran, title=L'écran, encore, type=request, requester->Léa Garnier, timeline->Léa Garnier, timeline->id"
        ]
    );
    assert_eq!(
        notes(&inventory),
        [
            "unknown column `Mystery`, left aside",
            "Jira’s CSV tells neither who moved a ticket to another status and when, but for its opening and resolution, nor which comments are kept to one role; the JSON of its interface does"
        ]
    );
}

#[test]
fn any_table_by_a_mapping() {
    let mapping = Mapping::new(
        "asset",
        [("N° parc", "inventory_number"), ("Désignation", "Nom")],
    );
    let text = "n° PARC;Désignation;Serail;Garantie\n7;Imprimante accueil;X;x\n";
    let inventory = inventory_of("csv", text, None, Some(&mapping));
    assert_eq!(
        lines(&inventory),
        ["asset Imprimante accueil: inventory_number=7, name=Imprimante accueil"]
    );
    assert_eq!(
        notes(&inventory)[0],
        "unknown column `Serail`, left aside: did you mean `serial`?"
    );
    let schema = built_in();
    let none = Mapping::new("asset", []);
    let settings = |mapping| Settings {
        schema: &schema,
        culture: None,
        mapping,
        sheet: None,
        weight: MembershipWeight::default(),
    };
    let refused =
        |text: &str, source, mapping| match read(text.as_bytes(), source, &settings(mapping)) {
            Ok(read) => panic!("{read:?}"),
            Err(refusal) => refusal.message.en,
        };
    assert!(
        refused("a;b\n", "csv", None).starts_with("carnet.yaml does not say what the columns are")
    );
    assert!(refused("a;b\n", "glpi", None).starts_with("no known header (`a`, `b`…)"));
    assert_eq!(
        refused(
            "a;b\n",
            "csv",
            Some(&Mapping {
                kind: "xyz".to_owned(),
                ..none.clone()
            })
        ),
        "there is no kind of record `xyz`"
    );
}

#[test]
fn what_jira_counts_in_seconds_is_time_and_what_has_no_field_is_counted() {
    let table = "Issue key,Summary,Created,Time Spent,Attachment,Attachment,Inward issue link (Blocks),Parent key,Log Work\n\
        SUP-1,Un,2026-01-09 08:05,4200,a.png,b.png,SUP-2,SUP-9,vu;09/Jan/24 3:55 PM;x;4200\n\
        SUP-2,Deux,2026-01-09 08:05,,,,,,\n";
    let read = inventory_of("jira", table, None, None);
    let spent = |at: usize| read.records[at].fields.get("time_spent").map(shown);
    assert_eq!((spent(0).as_deref(), spent(1)), (Some("PT70M"), None));
    assert_eq!(
        read.dropped,
        [("attachments", 2), ("issue-links", 2), ("work-log", 1)].into()
    );
    // What no table of Jira can tell is the one thing to note.
    assert_eq!(read.notes.len(), 1, "{:?}", read.notes);
    assert!(read.notes[0].fr.starts_with("le CSV de Jira ne dit ni"));
}

#[test]
fn the_whole_length_of_a_ticket_of_glpi_is_its_time_spent() {
    let table = "ID;Titre;Statut;Date d’ouverture;Durée totale\n\
        7;Un;Nouveau;2026-01-09 08:05;1 heures 30 minutes 0 secondes\n\
        8;Deux;Nouveau;2026-01-09 08:05;0 seconde\n\
        9;Trois;Nouveau;2026-01-09 08:05;longtemps\n";
    let read = inventory_of("glpi", table, None, None);
    let spent = |at: usize| read.records[at].fields.get("time_spent").map(shown);
    assert_eq!(spent(0).as_deref(), Some("PT90M"));
    assert_eq!((spent(1), spent(2)), (None, None));
    assert_eq!(
        notes(&read),
        ["`Durée totale`: values that do not fit the field, left out (line 4 “longtemps”)"]
    );
}

#[test]
fn what_active_directory_says_of_computers_is_kept_or_told() {
    let text = "Name,DNSHostName,OperatingSystem,OperatingSystemVersion,IPv4Address,LastLogonDate,Description,ManagedBy,ObjectGUID,SID\n\
                PC-12,pc-12.nacelle.example,Windows 11 Pro,10.0 (22631),192.0.2.7,2026-11-02 08:00:00,CANARI,\"CN=Dumas\\, Claire,DC=nacelle\",6fa459ea,S-1-5-21-1-2-258-1104\n\
                PC-13,,Windows 11 Pro,,,,,,6fa459ea-ee8a-3ca4-894e-db77e160355e,S-1\n";
    let inventory = inventory_of("ad", text, None, None);
    assert_eq!(
        lines(&inventory),
        [
            "account PC-12$: directory=ad, last_logon=2026-11-02, login=PC-12$, type=computer, computer->PC-12, owner->Dumas, Claire",
            "account PC-13$: directory=ad, login=PC-13$, type=computer, computer->PC-13",
        ]
    );
    assert_eq!(
        notes(&inventory),
        [
            "`ObjectGUID`: values that do not fit the field, left out (line 2 “6fa459ea”)",
            "`SID`: values that do not fit the field, left out (line 3 “S-1”)",
        ]
    );
    let left = [
        ("DNSHostName", 1),
        ("IPv4Address", 1),
        ("OperatingSystem", 2),
        ("OperatingSystemVersion", 1),
        ("free-texts", 1),
    ];
    assert_eq!(inventory.dropped, left.into());
}

#[test]
fn the_groups_of_several_tables_weigh_together() {
    let schema = built_in();
    let settings = Settings {
        schema: &schema,
        culture: None,
        mapping: None,
        sheet: None,
        weight: MembershipWeight::default(),
    };
    let table = |letter: &str| {
        let mut table = "SamAccountName;MemberOf\n".to_owned();
        for row in 0..700 {
            let groups = (0..1_000).map(|at| format!("{letter}{}", row * 1_000 + at));
            let groups: Vec<String> = groups.collect();
            let groups = groups.join("|");
            table.extend(["a", &row.to_string(), ";", &groups, "\n"]);
        }
        table
    };
    let weigh = |letter: &str| read(table(letter).as_bytes(), "ad", &settings).err();
    assert_eq!((weigh("a"), settings.weight.refusal()), (None, None));
    let refusal = weigh("b").expect("too many groups in all");
    assert_eq!(settings.weight.refusal(), Some(refusal));
}
