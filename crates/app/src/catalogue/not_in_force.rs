use super::store;
use crate::{app::App, error::AppError};
use domain::{
    catalogue::{ProcedureCode, life::governing},
    dossier::Refusal,
};

/// Why a procedure that is known cannot be taken in today: its end, with what took its place, or its day ahead (CAT-02).
/// `None` for a code that nobody knows.
pub async fn not_in_force(app: &App, code: &str) -> Result<Option<Refusal>, AppError> {
    let (code, today) = (code.trim().to_owned(), app.now().day());
    let versions = app.db.read(move |q| Ok::<_, AppError>(store::versions_of(q, &code)?)).await?;
    let published: Vec<_> = versions.iter().map(store::VersionRow::published).collect();
    if let Some(at) = governing(&published, today) {
        let publication = &versions[at].version.publication;
        return Ok(published[at].abolished.then(|| Refusal::ProcedureEnded {
            since: publication.effective_from,
            decision: publication.number.clone(),
            replaced_by: publication.replaced_by.as_ref().map(|other| named(app, other)),
        }));
    }
    Ok(published.iter().filter_map(|p| p.from).min().map(|from| Refusal::ProcedureAhead { from }))
}

fn named(app: &App, code: &ProcedureCode) -> String {
    match app.reference().procedure(code.as_str()) {
        Some(p) => format!("{code} {}", p.name),
        None => code.to_string(),
    }
}
