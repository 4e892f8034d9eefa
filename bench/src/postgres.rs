//! Taking dossiers in on PostgreSQL, turn by turn with `pgbench`, which runs the same statements on a copy of the same data base.

use crate::{
    Fault,
    fixture::Fixture,
    load::{self, Act},
    process::Server,
    rounds::target,
};
use clap::Args;
use serde_json::Value;
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

#[derive(Args)]
pub struct Plan {
    /// The product's binary, built with `--release`.
    #[arg(long)]
    motcua: PathBuf,
    /// The server without a data base: `postgres://postgres@127.0.0.1:5432`. Two data bases are made there.
    #[arg(long)]
    server: String,
    /// The folder of `psql` and `pgbench`.
    #[arg(long)]
    programs: PathBuf,
    /// Dossiers in the data base.
    #[arg(long, default_value_t = 2_000)]
    dossiers: u32,
    /// Connections at once.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Turns of each.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Seconds of one turn.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
}

/// What the product runs when it takes a dossier in; statement by statement.
const SCRIPT: &str = include_str!("postgres.sql");

/// The row that the script imitates, one JSON object.
const SAMPLE: &str = r#"SELECT json_build_object(
    'agency', d.agency_id::text, 'centre', d.centre_id::text, 'procedure', d.procedure_id::text,
    'officer', d.holder_officer_id::text, 'unit', COALESCE(d.holder_unit_id, 0)::text, 'state', d.state, 'people', p.body,
    'slip', s.data, 'accepted', e.body,
    'moments', m.moments, 'reminds', m.reminds_at::text)
  FROM dossiers d JOIN dossier_people p ON p.dossier_id = d.id JOIN slips s ON s.dossier_id = d.id
  JOIN due_moments m ON m.dossier_id = d.id AND m.reminds_at > 0
  JOIN dossier_events e ON e.dossier_id = d.id AND e.body LIKE '{"kind":"accepted"%'
  WHERE d.status = 'in_progress' AND d.step = 'appraise' ORDER BY d.id LIMIT 1"#;

pub async fn run(plan: &Plan) -> Result<(), Fault> {
    let room = tempfile::tempdir()?;
    let program = plan.motcua.as_os_str();
    sql(plan, "postgres", "CREATE DATABASE product")?;
    let url = format!("{}/product?schema=bench", plan.server);
    let place = ["--database-url", url.as_str()];
    eprintln!("filling with {} dossiers …", plan.dossiers);
    let pattern = Fixture::make(program, &room.path().join("data"), plan.dossiers)?;
    let fixture = Arc::new(pattern.again(program, &place, plan.dossiers)?);
    // The slips of the fill are hours of background work that no turn is about.
    sql(plan, "product", "DELETE FROM bench.outbox WHERE kind = 'archive_slip'")?;
    sql(plan, "postgres", "CREATE DATABASE bare TEMPLATE product")?;
    let sample: Value = serde_json::from_str(&sql(plan, "bare", &format!("SET search_path TO bench; {SAMPLE}"))?)?;
    let script = room.path().join("script.sql");
    std::fs::write(&script, SCRIPT)?;
    let any = "127.0.0.1:0";
    let data = fixture.data.clone();
    let serve: Vec<&OsStr> = ["--data".as_ref(), data.as_os_str()]
        .into_iter()
        .chain(place.into_iter().chain(["serve", "--listen", any, "--admin-listen", any]).map(OsStr::new))
        .collect();
    let product = Server::start(program, &serve).await?;
    let mut ours = target(&product, &fixture, plan.connections).await?;
    let (mut reached, mut bare) = (Vec::new(), Vec::new());
    for round in 1..=plan.rounds {
        eprintln!("create on PostgreSQL {round}/{}", plan.rounds);
        product.go_on()?;
        let one = load::press(&mut ours, Act::Create, plan.connections, Duration::from_secs(plan.seconds)).await?;
        reached.push(f64::from(one.answers) / one.seconds);
        product.hold()?;
        bare.push(pgbench(plan, &script, &sample, round)?);
    }
    product.go_on()?;
    let mean = |rates: &[f64]| rates.iter().sum::<f64>() / f64::from(plan.rounds.max(1));
    let (reached, bare) = (mean(&reached), mean(&bare));
    println!(
        "create on PostgreSQL, {} connections: {reached:.0} a second; pgbench with the same statements {bare:.0}: {:.0} %",
        plan.connections,
        100.0 * reached / bare
    );
    Ok(())
}

/// Transactions a second.
fn pgbench(plan: &Plan, script: &Path, sample: &Value, round: u32) -> Result<f64, Fault> {
    let mut named: Vec<(String, String)> = [
        "agency",
        "centre",
        "procedure",
        "officer",
        "unit",
        "state",
        "people",
        "slip",
        "accepted",
        "moments",
        "reminds",
    ]
    .into_iter()
    .map(|name| (name.to_owned(), sample[name].as_str().unwrap_or_default().to_owned()))
    .collect();
    // pgbench takes a colon inside a literal for a variable too.
    named.push(("pool".into(), "agency/assign:unit_head,agency_leader".into()));
    named.push(("n".into(), "0".into()));
    named.push(("round".into(), round.to_string()));
    let mut command = Command::new(plan.programs.join("pgbench"));
    command.env("PGOPTIONS", "-c search_path=bench").args(["-n", "-M", "prepared", "-j", "2"]);
    command.args(["-c", &plan.connections.to_string(), "-T", &plan.seconds.to_string(), "-f"]).arg(script);
    for (name, value) in named {
        command.args(["-D", &format!("{name}={value}")]);
    }
    let said = said(command.arg(format!("{}/bare", plan.server)))?;
    let line = said.lines().find_map(|line| line.strip_prefix("tps = ")).ok_or("pgbench told no rate")?;
    Ok(line.split(' ').next().unwrap_or_default().parse()?)
}

fn sql(plan: &Plan, base: &str, text: &str) -> Result<String, Fault> {
    let mut command = Command::new(plan.programs.join("psql"));
    said(command.arg(format!("{}/{base}", plan.server)).args(["-qAt", "-v", "ON_ERROR_STOP=1", "-c", text]))
}

fn said(command: &mut Command) -> Result<String, Fault> {
    let done = command.output()?;
    if done.status.success() {
        Ok(String::from_utf8(done.stdout)?)
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned().into())
    }
}
