//! `GET /cong-dan/kho/tai-het`: everything that is kept of the citizen, as one archive that is written while it goes out: the files
//! of the store, and `du-lieu.json` with the papers, the dossiers and what they say of this person, how they are told, what they
//! asked about their data, and who has looked.

use super::{
    holder::Holder,
    seen,
    store::{self, Paper},
};
use crate::{
    app::App,
    dossier::{people_of_all, store::FileRow},
    error::AppError,
    http::PageError,
    online,
    personal_data::store::{self as requests, Request},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    dossier::{Applicant, Dossier, People},
    id::Id,
    time::Instant,
    vault::VaultPaper,
};
use futures_util::{StreamExt, stream};
use platform::{blobs::Sha256Hex, zip::Archive};
use serde_json::{Value, json};
use std::{collections::BTreeMap, io};
use tokio::sync::mpsc;

/// Papers, dossiers and looks that go into one archive; more than one person has.
const MOST: i64 = 5000;
/// Pieces that wait for a slow reader.
const AHEAD: usize = 4;

type Piece = Result<Bytes, io::Error>;

pub async fn download(State(app): State<App>, holder: Holder) -> Result<Response, PageError> {
    bundle(&app, &holder).await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

async fn bundle(app: &App, holder: &Holder) -> Result<Response, AppError> {
    let (owner, proof) = (holder.number.clone(), holder.me.proof());
    let read = move |q: &mut platform::db::Reader| {
        let papers = store::papers(q, &owner, i64::MAX, MOST)?;
        let files = store::files(q, papers.iter().map(|p| p.id.raw()).collect())?;
        let states = online::dossiers_of(q, &proof, MOST)?;
        let mut people = people_of_all(q, states.iter().map(|(id, _)| *id).collect())?;
        let sent: Vec<_> = states.into_iter().map(|(id, state)| (state, people.remove(&id))).collect();
        Ok::<_, AppError>((papers, files, sent, requests::of_person(q, &owner, i64::MAX, MOST)?))
    };
    let (papers, files, dossiers, requests) = app.db.read(read).await?;
    let account = online::account_of(app, &holder.me).await?;
    let looks = seen::page::of(app, holder, i64::MAX, MOST).await?;
    let names = named(&papers, &files);
    let about = json!({
        "identity": holder.number,
        "name": holder.me.name,
        "papers": papers.iter().map(|p| told(p, &names)).collect::<Vec<_>>(),
        "dossiers": dossiers.iter().map(|(d, p)| dossier(d, p.as_ref(), &holder.number)).collect::<Vec<_>>(),
        "account": { "phone": account.phone, "email": account.email, "channels": account.channels },
        "requests": requests.iter().map(request).collect::<Vec<_>>(),
        "looks": looks.iter().map(|(_, s)| json!({
            "agency": s.who, "what": s.way, "paper": s.paper, "purpose": s.purpose, "at": when(s.at), "times": s.times,
        })).collect::<Vec<_>>(),
    });
    let about = serde_json::to_vec_pretty(&about).map_err(AppError::internal)?;
    let (to, mut from) = mpsc::channel::<Piece>(AHEAD);
    let app_ = app.clone();
    // Ends with the reader: once nobody takes the pieces the next one cannot be sent.
    tokio::spawn(async move {
        if let Err(why) = write(&app_, &to, about, names).await {
            to.send(Err(why)).await.ok();
        }
    });
    let body = Body::from_stream(stream::poll_fn(move |cx| from.poll_recv(cx)));
    let heads = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"kho-giay-to.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((heads, body).into_response())
}

/// Each file under a name of its own.
type Names = Vec<(Id<VaultPaper>, String, String)>;

fn named(papers: &[Paper], files: &[(Id<VaultPaper>, FileRow)]) -> Names {
    let number: BTreeMap<_, _> = papers.iter().rev().enumerate().map(|(i, p)| (p.id, i + 1)).collect();
    let mut seen: BTreeMap<Id<VaultPaper>, usize> = BTreeMap::new();
    let name = |(paper, file): &(Id<VaultPaper>, FileRow)| {
        let n = seen.entry(*paper).or_default();
        *n += 1;
        let plain: String =
            file.name.chars().map(|c| if c == '/' || c == '\\' || c.is_control() { '_' } else { c }).collect();
        let name = format!("{:03}-{n}-{plain}", number.get(paper).copied().unwrap_or_default());
        (*paper, file.sha256.clone(), name)
    };
    files.iter().map(name).collect()
}

fn when(at: Instant) -> String {
    at.to_string()
}

fn told(p: &Paper, names: &Names) -> Value {
    let (d, s) = (&p.described, &p.source);
    let files = names.iter().filter(|(paper, ..)| *paper == p.id);
    json!({
        "id": p.id, "name": d.name, "number": d.number, "about": d.about, "issuer": d.issuer, "signer": d.signer,
        "issued_on": d.issued_on.map(|day| day.to_string()),
        "valid_from": d.validity.from.map(|day| day.to_string()),
        "valid_until": d.validity.until.map(|day| day.to_string()),
        "extent": d.extent, "origin": s.origin.key(), "dossier": p.code, "procedure": s.procedure, "field": s.field,
        "digitised_at": when(Instant::from_millis(s.at)), "consented": p.consented,
        "files": files.map(|(_, sha256, name)| json!({"name": name, "sha256": sha256})).collect::<Vec<_>>(),
    })
}

/// With what it says of this person; what it says of others on it is theirs.
fn dossier(d: &Dossier, people: Option<&People>, number: &str) -> Value {
    let is_me = |p: &Applicant| p.identity.as_deref() == Some(number);
    let applicant = people.map(|p| &p.applicant).filter(|p| is_me(p));
    let owner = people.and_then(|p| p.owner.as_ref()).filter(|p| is_me(p));
    let proxy = people.and_then(|p| p.proxy.as_ref()).map(|p| &p.person).filter(|p| is_me(p));
    // Who applies wrote the form.
    let form = people.filter(|_| applicant.is_some()).map(|p| &p.form);
    json!({
        "code": d.code.as_ref().map(ToString::to_string), "procedure": d.intake.procedure_code, "status": d.status.key(),
        "accepted_at": d.accepted_at.map(when), "due_at": d.due_at.map(when),
        "applicant": applicant, "owner": owner, "proxy": proxy, "form": form,
    })
}

fn request(r: &Request) -> Value {
    let asked = &r.asked;
    json!({
        "id": r.id, "kind": asked.kind.key(), "way": asked.way.key(), "about": asked.about, "wanted": asked.wanted,
        "dossier": asked.dossier, "at": when(r.at), "answer_by": when(r.terms.answer_by), "state": r.state.key(),
        "first_answer": r.first.as_ref().map(|s| &s.text),
        "outcome": r.answer.as_ref().map(|(o, _)| o.key()), "answer": r.answer.as_ref().map(|(_, s)| &s.text),
    })
}

async fn write(app: &App, to: &mpsc::Sender<Piece>, about: Vec<u8>, files: Names) -> io::Result<()> {
    let send =
        async |piece: Vec<u8>| to.send(Ok(piece.into())).await.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe));
    let mut archive = Archive::default();
    send(archive.begin("du-lieu.json").map_err(io::Error::other)?).await?;
    archive.data(&about).map_err(io::Error::other)?;
    send(about).await?;
    send(archive.end()).await?;
    for (_, sha256, name) in files {
        let hash: Sha256Hex = sha256.parse().map_err(io::Error::other)?;
        send(archive.begin(&name).map_err(io::Error::other)?).await?;
        let mut pieces = app.blobs.stream(hash).await.map_err(io::Error::other)?;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(io::Error::other)?;
            archive.data(&piece).map_err(io::Error::other)?;
            to.send(Ok(piece)).await.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        }
        send(archive.end()).await?;
    }
    send(archive.finish().map_err(io::Error::other)?).await
}
