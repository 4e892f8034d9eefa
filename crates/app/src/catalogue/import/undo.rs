//! Undoing an import: its versions go, unless a dossier was taken in under one of them.

use super::store;
use crate::{accounts::audit, app::App, catalogue::store as catalogue_store, error::AppError, settings};
use domain::accounts::Who;

/// Undoes a finished batch as a whole and says how many versions went. Refused while one of its versions is in use.
pub async fn undo(app: &App, who: &Who, id: i64) -> Result<usize, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    let gone = app
        .db
        .bulk_unit(move |unit| {
            let brought = store::brought(unit, id)?;
            let used: Vec<&str> = brought.iter().filter(|(.., used)| *used).map(|(_, code, _)| code.as_str()).collect();
            if !used.is_empty() {
                return Err(in_use(&used));
            }
            if !store::set_undone(unit, id)? {
                return Err(not_done());
            }
            for (version, code, _) in &brought {
                if !catalogue_store::delete_version(unit, *version)? {
                    return Err(in_use(&[code.as_str()]));
                }
            }
            store::drop_changes(unit, id)?;
            audit(unit, &app_, Some(&who), "import.undo", "procedures", &format!("{id}: {} versions", brought.len()))?;
            settings::bump_reference(unit)?;
            Ok(brought.len())
        })
        .await?;
    app.versions.forget();
    app.refresh().await?;
    Ok(gone)
}

fn in_use(codes: &[&str]) -> AppError {
    let shown = codes.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let vi = format!(
        "Không hoàn tác được: đã có hồ sơ tiếp nhận theo {} thủ tục của lần nhập này ({shown}). Xin sửa riêng từng thủ tục.",
        codes.len()
    );
    let en = format!(
        "It cannot be undone: dossiers were taken in under {} procedures of this import ({shown}). Mend those one by one.",
        codes.len()
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
