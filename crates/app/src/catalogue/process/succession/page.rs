//! `/can-bo/quan-tri/quy-trinh/ke-thua`: processes that wait for a decision because an agency in them was merged, split or
//! closed. One press makes a draft for the heir; it is approved and published like any other.

use super::{
    Hands, Line,
    act::{self, ends, heir},
    fate,
    store::{self, Key, Waiting},
};
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::process::store::Design,
    error::AppError,
    http::{Nav, PageError, Shell, Typed, html},
    messages::Lang,
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{accounts::Role, catalogue::process::Fate, id::Id, lists::AgencyChangeKind, time::day_text};
use platform::db::Reader;
use serde::Deserialize;
use std::collections::HashMap;

const HERE: &str = "/can-bo/quan-tri/quy-trinh/ke-thua";
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "catalogue/process/succession/page.html")]
struct Page {
    shell: Shell,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    key: Key,
    line: Line,
    /// "Sáp nhập vào cơ quan khác: Sở Tài nguyên".
    change: String,
    /// The decision and its day.
    by: String,
    /// Who took over.
    heir: Option<String>,
    /// The heir has a process of its own for the procedure.
    heir_has_one: bool,
    is_draft: bool,
    /// Leaving it ends it.
    ends: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// After which line, `change.design`.
    sau: String,
    xong: String,
}

/// `1.2` as the address and the forms carry it.
fn key(text: &str) -> Option<Key> {
    let (change, design) = text.split_once('.')?;
    Some(Key { change: change.parse().ok()?, design: design.parse().ok()? })
}

impl Key {
    fn text(self) -> String {
        format!("{}.{}", self.change, self.design)
    }
}

fn admitted(me: &SignedIn) -> Result<(), AppError> {
    if me.who.publishes_processes() { Ok(()) } else { Err(AppError::RightMissing(Role::ProcedureControl.as_str())) }
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    admitted(me)?;
    let after = key(&asked.sau).unwrap_or(Key { change: i64::MIN, design: Id::new(0) });
    let read = move |q: &mut Reader| {
        let found = store::waiting(q, after, MOST + 1)?;
        let ids: Vec<_> = found.iter().map(|w| w.key.design).collect();
        Ok::<_, AppError>((found, store::designs(q, &ids)?, Hands::read(q)?))
    };
    let (mut found, designs, hands) = app.db.read(read).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let next = (found.len() > most).then(|| found[most - 1].key.text());
    found.truncate(most);
    let designs: HashMap<Id<Design>, Design> = designs.into_iter().map(|d| (d.id, d)).collect();
    let (reference, lang) = (app.reference(), me.reader.lang);
    let flash = match asked.xong.as_str() {
        "thay-doi" => Some(lang.t("Đã ghi thay đổi. Các quy trình dưới đây chờ ông/bà quyết định.").to_owned()),
        "thoi" => Some(lang.t("Đã ghi nhận: không chuyển quy trình này.").to_owned()),
        _ => None,
    };
    let shell = Shell::officer(app, me, Nav::Processes, lang.t("Quy trình chờ chuyển sang cơ quan kế thừa"));
    let shown = |w: &Waiting| {
        let design = designs.get(&w.key.design)?;
        let fate = fate(design, w.kind, w.agency, &hands.before(w.agency));
        Some(row(&reference, lang, w, design, fate))
    };
    let rows = found.iter().filter_map(shown).collect();
    Ok(html(&Page { shell: shell.with_flash(flash), rows, next }))
}

/// A draft that no longer names the agency has no `fate`: nothing is to be carried over.
fn row(reference: &Reference, lang: Lang, waits: &Waiting, design: &Design, fate: Option<Fate>) -> Row {
    let to = heir(reference, waits).filter(|_| fate.is_some() && waits.kind != AgencyChangeKind::Close);
    let has_one = |to| reference.processes_of(&design.code).iter().any(|p| p.scope.agency == Some(to));
    Row {
        key: waits.key,
        line: Line::of(reference, lang, design, fate),
        change: format!("{}: {}", lang.pick(waits.kind.words()), waits.old_name),
        by: [waits.decision.clone(), day_text(waits.day)]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        heir: to.map(|a| reference.agency_name(a).to_owned()),
        heir_has_one: design.scope.agency == Some(waits.agency) && to.is_some_and(has_one),
        is_draft: design.is_draft(),
        ends: ends(waits, design),
    }
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    let done = async {
        admitted(&me)?;
        let key = key(form.value("line")).ok_or(AppError::NotFound)?;
        match form.value("act") {
            "carry" => {
                let draft = act::carry_over(&app, &me, key).await?;
                Ok(draft.map_or_else(|| HERE.to_owned(), |id| format!("/can-bo/quan-tri/quy-trinh/{id}?xong=ke-thua")))
            }
            "leave" => act::leave(&app, &me, key).await.map(|()| format!("{HERE}?xong=thoi")),
            _ => Err(AppError::NotFound),
        }
    };
    let to = done.await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(Redirect::to(&to).into_response())
}
