//! `/ban-nhap/{id}/nhan-ket-qua`: how the result is wanted, and how to be told (INT-15).

use crate::{
    app::App,
    dossier::offer,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    notices,
    online::{
        Citizen,
        draft::{Draft, Found, Frame, Step},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    dossier::ResultBy,
    notices::{Channel, in_order},
};

#[derive(Template)]
#[template(path = "online/delivery/page.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    ways: Vec<ResultBy>,
    /// Channel and whether it is chosen.
    channels: Vec<(Channel, bool)>,
}

pub async fn show(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else {
            return Ok(Redirect::to("/cong-dan").into_response());
        };
        Ok::<_, AppError>(page(&app, &me, &draft, draft.form()))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Response {
    let lang = me.reader.lang;
    let open = in_order(&app.profile.contact.notices).into_iter();
    let open = open.filter(|c| *c != Channel::Page && notices::is_open(app, *c));
    let chosen = draft.channels();
    html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Nhận kết quả và tin báo")),
        frame: Frame::of(app, draft, Step::Delivery, lang),
        ways: offer::ways(app),
        channels: open.map(|c| (c, chosen.contains(&c))).collect(),
        form,
    })
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn save(app: &App, me: &Citizen, id: &str, mut form: Form) -> Result<Response, AppError> {
    let Found::Open(mut draft) = Draft::load(app, me, id).await? else {
        return Ok(Redirect::to("/cong-dan").into_response());
    };
    draft.save(app, me, &form, &["result_by", "kenh"]).await?;
    let way = ResultBy::from_key(form.value("result_by")).filter(|w| offer::ways(app).contains(w));
    if way.is_none() {
        let (vi, en) = ("Xin chọn cách nhận kết quả.", "Choose how the result is received.");
        form.wrong(FieldError::missing("result_by", vi, en));
    }
    if way == Some(ResultBy::Post) && draft.value("applicant.address").is_empty() {
        let (vi, en) = (
            "Nhận qua bưu chính cần có địa chỉ. Xin quay lại bước Người nộp để ghi địa chỉ.",
            "By post an address is needed. Go back to the applicant and enter it.",
        );
        form.wrong(FieldError::new("result_by", "address.missing", vi, en));
    }
    if form.is_good() {
        return Ok(Redirect::to(&draft.href(draft.next(app, Step::Delivery))).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, &draft, form)).into_response())
}
