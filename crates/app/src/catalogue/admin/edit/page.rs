//! `…/{code}/sua`: what a draft says of the procedure as a whole, and its flags (CAT-01, CAT-05).

use super::read;
use crate::{
    app::App,
    catalogue::{
        admin::{
            draft,
            keeper::Keeper,
            values::{self, Choice},
        },
        words,
    },
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::catalogue::OnlineLevel;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/admin/edit/page.html")]
struct Page {
    shell: Shell,
    code: String,
    form: Form,
    fields: Vec<String>,
    online: Vec<Choice>,
    levels: Vec<Choice>,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let open = draft::load(&app, &me, &code).await.map_err(|e| me.wrong(&app, e))?;
    let told = values::flash(me.reader.lang, query.get("xong"));
    Ok(page(&app, &me, code, read::filled(&open), told))
}

fn page(app: &App, me: &Keeper, code: String, form: Form, told: Option<String>) -> Response {
    let lang = me.reader.lang;
    let online = [OnlineLevel::Information, OnlineLevel::Partial, OnlineLevel::Full].map(words::online);
    html(&Page {
        shell: me.shell(app, "Sửa bản nháp: thông tin chung").with_flash(told),
        fields: app.reference().listing.fields.iter().map(|c| c.field.clone()).collect(),
        online: online.into_iter().map(|(key, vi)| (key.to_owned(), lang.t(vi).to_owned())).collect(),
        levels: words::levels()
            .map(|l| (words::level_key(l).to_owned(), lang.t(words::level_name(l)).to_owned()))
            .collect(),
        code,
        form,
    })
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn save(app: &App, me: &Keeper, code: String, mut form: Form) -> Result<Response, AppError> {
    let open = draft::load(app, me, &code).await?;
    let content = read::typed(&mut form, open.content);
    if form.is_good() && form.value("act") == "more" {
        return Ok(page(app, me, code, read::more_rows(form), None));
    }
    if form.is_good() && draft::save(app, me, &mut form, content, "thông tin chung").await? {
        return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/{code}/sua?xong=luu")).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, form, None)).into_response())
}

impl Page {
    /// The rows of a repeated part.
    fn rows(&self, part: &str) -> std::ops::Range<usize> {
        0..values::rows(&self.form, part)
    }
    /// Name of a field of a row.
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn name(&self, part: &str, row: &usize, what: &str) -> String {
        format!("{part}.{row}.{what}")
    }
    #[expect(clippy::unused_self, reason = "the template calls it")]
    fn flags(&self) -> [(&'static str, &'static str); 6] {
        [
            ("same_day", "Giải quyết trong ngày"),
            ("on_the_spot", "Bốn bước tại Trung tâm (tiếp nhận, thẩm định, phê duyệt, trả kết quả)"),
            ("post_intake", "Chuyển giao bưu điện tiếp nhận"),
            ("second_seal", "Dùng con dấu thứ hai"),
            ("returned_by_agency", "Cơ quan tự trả kết quả theo thỏa thuận với Trung tâm"),
            ("anywhere", "Nộp tại bất kỳ trung tâm nào trong tỉnh (phi địa giới)"),
        ]
    }
}
