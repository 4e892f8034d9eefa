use crate::{
    app::App,
    dossier::store::{self, IssuedSlip},
    error::AppError,
};
use bytes::Bytes;
use documents::{Form, Paper, render};
use domain::{dossier::Slip, id::Id};
use platform::{background, clock::Stopwatch, outbox::Failure};

/// Archives one slip, then rests while people wait for pages.
pub async fn archive_slip(app: &App, payload: &str) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let done = keep(app, payload).await;
    let mut stop = app.shutdown.signal();
    tokio::select! {
        () = tokio::time::sleep(app.activity.rest_after(watch.elapsed())) => {}
        () = stop.requested() => {}
    }
    done
}

/// Makes the slip's PDF from its frozen data and keeps it as it was issued. Done twice it gives the same file.
async fn keep(app: &App, payload: &str) -> Result<(), Failure> {
    let id: Id<Slip> = payload.parse().map_err(|_| Failure::Never("the payload names no slip".into()))?;
    let slip = read(app, id).await?;
    if slip.archived.is_some() {
        return Ok(());
    }
    let form: Form = serde_json::from_str(&slip.data).map_err(|e| Failure::Never(format!("slip {id}: {e}")))?;
    let drawn = background::run(move || render(&form, Paper::A4)).await;
    let pdf = drawn
        .ok_or_else(|| Failure::Never(format!("slip {id}: printing it panicked")))?
        .map_err(|e| Failure::Never(format!("slip {id}: {e}")))?;
    let blob = app.blobs.put(Bytes::from(pdf)).await.map_err(|e| again(&e))?;
    let sha256 = blob.sha256.to_string();
    app.db
        .bulk_unit(move |unit| store::set_archived(unit, id, &sha256).map_err(AppError::from))
        .await
        .map_err(|e| again(&e))
}

async fn read(app: &App, id: Id<Slip>) -> Result<IssuedSlip, Failure> {
    let found = app.db.read(move |q| store::slip(q, id).map_err(AppError::from)).await.map_err(|e| again(&e))?;
    found.ok_or_else(|| Failure::Never(format!("slip {id}: row missing")))
}

fn again(e: &impl std::fmt::Display) -> Failure {
    Failure::Again(e.to_string())
}
