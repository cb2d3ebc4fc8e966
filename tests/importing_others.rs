//! `carnet import` of backup tools, cloud consoles and libraries: the exact records, nothing changed
//! by a second import, a project that `check` finds clean, and no secret anywhere.

mod running;
#[path = "running/twice.rs"]
mod twice;

use std::fs;
use std::path::Path;

use running::{carnet, files};
use tempfile::TempDir;
use twice::import_twice;

/// A project with one server, and a folder of a source's files beside it.
struct Project {
    folder: TempDir,
    exports: TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self {
            folder: running::project("title: Essai\n"),
            exports: tempfile::tempdir().expect("a folder"),
        };
        let server = "name: srv-1\ntype: virtual-machine\nstatus: retired\n";
        project.put_record("assets/srv-1.yaml", server);
        project
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a record, as people do.
    fn put_record(&self, record: &str, text: &str) {
        write(&self.root().join("inventory").join(record), text.as_bytes());
    }

    /// Writes a file of the source.
    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        write(&self.exports.path().join(path), text.as_ref());
    }

    fn text(&self, record: &str) -> String {
        let path = self.root().join("inventory").join(record);
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{record} in {:?}", files(self.root())))
    }

    /// Imports a file or folder; gives what is told.
    fn import(&self, source: &str, from: &str) -> String {
        let from = self.exports.path().join(from);
        let (code, told) = carnet(self.root(), &["import", source, &from.to_string_lossy()]);
        assert_eq!(code, 0, "{told}");
        told
    }

    /// Imports twice; gives what the first told.
    fn import_twice(&self, source: &str, from: &str) -> String {
        let from = self.exports.path().join(from);
        import_twice(self.root(), &["import", source, &from.to_string_lossy()]).0
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("written");
}

#[test]
fn backup_runs_become_jobs() {
    let project = Project::new();
    let snapshot = |day: &str| {
        format!(
            "[{{\"time\":\"2026-11-{day}T22:00:00Z\",\"hostname\":\"srv-1\",\"paths\":[\"/home\"],\"username\":\"CANARI\"}}]"
        )
    };
    project.put("runs/a.json", snapshot("18"));
    project.import_twice("restic", "runs");
    let job = "backups/restic-srv-1-home.yaml";
    let expected = |day: &str| {
        format!(
            "name: restic srv-1 /home\nstatus: active\ntargets: [srv-1]\nscope: /home\ntool: restic\nencrypted: true\nlast_success: 2026-11-{day} 23:00\nlast_result: success\naliases: [restic:srv-1:/home]\n"
        )
    };
    assert_eq!(project.text(job), expected("18"));
    // A newer list changes the last success alone, an older one nothing.
    project.put("runs/a.json", snapshot("20"));
    let told = project.import("restic", "runs");
    assert!(told.contains("0 fiche créée, 1 modifiée"), "{told}");
    assert_eq!(project.text(job), expected("20"));
    project.put("runs/a.json", snapshot("19"));
    project.import("restic", "runs");
    assert_eq!(project.text(job), expected("20"));
}

#[test]
fn runs_go_to_the_job_that_has_their_alias() {
    let project = Project::new();
    let own = "# À la main\nname: Chaque nuit\naliases: [\"veeam:Nuit\"]\ntool: Veeam B&R\nlast_success: 2026-11-01 10:00\n";
    project.put_record("backups/nuit.yaml", own);
    project.put(
        "nuit.csv",
        "JobName;Result;EndTime\nNuit;Success;2026-11-20 04:05:09\n",
    );
    project.import_twice("veeam", "nuit.csv");
    let text = project.text("backups/nuit.yaml");
    assert!(
        text.starts_with("# À la main\nname: Chaque nuit\n"),
        "{text}"
    );
    assert!(
        text.contains("tool: Veeam B&R\nlast_success: 2026-11-20 04:05\n"),
        "{text}"
    );
    let info = "{\"archives\":[{\"name\":\"srv-1-2026-11-20\",\"end\":\"2026-11-20T01:12:00.5\",\"hostname\":\"srv-1\",\"command_line\":[\"CANARI\"]}],\"encryption\":{\"mode\":\"repokey\"},\"repository\":{\"id\":\"0cbe6166b46627fd\",\"location\":\"/srv/depot\"}}";
    project.put("borg.json", info);
    project.import_twice("borg", "borg.json");
    assert_eq!(
        project.text("backups/borg-srv-1-depot.yaml"),
        "name: Borg srv-1 depot\nstatus: active\ntargets: [srv-1]\ntool: Borg\nencrypted: true\nlast_success: 2026-11-20 01:12\nlast_result: success\naliases: [borg:0cbe6166b466:srv-1]\n"
    );
}

#[test]
fn answers_of_ninjaone_become_assets_and_jobs() {
    let project = Project::new();
    let devices = "[{\"id\":562,\"nodeClass\":\"WINDOWS_WORKSTATION\",\"approvalStatus\":\"PENDING\",\"offline\":true,\"systemName\":\"PC-1\",\"created\":1705693792.857588000,\"notes\":[{\"text\":\"CANARI\"}],\"publicIP\":\"203.0.113.9\",\
        \"system\":{\"serialNumber\":\"1E10\",\"chassisType\":\"LAPTOP\",\"totalPhysicalMemory\":17179869184},\"volumes\":[{\"name\":\"C:\",\"freeSpace\":5}],\"references\":{\"warranty\":{\"endDate\":1800000000}}}]";
    project.put("ninja/devices-detailed.json", devices);
    project.put("ninja/software.json", "{\"cursor\":{},\"results\":[{\"deviceId\":562,\"name\":\"Editrix\",\"publisher\":\"Rivoire\",\"version\":\"4.2\"}]}");
    project.put("ninja/backup-jobs.json", "{\"cursor\":{},\"results\":[{\"deviceId\":562,\"planName\":\"Nuit\",\"jobStatus\":\"COMPLETED\",\"jobEndTime\":1795129200.5}]}");
    project.put("ninja/tickets.json", "{\"data\":[{\"id\":12,\"nodeId\":562,\"subject\":\"Écran noir\",\"status\":{\"name\":\"NEW\"},\"createTime\":1795129200.5}]}");
    let told = project.import_twice("ninjaone", "ninja");
    assert!(
        told.contains("attendent d’être approuvés dans NinjaOne\u{a0}: 1 (PC-1)"),
        "{told}"
    );
    assert!(told.contains("textes libres (1)"), "{told}");
    assert_eq!(
        project.text("assets/pc-1.yaml"),
        "name: PC-1\ntype: laptop\nstatus: in-service\nserial: \"1E10\"\nmemory: 16 Go\ninstalled_software:\n  - {name: Editrix, publisher: Rivoire, version: \"4.2\"}\nhostname: PC-1\nwarranty_end: 2027-01-15\n"
    );
    assert_eq!(
        project.text("backups/ninjaone-nuit-pc-1.yaml"),
        "name: NinjaOne Nuit PC-1\nstatus: active\ntargets: [pc-1]\ntool: NinjaOne\nlast_success: 2026-11-20 00:00\nlast_result: success\naliases: [ninjaone:562:Nuit]\n"
    );
    assert_eq!(
        project.text("tickets/ninjaone-12.yaml"),
        "title: Écran noir\nstatus: new\nopened: 2026-11-20 00:00\nassets: [pc-1]\naliases: [ninjaone-12]\n"
    );
}

#[test]
fn users_of_entra_become_accounts() {
    let project = Project::new();
    project.put_record(
        "people/lea-garnier.yaml",
        "name: Léa Garnier\nemail: lea.garnier@nacelle.example\n",
    );
    let users = "{\"@odata.context\":\"x\",\"value\":[{\"displayName\":\"Léa Garnier\",\"userPrincipalName\":\"lea.garnier@nacelle.example\",\"mail\":\"lea.garnier@nacelle.example\",\"accountEnabled\":true,\"mobilePhone\":\"CANARI\",\
        \"signInActivity\":{\"lastSignInDateTime\":\"2026-11-19T07:00:00Z\"},\"assignedLicenses\":[{\"skuId\":\"05e9a617\"}]},\
        {\"displayName\":\"Jo\",\"userPrincipalName\":\"jo_autre.example#EXT#@nacelle.example\",\"accountEnabled\":false}]}";
    project.put("entra/users.json", users);
    let methods = "{\"value\":[{\"userPrincipalName\":\"lea.garnier@nacelle.example\",\"isMfaCapable\":true,\"methodsRegistered\":[\"fido2SecurityKey\",\"mobilePhone\"]}]}";
    project.put("entra/methods.json", methods);
    let told = project.import_twice("entra", "entra");
    assert!(told.contains("licences attribuées (1)"), "{told}");
    assert_eq!(
        project.text("accounts/lea-garnier-nacelle-example.yaml"),
        "login: lea.garnier@nacelle.example\ndisplay_name: Léa Garnier\ntype: user\ndirectory: entra\nperson: lea-garnier\nenabled: true\nlast_logon: 2026-11-19\nmfa: fido2\n"
    );
    assert_eq!(
        project.text("accounts/jo-autre-example-ext-nacelle-example.yaml"),
        "login: jo_autre.example#EXT#@nacelle.example\ndisplay_name: Jo\ntype: guest\ndirectory: entra\nenabled: false\n"
    );
}

#[test]
fn device_types_become_models() {
    let project = Project::new();
    let text = "manufacturer: Exalto\nmodel: EX-24\nslug: exalto-ex-24\npart_number: \"1E10\"\nu_height: 1\nairflow: side-to-rear\ncomments: '[Fiche](https://exalto.example/ex24)'\n\
        power-ports:\n  - {name: PSU1, maximum_draw: 370}\ninterfaces:\n  - {name: 1, type: 1000base-t, poe_mode: pse}\n";
    project.put("types/exalto/ex-24.yaml", text);
    let told = project.import_twice("devicetype", "types");
    assert!(told.contains("propriétés sans champ (1)"), "{told}");
    assert_eq!(
        project.text("models/exalto-ex-24.yaml"),
        "name: Exalto EX-24\nmanufacturer: Exalto\npart_number: \"1E10\"\nu_height: 1\npower_watts: 370\nports:\n  - {name: \"1\", type: RJ45, speed: 1 Gbit/s, poe: true}\naliases: [EX-24]\nnotes: \"[Fiche](https://exalto.example/ex24)\"\n"
    );
}

#[test]
fn inventories_of_ocs_become_assets() {
    let project = Project::new();
    let packed = include_bytes!("imported_ocs/pc-atelier.ocs");
    project.put("ocs/PC-ATELIER-2.ocs", packed);
    let told = project.import_twice("ocs", "ocs");
    assert!(
        told.contains("clés de licence (2), valeurs du registre (1)"),
        "{told}"
    );
    assert_eq!(
        project.text("assets/pc-atelier-2.yaml"),
        "name: PC-ATELIER-2\ntype: desktop\nstatus: in-service\ninventory_number: NAC-0801\nserial: \"012345E7\"\nmanufacturer: Exalto\nuuid: 4C4C4544-0031-3010-8031-C2C04F503733\nos: Windows 11 Professionnel\nos_version: 10.0.26200\nfirmware: 1.20.0\ncpu: Exalto Core 3\nmemory: 8 Go\nstorage: Disque EX 512 (512 Go)\nsecurity_tools: [Sentivo]\ninstalled_software:\n  - {name: Editrix, publisher: Éditions Rivoire, version: \"4.2\"}\nhostname: PC-ATELIER-2\nip: [192.0.2.81]\nmac: [\"02:00:5e:00:53:81\"]\n"
    );
}
