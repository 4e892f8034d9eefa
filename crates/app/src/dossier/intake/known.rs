//! What is known of the person at the counter: from the card, from an earlier dossier, and the papers that can be used again.

use super::checklist::Row;
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        files::Attached,
        inbox::{self, Line, lines},
        store::{self, FileRow, Key, Work},
    },
    error::AppError,
    http::Form,
    reads,
};
use domain::{
    accounts::Reading,
    dossier::{Applicant, Dossier, People},
    id::Id,
    people::{IdentityNumber, read_card},
    text::fold,
};

/// Fills the applicant from the QR code of a card; false when the text is no card.
pub fn fill_from_card(form: &mut Form) -> bool {
    let Some(card) = form.text("card").and_then(read_card) else { return false };
    let mut filled = std::mem::take(form).with("card", "").with("applicant.kind", "citizen");
    filled = filled.with("applicant.identity", card.number.as_str());
    if let Some(name) = card.name {
        filled = filled.with("applicant.name", name);
    }
    if let Some(address) = card.address {
        filled = filled.with("applicant.address", address);
    }
    *form = filled;
    true
}

/// Fills the people from a dossier within the officer's scope: the next procedure for the same person.
pub async fn fill_from_dossier(app: &App, me: &SignedIn, key: &str, mut form: Form) -> Result<Form, AppError> {
    let Some(key) = Key::parse(key) else { return Ok(form) };
    let scope = me.who.scope();
    let (dossier, people) = app
        .db
        .read(move |q| {
            let kept = store::find(q, &scope, &key)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((kept.id, store::people(q, kept.id)?))
        })
        .await?;
    reads::note(app, &me.who, Reading::Search, &[dossier]).await;
    let Some(People { applicant, owner, proxy, .. }) = people else { return Ok(form) };
    form = with_person(form, "applicant", &applicant);
    if let Some(owner) = owner {
        form = with_person(form, "owner", &owner);
    }
    if let Some(proxy) = proxy {
        form = with_person(form, "proxy", &proxy.person).with("proxy.authorisation", proxy.authorisation);
    }
    Ok(form)
}

fn with_person(form: Form, at: &str, a: &Applicant) -> Form {
    let said = |v: &Option<String>| v.clone().unwrap_or_default();
    form.with(&format!("{at}.kind"), a.kind.key())
        .with(&format!("{at}.name"), a.name.clone())
        .with(&format!("{at}.identity"), said(&a.identity))
        .with(&format!("{at}.phone"), said(&a.phone))
        .with(&format!("{at}.email"), said(&a.email))
        .with(&format!("{at}.address"), said(&a.address))
}

/// An earlier dossier of the same person.
pub struct Past {
    pub line: Line,
    /// The key by which the people are taken over.
    pub id: String,
}

/// What the counter may see of a person it serves.
#[derive(Default)]
pub struct History {
    pub dossiers: Vec<Past>,
    pub papers: Vec<Reusable>,
}

/// A paper handed in before that the same paper of this procedure may be taken from (INT-14).
#[derive(Clone, Debug)]
pub struct Reusable {
    /// `DOSSIER:SHA256:COMPONENT`, as the form sends it.
    pub key: String,
    pub component: String,
    pub paper: String,
    pub file: Attached,
    pub code: String,
}

/// How many earlier dossiers are looked at.
const MOST: i64 = 10;

/// The earlier dossiers of a person within the scope of this counter, and their papers. Looking is written down (SEC-01).
pub async fn history(app: &App, me: &SignedIn, identity: &str, rows: &[Row]) -> Result<History, AppError> {
    let read = IdentityNumber::parse_person(identity).or_else(|_| IdentityNumber::parse_organisation(identity));
    let Ok(number) = read else { return Ok(History::default()) };
    let (scope, asked) = (me.who.scope(), number.as_str().to_owned());
    let found = app
        .db
        .read(move |q| {
            let works = inbox::store::by_person(q, &scope, &asked, MOST)?;
            let ids = works.iter().map(|w| w.id.raw()).collect();
            Ok::<_, AppError>((inbox::store::files_of_all(q, ids)?, works))
        })
        .await?;
    let (files, works) = found;
    if works.is_empty() {
        return Ok(History::default());
    }
    let ids: Vec<_> = works.iter().map(|w| w.id).collect();
    reads::note(app, &me.who, Reading::Search, &ids).await;
    let papers = reusable(app, &works, files, rows).await?;
    let ids: Vec<String> = works.iter().map(|w| w.id.to_string()).collect();
    let shown = lines(app, me, works).await?;
    Ok(History { dossiers: shown.into_iter().zip(ids).map(|(line, id)| Past { line, id }).collect(), papers })
}

/// Papers of the same name: the list of a procedure names them in law's words, so the same words mean the same paper.
async fn reusable(
    app: &App,
    works: &[Work],
    files: Vec<(Id<Dossier>, String, FileRow)>,
    rows: &[Row],
) -> Result<Vec<Reusable>, AppError> {
    let (app_, procedures) = (app.clone(), works.iter().map(|w| w.state.intake.procedure).collect::<Vec<_>>());
    let governing = app
        .db
        .read(move |q| procedures.into_iter().map(|p| app_.versions.get(q, p)).collect::<Result<Vec<_>, AppError>>())
        .await?;
    let mut papers = Vec::new();
    for (work, governing) in works.iter().zip(governing) {
        for (_, place, file) in files.iter().filter(|(id, ..)| *id == work.id) {
            let all = governing.procedure.variants.iter().flat_map(|v| &v.components);
            let Some(old) = all.into_iter().find(|c| c.id == *place) else { continue };
            let same = rows.iter().find(|r| fold(&r.component.name) == fold(&old.name));
            if let Some(row) = same {
                papers.push(Reusable {
                    key: format!("{}:{}:{}", work.id, file.sha256, row.component.id),
                    component: row.component.id.clone(),
                    paper: row.component.name.clone(),
                    file: Attached::from(file.clone()),
                    code: work.state.code.as_ref().map_or_else(|| work.id.to_string(), ToString::to_string),
                });
            }
        }
    }
    Ok(papers)
}

/// Takes ticked papers over: each must belong to a dossier of the same person within the scope, whatever the form says.
pub async fn take_over(app: &App, me: &SignedIn, form: &Form, rows: &mut [Row]) -> Result<(), AppError> {
    let ticked = form.all("reuse").to_vec();
    if ticked.is_empty() {
        return Ok(());
    }
    let known = history(app, me, form.value("applicant.identity"), rows).await?;
    for paper in known.papers.into_iter().filter(|p| ticked.contains(&p.key)) {
        let (app_, who, file) = (app.clone(), me.who.clone(), paper.file.clone());
        app.db
            .unit(move |u| {
                Ok::<_, AppError>(inbox::store::upload_again(
                    u,
                    app_.ids.next()?,
                    &file.sha256,
                    &who,
                    app_.machine.now(),
                )?)
            })
            .await?;
        let row = rows.iter_mut().find(|r| r.component.id == paper.component);
        if let Some(row) = row.filter(|r| r.files.iter().all(|f| f.sha256 != paper.file.sha256)) {
            row.files.push(paper.file);
        }
    }
    Ok(())
}
