//! Tables of Veeam: sessions (`Get-VBRBackupSession`, `Get-VBRTaskSession`), the list of jobs of the
//! console, reports of Veeam ONE. Columns go by their names in French and English. A job is its name,
//! and with a column of machines one machine of it: the last good run of each is what counts.

use jiff::civil::DateTime;

use crate::import::backups::{Jobs, Outcome};
use crate::import::profile::{Culture, Moment, moment};
use crate::import::table::{self, Row, Table};
use crate::import::{Inventory, Refusal};
use crate::schema::fold_key;
use crate::text;

/// Headers of jobs, folded as keys are.
const JOB: &[&str] = &[
    "jobname",
    "job",
    "backupjob",
    "backupjobname",
    "policyname",
    "nomdutravail",
    "travail",
    "nomdelatache",
    "tache",
    "nomdujob",
    "travaildesauvegarde",
    "tachedesauvegarde",
];
/// Of what a row is, where no other column says the job; else a machine or a session.
const NAME: &[&str] = &["name", "nom"];
const HOST: &[&str] = &[
    "vmname",
    "vm",
    "machine",
    "machinename",
    "virtualmachine",
    "objectname",
    "object",
    "hostname",
    "host",
    "computer",
    "computername",
    "server",
    "servername",
    "nomdelavm",
    "machinevirtuelle",
    "nomdelamachine",
    "ordinateur",
    "serveur",
    "hote",
    "objet",
];
const RESULT: &[&str] = &[
    "result",
    "lastresult",
    "sessionresult",
    "jobresult",
    "status",
    "jobstatus",
    "laststatus",
    "resultat",
    "dernierresultat",
    "statut",
    "dernierstatut",
];
const END: &[&str] = &[
    "endtime",
    "end",
    "endtimelocal",
    "finished",
    "finishtime",
    "completed",
    "completiontime",
    "stoptime",
    "lastrun",
    "lastruntime",
    "lastend",
    "heuredefin",
    "fin",
    "datedefin",
    "finle",
    "termine",
    "derniereexecution",
];
const START: &[&str] = &[
    "starttime",
    "start",
    "creationtime",
    "heurededebut",
    "debut",
    "datededebut",
    "debutle",
];
const GOOD: &[&str] = &[
    "lastsuccess",
    "lastsuccessfulbackup",
    "lastsuccessfulrun",
    "lastgoodbackup",
    "latestrestorepoint",
    "lastrestorepoint",
    "dernieresauvegardereussie",
    "dernierereussite",
    "dernierpointderestauration",
];

/// The places of the columns.
struct Columns {
    job: usize,
    /// A column `Name` beside that of jobs: a machine, or a session, which begins as its job does.
    name: Option<usize>,
    host: Option<usize>,
    result: Option<usize>,
    /// The end, else the start.
    end: Option<usize>,
    good: Option<usize>,
}

/// Reads a table into jobs. Refused when no column says the job, or none when it ran.
pub(super) fn read(
    bytes: &[u8],
    culture: Option<Culture>,
    jobs: &mut Jobs,
    inventory: &mut Inventory,
) -> Result<(), Refusal> {
    let table = table::read(bytes, &known, None)?;
    let columns = columns(&table)?;
    let mut ambiguous = 0_usize;
    let mut unfinished = 0;
    for row in &table.rows {
        let name = table.cell(row, columns.job);
        let day = |column: Option<usize>| day(&table, row, column, culture);
        let (Ok(end), Ok(good)) = (day(columns.end), day(columns.good)) else {
            ambiguous += 1;
            continue;
        };
        let result = columns
            .result
            .map(|column| outcome(table.cell(row, column)));
        let ran = match (end, result) {
            (Some(end), Some(Some(outcome))) => Some((end, outcome)),
            _ => None,
        };
        if name.is_empty() || (ran.is_none() && good.is_none()) {
            unfinished += 1;
            continue;
        }
        let host = columns.host(&table, row);
        let mut words = vec![name];
        words.extend(host);
        let job = jobs
            .entry(format!("veeam:{}", words.join(":")))
            .or_default();
        job.tool = "Veeam";
        job.title = format!("Veeam {}", words.join(" "));
        job.hosts.extend(host.map(str::to_owned));
        job.good.extend(good);
        if let Some((end, outcome)) = ran {
            job.ran(end, outcome);
        }
    }
    inventory.notes.extend(table.notes);
    inventory.drop_some("unfinished-runs", unfinished);
    if ambiguous > 0 {
        inventory.notes.push(text!(
            "dates où le jour et le mois peuvent s’échanger, lignes laissées de côté : {ambiguous} ; dites l’ordre par `--culture fr` ou `--culture en-US`",
            "dates whose day and month could be swapped, rows left aside: {ambiguous}; say the order by `--culture fr` or `--culture en-US`"
        ));
    }
    Ok(())
}

/// How many headers are known.
fn known(headers: &[String]) -> usize {
    let headers = headers.iter().map(|header| fold_key(header));
    let words = |header: &String| {
        let lists = [JOB, NAME, HOST, RESULT, END, START, GOOD];
        lists.iter().any(|words| words.contains(&header.as_str()))
    };
    headers.filter(words).count()
}

fn columns(table: &Table) -> Result<Columns, Refusal> {
    let headers: Vec<String> = table
        .headers
        .iter()
        .map(|header| fold_key(header))
        .collect();
    // The words of a list stand in the order of their worth.
    let find = |words: &[&str]| {
        let mut found = words
            .iter()
            .filter_map(|word| headers.iter().position(|header| header == word));
        found.next()
    };
    let (own, name) = (find(JOB), find(NAME));
    let columns = Columns {
        job: own.or(name).ok_or_else(no_jobs)?,
        name: name.filter(|_| own.is_some()),
        host: find(HOST),
        result: find(RESULT),
        end: find(END).or_else(|| find(START)),
        good: find(GOOD),
    };
    let ran = columns.end.is_some() && columns.result.is_some();
    if ran || columns.good.is_some() {
        Ok(columns)
    } else {
        Err(no_jobs())
    }
}

impl Columns {
    /// The machine of a row.
    fn host<'t>(&self, table: &'t Table, row: &'t Row) -> Option<&'t str> {
        let cell = |column: Option<usize>| {
            let cell = table.cell(row, column?);
            (!cell.is_empty()).then_some(cell)
        };
        let job = table.cell(row, self.job);
        cell(self.host).or_else(|| cell(self.name).filter(|name| !name.starts_with(job)))
    }
}

fn no_jobs() -> Refusal {
    Refusal::new(text!(
        "aucune colonne connue pour le travail (`JobName`), son résultat (`Result`) et sa fin (`EndTime`)",
        "no known column for the job (`JobName`), its result (`Result`) and its end (`EndTime`)"
    ))
}

/// The moment of a cell, without seconds; an error when it could be two.
fn day(
    table: &Table,
    row: &Row,
    column: Option<usize>,
    culture: Option<Culture>,
) -> Result<Option<DateTime>, ()> {
    let Some(column) = column else {
        return Ok(None);
    };
    match moment(table.cell(row, column), culture) {
        // Runs that never ended have a day of 1900 or of the year 1.
        Moment::At(moment) if moment.year() < 1980 => Ok(None),
        Moment::At(moment) => Ok(moment.with().second(0).subsec_nanosecond(0).build().ok()),
        Moment::Ambiguous => Err(()),
        Moment::Unreadable => Ok(None),
    }
}

/// What a run came to; nothing while it lasts.
fn outcome(cell: &str) -> Option<Outcome> {
    match fold_key(cell).as_str() {
        "success" | "succeeded" | "successful" | "ok" | "reussite" | "reussi" | "reussie"
        | "succes" => Some(Outcome::Success),
        "warning" | "warnings" | "avertissement" | "avertissements" => Some(Outcome::Warning),
        "failed" | "failure" | "error" | "echec" | "echoue" | "echouee" | "erreur" => {
            Some(Outcome::Failure)
        }
        _ => None,
    }
}
