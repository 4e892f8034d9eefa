//! The province to measure in: migrated, filled, with two keys and a dossier to imitate.

use crate::{Fault, limit::text};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::{
    ffi::OsStr,
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

pub struct Fixture {
    pub data: PathBuf,
    /// Takes dossiers in.
    pub intake_key: String,
    /// Whose key that is.
    pub takes_in: String,
    /// Assigns them.
    pub head_key: String,
    pub head: String,
    /// The two between whom dossiers go to and fro.
    pub specialists: Vec<String>,
    /// A dossier to take in.
    pub body: String,
}

impl Fixture {
    pub fn database(&self) -> PathBuf {
        self.data.join("motcua.db")
    }

    /// Makes it with the product's own commands; a data base that is there already is taken as it is.
    pub fn make(program: &OsStr, data: &Path, dossiers: u32) -> Result<Self, Fault> {
        if !data.join("motcua.db").exists() {
            fill(program, data, &[], dossiers)?;
        }
        let base = Connection::open_with_flags(data.join("motcua.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let (state, people) = sample(&base)?;
        let intake = &state["intake"];
        let (agency, centre) = (id(&intake["agency"])?, id(&intake["centre"])?);
        let named = |role: &str, place: &str, at: i64| -> Result<Vec<String>, Fault> {
            let text = format!(
                "SELECT login FROM officers WHERE ' ' || roles || ' ' LIKE $1 AND {place} = $2 AND active ORDER BY login LIMIT 2"
            );
            let mut st = base.prepare(&text)?;
            let found = st.query_map((format!("% {role} %"), at), |r| r.get(0))?.collect::<Result<Vec<_>, _>>()?;
            if found.is_empty() { Err(format!("no {role} in the demo").into()) } else { Ok(found) }
        };
        let (takes_in, head) =
            (named("intake_officer", "centre_id", centre)?, named("unit_head", "agency_id", agency)?);
        let specialists = named("specialist", "agency_id", agency)?;
        let (agency, centre): (String, String) = base.query_row(
            "SELECT a.identifier, c.code FROM agencies a, centres c WHERE a.id = $1 AND c.id = $2",
            (agency, centre),
            |r| Ok((r.get(0)?, r.get(1)?)),
        )?;
        let body = json!({
            "procedure": intake["procedure_code"], "variant": intake["variant"], "agency": agency, "centre": centre,
            "channel": "counter", "applicant": people["applicant"], "result_by": "counter",
            "components": intake["components"],
        });
        drop(base);
        rest(&data.join("motcua.db"))?;
        let (intake_key, head_key) = (key(program, data, &[], &takes_in[0])?, key(program, data, &[], &head[0])?);
        Ok(Self {
            data: data.to_owned(),
            intake_key,
            takes_in: takes_in[0].clone(),
            head_key,
            head: head[0].clone(),
            specialists,
            body: body.to_string(),
        })
    }

    /// The same province once more in the data base that `place` (`--database-url …`) names: the same seed makes the same
    /// agencies, officers and procedures.
    pub fn again(self, program: &OsStr, place: &[&str], dossiers: u32) -> Result<Self, Fault> {
        fill(program, &self.data, place, dossiers)?;
        let (intake_key, head_key) =
            (key(program, &self.data, place, &self.takes_in)?, key(program, &self.data, place, &self.head)?);
        Ok(Self { intake_key, head_key, ..self })
    }

    /// A copy of the data base for the limit, with the same rows.
    pub fn copy(&self, to: &Path) -> Result<(), Fault> {
        let base = Connection::open(self.database())?;
        base.execute("VACUUM INTO $1", [to.to_str().ok_or("path")?])?;
        // Else the disc is still busy with gigabytes of it while the first act is measured.
        File::open(to)?.sync_all()?;
        Ok(())
    }
}

/// A dossier taken in at the counter without files, whose agency has somebody to assign and somebody to work.
fn sample(base: &Connection) -> Result<(Value, Value), Fault> {
    let mut st = base.prepare(
        "SELECT d.state, p.body FROM dossiers d JOIN dossier_people p ON p.dossier_id = d.id
             WHERE d.status = 'in_progress' AND d.step = 'appraise'
               AND EXISTS (SELECT 1 FROM officers o WHERE o.agency_id = d.agency_id AND o.active AND o.roles LIKE '%unit_head%')
               AND EXISTS (SELECT 1 FROM officers o WHERE o.centre_id = d.centre_id AND o.active AND o.roles LIKE '%intake_officer%')
             ORDER BY d.id LIMIT 1000",
    )?;
    let mut rows = st.query([])?;
    while let Some(row) = rows.next()? {
        let (Some(state), Some(people)) = (text(&row.get(0)?), text(&row.get(1)?)) else { continue };
        let plain = state.contains(r#""channel":"counter""#) && !state.contains(r#""files":[""#);
        if plain && !people.contains(r#""proxy""#) {
            return Ok((serde_json::from_str(&state)?, serde_json::from_str(&people)?));
        }
    }
    Err("the demo has no dossier to imitate".into())
}

/// The slips of the fill count as archived: hours of background work that no turn is about.
fn rest(database: &Path) -> Result<(), Fault> {
    let base = Connection::open(database)?;
    base.execute("DELETE FROM outbox WHERE kind = 'archive_slip'", [])?;
    Ok(())
}

fn id(value: &Value) -> Result<i64, Fault> {
    Ok(value.as_str().ok_or("an id that is no string")?.parse()?)
}

fn fill(program: &OsStr, data: &Path, place: &[&str], dossiers: u32) -> Result<(), Fault> {
    command(program, data, place, &["migrate", "--profile", "quang-ninh"])?;
    command(program, data, place, &["demo", "--dossiers", &dossiers.to_string(), "--seed", "1"])?;
    Ok(())
}

fn key(program: &OsStr, data: &Path, place: &[&str], login: &str) -> Result<String, Fault> {
    let arguments = ["--json", "admin", "key", "create", "--officer", login, "--scope", "dossier:write"];
    let said: Value = serde_json::from_str(command(program, data, place, &arguments)?.trim())?;
    Ok(said["key"].as_str().ok_or("no key")?.to_owned())
}

/// Runs a command of the product over this folder; what it printed.
pub fn command(program: &OsStr, data: &Path, place: &[&str], arguments: &[&str]) -> Result<String, Fault> {
    let done = Command::new(program).arg("--data").arg(data).args(place).args(arguments).output()?;
    if !done.status.success() {
        return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}
