use crate::{
    app::App,
    catalogue::pace,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    lists::{change, keeper::Keeper, store},
    settings,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::lists::{NATIONAL_STATUSES, PlainList};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "lists/index/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    lists: Vec<Entry>,
}

struct Entry {
    href: String,
    icon: &'static str,
    name: String,
    about: String,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let flash = me.flash(asked.get("xong"));
    page(&app, &me, None, flash).await.map_err(|e| me.wrong(&app, e))
}

/// How many decided dossiers make a figure that citizens see.
pub async fn send(State(app): State<App>, me: Keeper, Typed(form): Typed) -> Result<Response, PageError> {
    save(&app, &me, form).await.map_err(|e| me.wrong(&app, e))
}

async fn save(app: &App, me: &Keeper, mut form: Form) -> Result<Response, AppError> {
    let Some(least) = form.value("least").trim().parse::<u32>().ok().filter(|n| (1..=10_000).contains(n)) else {
        let (vi, en) = ("Xin ghi một số từ 1 đến 10.000.", "Enter a number from 1 to 10,000.");
        form.wrong(FieldError::new("least", "invalid", vi, en));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, Some(form), None).await?).into_response());
    };
    let keep = move |unit: &mut platform::db::Unit| Ok(settings::set(unit, pace::LEAST, &least.to_string())?);
    change::save(app, me, "pace", "list.pace", least.to_string(), keep).await?;
    Ok(Redirect::to("/can-bo/quan-tri/danh-muc?xong=luu").into_response())
}

async fn page(app: &App, me: &Keeper, form: Option<Form>, flash: Option<String>) -> Result<Response, AppError> {
    let read = |q: &mut platform::db::Reader| {
        let counts: HashMap<String, i64> = store::item_counts(q)?.into_iter().collect();
        Ok::<_, AppError>((counts, store::count_areas(q)?, pace::least(q)?))
    };
    let (counts, areas, least) = app.db.read(read).await?;
    let form = form.unwrap_or_else(|| Form::default().with("least", least.to_string()));
    let lists = entries(app, me, &counts, areas);
    Ok(html(&Page { shell: me.shell(app, "Danh mục dùng chung").with_flash(flash), form, lists }))
}

fn entries(app: &App, me: &Keeper, counts: &HashMap<String, i64>, areas: i64) -> Vec<Entry> {
    let (lang, reference) = (me.reader.lang, app.reference());
    let lines = |n: i64| lang.f1("{} dòng", n);
    let len = |n: usize| lines(i64::try_from(n).unwrap_or(i64::MAX));
    let entry = |slug: &str, icon, name: &str, about| Entry {
        href: format!("/can-bo/quan-tri/danh-muc/{slug}"),
        icon,
        name: name.to_owned(),
        about,
    };
    let mut all = vec![
        entry("tu-dong-nghia", "search", lang.t("Từ đồng nghĩa khi tìm thủ tục"), len(reference.synonyms.len())),
        entry("viec-doi", "home", lang.t("Việc trong đời"), len(reference.life_events.len())),
        entry("niem-yet", "printer", lang.t("Niêm yết thủ tục"), lang.t("tờ niêm yết theo lĩnh vực").to_owned()),
        entry("co-quan", "agency", lang.t("Cơ quan qua các thời kỳ"), len(reference.agencies.len())),
        entry("dia-ban", "land", lang.t("Tỉnh, xã, phường, đặc khu"), lines(areas)),
    ];
    all.extend(PlainList::ALL.into_iter().map(|list| {
        let count = counts.get(list.key()).copied();
        let fixed = i64::try_from(NATIONAL_STATUSES.len()).unwrap_or_default();
        entry(
            list.slug(),
            "list",
            lang.pick(list.words()),
            lines(count.unwrap_or(if list.is_kept_here() { 0 } else { fixed })),
        )
    }));
    all.push(Entry {
        href: "/can-bo/quan-tri/lich".into(),
        icon: "calendar",
        name: lang.t("Ngày nghỉ, ngày làm bù").to_owned(),
        about: lang.t("trong lịch làm việc").to_owned(),
    });
    all
}
