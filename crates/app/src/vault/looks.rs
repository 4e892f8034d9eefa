//! Every look into somebody's store is on disc before anything is shown: without the line there is no look (STO-02).

use super::store::looks::{self as store, Looked};
use crate::{
    app::App,
    error::AppError,
    worker::{CHUNK, in_chunks},
};
use domain::{
    accounts::{Who, half_day},
    id::Id,
    time::Instant,
    vault::{Look, VaultPaper, opens_files_until},
};
use platform::ids::first_id_at;

/// By which a person stands in the log: keyed, so that a stolen copy of the data base tells no numbers.
pub fn subject(app: &App, number: &str) -> String {
    domain::hex(&app.secret.derive("person-looks").mac(&[number.as_bytes()]))
}

/// Writes down that these papers of a person were looked at, or the person's data as a whole.
pub async fn note(
    app: &App,
    who: &Who,
    number: &str,
    papers: &[Option<Id<VaultPaper>>],
    way: Look,
    purpose: &str,
) -> Result<(), AppError> {
    let at = app.machine.now();
    let half = half_day(Instant::from_millis(at)).millis();
    let (subject, purpose) = (subject(app, number), purpose.to_owned());
    let (officer, agency, ids, papers) = (who.officer, who.agency, app.ids.clone(), papers.to_vec());
    app.db
        .unit(move |unit| {
            for paper in &papers {
                let (subject, purpose) = (subject.as_str(), purpose.as_str());
                let looked = Looked { subject, paper: *paper, officer, agency, way, purpose, half, at };
                store::add(unit, ids.next()?, &looked)?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

/// For what this officer looks at this person's store now; absent when nothing was said, or too long ago.
pub async fn purpose_now(app: &App, who: &Who, number: &str) -> Result<Option<String>, AppError> {
    let (subject, officer, now) = (subject(app, number), who.officer, app.machine.now());
    let since = now - opens_files_until(0);
    let found = app.db.read(move |q| Ok::<_, AppError>(store::last_purpose(q, &subject, officer, since)?)).await?;
    Ok(found.map(|(_, purpose)| purpose))
}

const DAY_MS: i64 = 86_400_000;
/// Forgets what is older than the configuration keeps looks at personal data.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let before = first_id_at(app.machine.now() - i64::from(app.config.privacy.keep_reads_days) * DAY_MS);
    in_chunks(app, move |unit| Ok(store::sweep(unit, before, CHUNK)?)).await
}
