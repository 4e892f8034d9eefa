//! `/can-bo/quan-tri/danh-muc/{list}`: a plain list of codes and names.

use crate::{
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    import::Fate,
    lists::{
        change,
        keeper::Keeper,
        sheet::{self, Report},
        store::{self, Item},
    },
    people::table::{Column, Table, may, must, yes},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::lists::{NATIONAL_STATUSES, PlainList};
use platform::db::Unit;
use std::collections::HashMap;

const COLUMNS: &[Column] = &[
    must("code", &["ma"]),
    must("name", &["ten"]),
    may("name_en", &["ten tieng anh"]),
    may("active", &["dang dung", "su dung"]),
];

#[derive(Template)]
#[template(path = "lists/plain/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    list: PlainList,
    report: Vec<String>,
    asked: String,
    rows: Vec<Item>,
}

/// The list at this address; only those kept here may be changed.
fn list(slug: &str) -> Result<PlainList, AppError> {
    PlainList::named(slug).ok_or(AppError::NotFound)
}
fn kept(slug: &str) -> Result<PlainList, AppError> {
    list(slug).and_then(|l| if l.is_kept_here() { Ok(l) } else { Err(AppError::NotFound) })
}

/// Its lines: from the data base, or as the country fixed them.
pub async fn lines(app: &App, list: PlainList, text: &str) -> Result<Vec<Item>, AppError> {
    if list.is_kept_here() {
        let text = text.to_owned();
        return app.db.read(move |q| Ok::<_, AppError>(store::items(q, list, &text)?)).await;
    }
    let item = |(code, vi, en): &(u8, &str, &str)| Item {
        code: code.to_string(),
        name: (*vi).to_owned(),
        name_en: (*en).to_owned(),
        active: true,
    };
    Ok(NATIONAL_STATUSES.iter().map(item).collect())
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(slug): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let text = asked.get("q").cloned().unwrap_or_default();
    let flash = me.flash(asked.get("xong"));
    let shown = async {
        let list = list(&slug)?;
        let form = match asked.get("ma") {
            Some(code) => edited(&app, list, code).await?,
            None => Form::default().with("active", "1"),
        };
        page(&app, &me, list, form, &text, Vec::new(), flash).await
    };
    shown.await.map_err(|e| me.wrong(&app, e))
}

async fn edited(app: &App, list: PlainList, code: &str) -> Result<Form, AppError> {
    let item = lines(app, list, "").await?.into_iter().find(|i| i.code == code).ok_or(AppError::NotFound)?;
    let form = Form::default().with("code", item.code).with("name", item.name).with("name_en", item.name_en);
    Ok(if item.active { form.with("active", "1") } else { form })
}

async fn page(
    app: &App,
    me: &Keeper,
    list: PlainList,
    form: Form,
    asked: &str,
    report: Vec<String>,
    flash: Option<String>,
) -> Result<Response, AppError> {
    let rows = lines(app, list, asked).await?;
    let shell = Shell { title: me.reader.lang.pick(list.words()).to_owned(), ..me.shell(app, "") };
    Ok(html(&Page { shell: shell.with_flash(flash), form, list, report, asked: asked.to_owned(), rows }))
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(slug): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    put(&app, &me, &slug, form).await.map_err(|e| me.wrong(&app, e))
}

async fn put(app: &App, me: &Keeper, slug: &str, mut form: Form) -> Result<Response, AppError> {
    let list = kept(slug)?;
    let code = form.required("code", "Xin nhập mã.", "Enter the code.");
    let name = form.required("name", "Xin nhập tên.", "Enter the name.");
    if !form.is_good() {
        let page = page(app, me, list, form, "", Vec::new(), None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let item = Item {
        code,
        name,
        name_en: form.text("name_en").unwrap_or_default().to_owned(),
        active: form.is("active", "1"),
    };
    let detail = format!("{} {}{}", item.code, item.name, if item.active { "" } else { " (ngừng)" });
    let work = move |unit: &mut Unit| Ok(store::put_item(unit, list, &item)?);
    change::save(app, me, list.key(), "list.put", detail, work).await?;
    Ok(Redirect::to(&format!("/can-bo/quan-tri/danh-muc/{}?xong=luu", list.slug())).into_response())
}

pub async fn export(
    State(app): State<App>,
    me: Keeper,
    Path(slug): Path<String>,
    Query(wanted): Query<sheet::Wanted>,
) -> Result<Response, PageError> {
    let file = async {
        let list = list(&slug)?;
        let cells = |i: Item| vec![i.code, i.name, i.name_en, if i.active { "1" } else { "0" }.to_owned()];
        let rows = lines(&app, list, "").await?;
        sheet::file(&wanted, list.slug(), &["code", "name", "name_en", "active"], rows.into_iter().map(cells))
    };
    file.await.map_err(|e| me.wrong(&app, e))
}

pub async fn import(
    State(app): State<App>,
    me: Keeper,
    Path(slug): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    let told = async {
        let list = kept(&slug)?;
        match take(&app, &me, list, parts).await {
            Ok(report) => page(&app, &me, list, Form::default().with("active", "1"), "", report.words(&me), None).await,
            Err(e) => {
                let mut form = Form::default();
                form.absorb(e)?;
                let page = page(&app, &me, list, form, "", Vec::new(), None).await?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    };
    told.await.map_err(|e: AppError| me.wrong(&app, e))
}

async fn take(app: &App, me: &Keeper, list: PlainList, parts: Multipart) -> Result<Report, AppError> {
    let sent = sheet::sent(parts).await?;
    let table = Table::read(&sent.name, &sent.bytes, COLUMNS)?;
    let known: HashMap<String, Item> = lines(app, list, "").await?.into_iter().map(|i| (i.code.clone(), i)).collect();
    let (mut report, mut rows) = (Report::default(), Vec::new());
    for record in &table.records {
        let cells = record.damage().map_or(Ok(()), Err).and_then(|()| Ok((record.need("code")?, record.need("name")?)));
        let fate = match cells {
            Err(why) => Fate::Refused { why },
            Ok((code, name)) => {
                let active = record.get("active").is_none_or(|a| yes(Some(&a)));
                let item = Item { code, name, name_en: record.get("name_en").unwrap_or_default(), active };
                if known.get(&item.code) == Some(&item) {
                    Fate::Unchanged
                } else {
                    rows.push(item);
                    Fate::Taken
                }
            }
        };
        report.note(record.row, &record.key(), fate);
    }
    if !rows.is_empty() {
        let detail = format!("{}: {}", sent.name, rows.len());
        let work = move |unit: &mut Unit| {
            rows.iter().try_for_each(|item| store::put_item(unit, list, item)).map_err(AppError::from)
        };
        change::save(app, me, list.key(), "list.import", detail, work).await?;
    }
    Ok(report)
}
