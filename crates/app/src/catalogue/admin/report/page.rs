//! `/can-bo/quan-tri/thu-tuc/nhap/{id}`: what an import did to each row, what waits for agreement, and undoing it (CAT-02).

use crate::{
    app::App,
    catalogue::{
        admin::{imports::page::state_words, keeper::Keeper, values},
        import::{
            Decided, decide_all, decide_one, reconsider,
            store::{self, Batch, Change, Rejected, ReportLine, State as BatchState},
            undo,
        },
        store as catalogue_store,
    },
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::difference::{Difference, differences},
    id::Id,
    people::Officer,
    time::Instant,
};
use std::collections::HashMap;

const LINES: i64 = 100;
const CHANGES: i64 = 20;

#[derive(Template)]
#[template(path = "catalogue/admin/report/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    batch: Batch,
    by: String,
    waiting: i64,
    changes: Vec<(Change, Vec<Difference>)>,
    /// What somebody did not want, with who that was.
    rejected: Vec<(Rejected, String)>,
    /// Before which of them the next page begins.
    more_rejected: Option<i64>,
    /// Versions that still have to go, while it is being undone.
    left: i64,
    /// The kind of row that is listed.
    fate: String,
    lines: Vec<ReportLine>,
    next: Option<i64>,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let asked = Asked {
        fate: query.get("loai").cloned().unwrap_or_else(|| "refused".to_owned()),
        after: query.get("sau").and_then(|t| t.parse().ok()).unwrap_or(0),
        rejected: query.get("khong-lay").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX),
    };
    let told = values::flash(me.reader.lang, query.get("xong"));
    page(&app, &me, &id, Form::default(), asked, told).await.map_err(|e| me.wrong(&app, e))
}

struct Asked {
    fate: String,
    after: i64,
    /// Before which turned down proposal.
    rejected: i64,
}

async fn page(
    app: &App,
    me: &Keeper,
    id: &str,
    form: Form,
    asked: Asked,
    told: Option<String>,
) -> Result<Response, AppError> {
    me.needs_central()?;
    let id: i64 = id.parse().map_err(|_| AppError::NotFound)?;
    let (fate, after, before) = (asked.fate.clone(), asked.after, asked.rejected);
    let (batch, waiting, changes, lines, mut rejected, left) = app
        .db
        .read(move |q| {
            let batch = store::batch(q, id)?.ok_or(AppError::NotFound)?;
            let pending = store::pending(q, id, 0, CHANGES)?;
            let bases = catalogue_store::versions(q, &pending.iter().map(|c| c.base).collect::<Vec<_>>())?;
            let bases: HashMap<_, _> = bases.into_iter().collect();
            let changes = pending.into_iter().map(|change| {
                let what = bases.get(&change.base).map(|base| differences(base, &change.proposed));
                (change, what.unwrap_or_default())
            });
            let changes: Vec<_> = changes.collect();
            let lines = store::lines(q, id, &fate, after, LINES)?;
            let rejected = store::rejected(q, id, before, CHANGES + 1)?;
            let left = if batch.state == BatchState::Undoing { store::brought_count(q, id)? } else { 0 };
            Ok::<_, AppError>((batch, store::pending_count(q, id)?, changes, lines, rejected, left))
        })
        .await?;
    let full = lines.len() >= usize::try_from(LINES).unwrap_or(usize::MAX);
    let next = lines.last().filter(|_| full).map(|l| l.line);
    let many = usize::try_from(CHANGES).unwrap_or(usize::MAX);
    let more_rejected = (rejected.len() > many).then(|| rejected[many - 1].id);
    rejected.truncate(many);
    let reference = app.reference();
    let named =
        |o: Option<Id<Officer>>| o.map_or_else(|| "motcua".to_owned(), |o| reference.officer_name(o).to_owned());
    let by = named(batch.officer);
    let rejected = rejected.into_iter().map(|r| (r.clone(), named(r.officer))).collect();
    let mut shell = me.shell(app, "Lần nhập danh mục").with_flash(told);
    shell.title = format!("{}: {}", shell.title, batch.file);
    let fate = asked.fate;
    let shown = Page { shell, form, batch, by, waiting, changes, rejected, more_rejected, left, fate, lines, next };
    let mut response = html(&shown);
    if shown.runs() {
        // Progress without a script: the browser asks again by itself.
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("2"));
    }
    Ok(response)
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, id, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, id: String, mut form: Form) -> Result<Response, AppError> {
    me.needs_central()?;
    let batch: i64 = id.parse().map_err(|_| AppError::NotFound)?;
    let change = form.value("change").parse().unwrap_or(0);
    let done = match form.value("act") {
        "accept" => decide_one(app, &me.who, batch, change, true).await.map(told),
        "reject" => decide_one(app, &me.who, batch, change, false).await.map(told),
        "accept-all" => decide_all(app, &me.who, batch, true).await.map(told),
        "reject-all" => decide_all(app, &me.who, batch, false).await.map(told),
        "reconsider" => reconsider(app, &me.who, batch, change).await.map(|()| "xem-lai"),
        "undo" => undo(app, &me.who, batch).await.map(|_| "hoan-tac"),
        _ => Err(AppError::NotFound),
    };
    match done {
        Ok(key) => Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/nhap/{batch}?xong={key}")).into_response()),
        Err(e) => {
            form.absorb(e)?;
            let asked = Asked { fate: "refused".to_owned(), after: 0, rejected: i64::MAX };
            let shown = page(app, me, &id, form, asked, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
    }
}

fn told(decided: Decided) -> &'static str {
    match decided {
        Decided { overtaken: 1.., .. } => "vuot",
        Decided { accepted: 1.., .. } => "dong-y",
        _ => "khong",
    }
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn when(&self, at: &i64) -> String {
        self.shell.when(Instant::from_millis(*at))
    }
    fn state(&self) -> &'static str {
        state_words(self.batch.state)
    }
    fn runs(&self) -> bool {
        matches!(self.batch.state, BatchState::Waiting | BatchState::Running) || self.is_undoing()
    }
    fn is_undoing(&self) -> bool {
        self.batch.state == BatchState::Undoing
    }
    fn is_done(&self) -> bool {
        self.batch.state == BatchState::Done
    }
    /// The kinds of rows: key, words, how many.
    fn kinds(&self) -> [(&'static str, &'static str, i64); 4] {
        let c = &self.batch.counts;
        [
            ("refused", "Không lấy", c.refused),
            ("mended", "Lấy sau khi sửa", c.mended),
            ("changed", "Khác đi", c.changed),
            ("taken", "Lấy nguyên", c.taken),
        ]
    }
}
