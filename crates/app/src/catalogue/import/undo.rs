//! Undoing an import: its versions go, the newest first, unless a dossier was taken in under one of them. All are looked at
//! before any goes; then a few go in one unit of work, so that nobody at a counter waits, and whoever looks next goes on after
//! a kill.

use super::{batch::LEASE_MS, store};
use crate::{accounts::audit, app::App, catalogue::store as catalogue_store, error::AppError, settings};
use domain::{accounts::Who, catalogue::ProcedureVersion, id::Id};

/// Versions or proposals that go in one unit of work.
const CHUNK: i64 = 8;
/// Codes that a message names.
const MOST_NAMED: usize = 5;

/// Begins to undo a finished batch as a whole and says how many versions go. Refused while one of its versions is in use.
pub async fn undo(app: &App, who: &Who, id: i64) -> Result<i64, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db
        .unit(move |unit| {
            let used = store::used(unit, id)?;
            if !used.is_empty() {
                return Err(in_use(&used));
            }
            if !store::set_undoing(unit, id)? {
                return Err(not_done());
            }
            let count = store::brought_count(unit, id)?;
            audit(unit, &app_, Some(&who), "import.undo", "procedures", &format!("{id}: {count} versions"))?;
            Ok(count)
        })
        .await
}

/// Goes on with every undoing that waits or was left. Any number of processes may look at once.
pub async fn due(app: &App) -> Result<u64, AppError> {
    let now = app.machine.now();
    let left = app.db.read(move |q| Ok::<_, AppError>(store::left_undoing(q, now)?)).await?;
    let mut done = 0;
    for id in left {
        let until = now + LEASE_MS;
        if app.db.bulk_unit(move |unit| Ok::<_, AppError>(store::claim_undoing(unit, id, now, until)?)).await? {
            walk(app, id).await?;
            done += 1;
        }
    }
    Ok(done)
}

/// Takes everything away that is left of the batch.
async fn walk(app: &App, id: i64) -> Result<(), AppError> {
    // First what waits for a word, so that nobody agrees to what is going.
    while forget(app, id).await? > 0 {}
    let (mut before, mut kept) = (i64::MAX, Vec::new());
    while let Some(step) = take_away(app, id, before).await? {
        before = step.last.raw();
        kept.extend(step.kept);
        app.versions.forget();
    }
    let (app_, problem) = (app.clone(), (!kept.is_empty()).then(|| stayed(&kept)));
    app.db
        .bulk_unit(move |unit| {
            store::set_undone(unit, id, problem.as_deref())?;
            audit(unit, &app_, None, "import.undone", "procedures", &format!("{id}: {} kept", kept.len()))?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

async fn forget(app: &App, id: i64) -> Result<u64, AppError> {
    let until = app.machine.now() + LEASE_MS;
    app.db
        .bulk_unit(move |unit| {
            store::lease(unit, id, until)?;
            Ok::<_, AppError>(store::drop_changes(unit, id, CHUNK)?)
        })
        .await
}

/// What became of a few versions.
struct Step {
    last: Id<ProcedureVersion>,
    /// Codes under which a dossier was taken in since the undoing began.
    kept: Vec<String>,
}

async fn take_away(app: &App, id: i64, before: i64) -> Result<Option<Step>, AppError> {
    let until = app.machine.now() + LEASE_MS;
    app.db
        .bulk_unit(move |unit| {
            let brought = store::brought(unit, id, before, CHUNK)?;
            let Some((last, _)) = brought.last() else { return Ok(None) };
            let mut step = Step { last: *last, kept: Vec::new() };
            for (version, code) in &brought {
                if !catalogue_store::delete_version(unit, *version)? {
                    step.kept.push(code.clone());
                }
            }
            store::lease(unit, id, until)?;
            settings::bump_reference(unit)?;
            Ok::<_, AppError>(Some(step))
        })
        .await
}

fn named(codes: &[String]) -> String {
    codes.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Why a batch did not go as a whole.
fn stayed(codes: &[String]) -> String {
    format!(
        "Giữ lại {} thủ tục vì có hồ sơ được tiếp nhận trong lúc hoàn tác ({}). Xin sửa riêng từng thủ tục.",
        codes.len(),
        named(codes)
    )
}

fn in_use(codes: &[String]) -> AppError {
    let (count, shown) = (codes.len(), named(codes));
    let vi = format!(
        "Không hoàn tác được: đã có hồ sơ tiếp nhận theo {count} thủ tục của lần nhập này ({shown}). Xin sửa riêng từng thủ tục."
    );
    let en = format!(
        "It cannot be undone: dossiers were taken in under {count} procedures of this import ({shown}). Mend those one by one."
    );
    AppError::field("undo", "import.in_use", &vi, &en)
}

fn not_done() -> AppError {
    AppError::field(
        "undo",
        "import.not_done",
        "Lần nhập này chưa xong hoặc đã hoàn tác. Xin tải lại trang.",
        "This import is not finished, or it is undone already. Load the page again.",
    )
}
