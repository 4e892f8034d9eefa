use super::store::{self, ScanLink};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::files::Attached,
    error::AppError,
    http::qr::{self, Drawing},
};
use domain::accounts::Who;
use sha2::{Digest, Sha256};

/// How long an address is good for.
const GOOD_MS: i64 = 10 * 60_000;

/// An address just made: only now its secret is known.
pub struct Link {
    pub id: i64,
    pub url: String,
    pub drawing: Drawing,
}

fn digest(secret: &str) -> String {
    domain::hex(&Sha256::digest(secret))
}

/// Makes an address for this officer.
pub async fn open(app: &App, me: &SignedIn) -> Result<Link, AppError> {
    let (secret, id) = (app.random.hex(32), app.ids.next()?);
    let (kept, officer, at) = (digest(&secret), me.who.officer, app.machine.now());
    app.db.unit(move |u| Ok::<_, AppError>(store::insert_link(u, id, &kept, officer, at)?)).await?;
    let url = format!("{}/chup/{secret}", app.public_url());
    Ok(Link { id, drawing: qr::draw(&url)?, url })
}

/// The address behind a secret while it is good, and for whom it collects.
pub async fn good(app: &App, secret: &str) -> Result<Option<(ScanLink, Who)>, AppError> {
    let asked = digest(secret);
    let found = app.db.read(move |q| Ok::<_, AppError>(store::link(q, &asked)?)).await?;
    let now = app.machine.now();
    let found = found.filter(|l| !l.is_used && now - l.made_at <= GOOD_MS);
    let reference = app.reference();
    Ok(found.and_then(|l| Some((l, reference.officer(l.officer).filter(|o| o.active)?.who.clone()))))
}

/// What has come through an address of this officer.
pub async fn arrived(app: &App, me: &SignedIn, link: i64) -> Result<Vec<Attached>, AppError> {
    let officer = me.who.officer;
    let mut rows = app.db.read(move |q| Ok::<_, AppError>(store::files(q, link, officer)?)).await?;
    rows.dedup_by(|a, b| a.sha256 == b.sha256);
    Ok(rows.into_iter().map(Attached::from).collect())
}
