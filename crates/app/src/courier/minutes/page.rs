//! `/can-bo/giao-nhan/{id}`: the minutes of one handing-over, to be counted and signed by the receiver; `{id}.pdf` prints them.

use super::paper::{Row, form as paper, owner};
use crate::{
    accounts::SignedIn,
    app::App,
    courier::{
        is_on,
        receive::receive,
        shown::{name_of, when},
        store,
    },
    dossier::print_form,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
    reads,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::Paper;
use domain::{
    accounts::{Reading, Role},
    courier::{CourierRun, place_of, receives},
};

#[derive(Template)]
#[template(path = "courier/minutes/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    id: i64,
    from: String,
    to: String,
    what: &'static str,
    given: String,
    run: Option<String>,
    carrier: String,
    received: Option<String>,
    remarks: Option<String>,
    rows: Vec<Line>,
    papers: u32,
    /// This officer may count and receive it.
    receives: bool,
    /// Given by this officer, so somebody else has to receive it.
    gave_it: bool,
}

struct Line {
    id: i64,
    code: String,
    owner: String,
    request: String,
    papers: u32,
    note: Option<String>,
    missing: bool,
}

/// The run with its lines, for the two sides and for whoever watches over the province.
struct Minutes {
    run: CourierRun,
    rows: Vec<Row>,
    requests: Vec<String>,
}

impl Minutes {
    async fn load(app: &App, me: &SignedIn, id: &str) -> Result<Self, AppError> {
        let id: i64 = id.parse().map_err(|_| AppError::NotFound)?;
        let (here, watches) = (place_of(&me.who), me.who.any(Role::reads_province));
        let app_ = app.clone();
        let all = app.db.read(move |q| {
            let run = store::run(q, id)?.filter(|_| is_on(&app_)).ok_or(AppError::NotFound)?;
            let side = here.is_some_and(|h| h == run.from || h == run.to);
            if !side && !watches {
                return Err(AppError::NotFound);
            }
            let rows = store::rows(q, run.id)?;
            let mut requests = Vec::with_capacity(rows.len());
            for (_, d, _) in &rows {
                requests.push(app_.versions.of(q, &d.intake)?.procedure.name.clone());
            }
            Ok(Self { run, rows, requests })
        });
        let all = all.await?;
        let ids: Vec<_> = all.rows.iter().map(|(row, ..)| row.dossier).collect();
        reads::note(app, &me.who, Reading::List, &ids).await;
        Ok(all)
    }
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(file): Path<String>) -> Result<Response, PageError> {
    let answer = async {
        let Some(id) = file.strip_suffix(".pdf") else {
            return Ok(page(&app, &me, Minutes::load(&app, &me, &file).await?, Form::default()));
        };
        let m = Minutes::load(&app, &me, id).await?;
        let form = paper(&app, &m.run, &m.rows, &m.requests);
        print_form(form, Paper::A4, &m.run.number.replace('/', "-")).await
    };
    answer.await.map_err(|e: AppError| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Typed(mut form): Typed,
) -> Result<Response, PageError> {
    let wrong = |e| PageError::new(&app, &me.reader, e);
    let m = Minutes::load(&app, &me, &id).await.map_err(wrong)?;
    let came = |row: &store::RunRow| form.is("nhan", &row.dossier.to_string());
    let missing = m.rows.iter().filter(|(row, ..)| !came(row)).map(|(row, ..)| row.dossier.raw()).collect();
    match receive(&app, &me.who, m.run.id.raw(), missing, form.value("remarks").to_owned()).await {
        Ok(()) => Ok(Redirect::to(&format!("/can-bo/giao-nhan/{id}")).into_response()),
        Err(fault) => {
            form.absorb(fault).map_err(wrong)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, m, form)).into_response())
        }
    }
}

fn page(app: &App, me: &SignedIn, m: Minutes, form: Form) -> Response {
    let (reference, lang) = (app.reference(), me.reader.lang);
    let Minutes { run, rows, requests } = m;
    let line = |((row, d, people), request): (Row, String)| Line {
        id: row.dossier.raw(),
        code: d.code.as_ref().map_or_else(|| row.dossier.to_string(), ToString::to_string),
        owner: owner(people.as_ref()),
        request,
        papers: row.papers,
        note: row.note,
        missing: row.missing,
    };
    let rows: Vec<Line> = rows.into_iter().zip(requests).map(line).collect();
    let shell = Shell::officer(app, me, Nav::Courier, &lang.f1("Biên bản giao nhận {}", &run.number));
    let open = run.received.is_none();
    html(&Page {
        form,
        id: run.id.raw(),
        from: name_of(&reference, run.from),
        to: name_of(&reference, run.to),
        what: lang.pick(run.load.words()),
        given: lang.f2("{} giao lúc {}", reference.officer_name(run.given_by), when(run.given_at)),
        run: run.run.map(|t| lang.f1("Chuyến {}", t.strftime("%H:%M"))),
        carrier: run.carrier.clone(),
        received: run.received.map(|(by, at)| lang.f2("{} nhận lúc {}", reference.officer_name(by), when(at))),
        remarks: run.remarks.clone(),
        papers: rows.iter().map(|r| r.papers).sum(),
        rows,
        receives: open && receives(&me.who, &run, 0, "").is_ok(),
        gave_it: open && run.given_by == me.who.officer && place_of(&me.who) == Some(run.to),
        shell,
    })
}

impl Page {
    /// Ticked until somebody unticks it: most runs are whole.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand fields over by reference")]
    fn came(&self, id: &i64) -> bool {
        self.form.is_good() || self.form.is("nhan", &id.to_string())
    }
}
