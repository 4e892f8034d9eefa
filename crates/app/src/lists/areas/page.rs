//! `/can-bo/quan-tri/danh-muc/dia-ban`: provinces and communes in force, found by their new and old names.

use crate::{
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, html},
    lists::{FormerCommune, former, keeper::Keeper, sheet, store},
    people::{self, What, store::Area},
};
use askama::Template;
use axum::{
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::collections::HashMap;

const PAGE: i64 = 100;
const MOST_FORMER: usize = 50;

#[derive(Template)]
#[template(path = "lists/areas/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    report: Vec<String>,
    asked: String,
    province: String,
    provinces: Vec<Area>,
    rows: Vec<Area>,
    more: Option<String>,
    former: Vec<(FormerCommune, Vec<String>)>,
}

/// What the address carries.
#[derive(Default)]
struct Asked {
    text: String,
    province: String,
    after: String,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let asked = Asked { text: text("q"), province: text("tinh"), after: text("sau") };
    page(&app, &me, asked, Form::default(), Vec::new()).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Keeper, asked: Asked, form: Form, report: Vec<String>) -> Result<Response, AppError> {
    let former: Vec<FormerCommune> = former(&asked.text, MOST_FORMER).into_iter().cloned().collect();
    let codes: Vec<String> = former.iter().flat_map(|f| f.became.clone()).collect();
    let own = app.profile.province.area_code.clone();
    let province = if asked.province.is_empty() && asked.text.is_empty() { own } else { asked.province.clone() };
    let (text, in_province, after) = (asked.text.clone(), province.clone(), asked.after);
    let read = move |q: &mut platform::db::Reader| {
        let rows = store::communes(q, &text, &in_province, &after, PAGE + 1)?;
        Ok::<_, AppError>((rows, store::provinces(q)?, store::area_names(q, &codes)?))
    };
    let (mut rows, provinces, names) = app.db.read(read).await?;
    let full = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let more = rows.last().filter(|_| full).map(|r| r.code.clone());
    let now = |f: &FormerCommune| f.became.iter().filter_map(|c| names.get(c).cloned()).collect();
    Ok(html(&Page {
        shell: me.shell(app, "Tỉnh, xã, phường, đặc khu"),
        form,
        report,
        asked: asked.text,
        province,
        provinces,
        rows,
        more,
        former: former.iter().map(|f| (f.clone(), now(f))).collect(),
    }))
}

pub async fn export(
    State(app): State<App>,
    me: Keeper,
    Query(wanted): Query<sheet::Wanted>,
) -> Result<Response, PageError> {
    let file = async {
        let rows = app.db.read(|q| Ok::<_, AppError>(people::store::areas(q)?)).await?;
        let cells = |a: Area| vec![a.code, a.name, a.parent.unwrap_or_default(), a.identifier.unwrap_or_default()];
        sheet::file(&wanted, "dia-ban", &["code", "name", "province_code", "identifier"], rows.into_iter().map(cells))
    };
    file.await.map_err(|e| me.wrong(&app, e))
}

/// The same as the command `import areas`.
pub async fn import(State(app): State<App>, me: Keeper, parts: Multipart) -> Result<Response, PageError> {
    let told = async {
        match sheet::take(&app, &me, What::Areas, parts).await {
            Ok(report) => page(&app, &me, Asked::default(), Form::default(), report.words(&me)).await,
            Err(e) => {
                let mut form = Form::default();
                form.absorb(e)?;
                let page = page(&app, &me, Asked::default(), form, Vec::new()).await?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    };
    told.await.map_err(|e: AppError| me.wrong(&app, e))
}
