//! `/can-bo/du-lieu-ca-nhan/{id}`: one request with who asked it, for those who answer: the first answer, then the answer.

use crate::{
    accounts::SignedIn,
    app::App,
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    personal_data::{
        act::{self, Deed},
        letters,
        store::{self, Request},
        tone,
    },
    reference::Reference,
    vault,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Role,
    id::Id,
    personal_data::{DataRequest, Outcome},
    vault::{Look, Purpose},
};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Template)]
#[template(path = "personal_data/one/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    request: Request,
    reference: Arc<Reference>,
    outcomes: &'static [Outcome],
    /// They hear of it by themselves.
    is_told: bool,
}

/// Letters of an answer.
const LONGEST: usize = 4000;

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let shown = async {
        let request = load(&app, &me, &id).await?;
        let flash = query.contains_key("da-luu").then(|| me.reader.lang.t("Đã lưu.").to_owned());
        let form = Form::default().with("once", hidden_key(&app));
        Ok::<_, AppError>(page(&app, &me, request, form, flash))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The request, once it is written down that this officer saw it.
async fn load(app: &App, me: &SignedIn, id: &str) -> Result<Request, AppError> {
    if !me.who.answers_data_requests() {
        return Err(AppError::RightMissing(Role::Supervisor.as_str()));
    }
    let id: Id<DataRequest> = id.parse().map_err(|_| AppError::NotFound)?;
    let request = app.db.read(move |q| Ok::<_, AppError>(store::find(q, id)?)).await?.ok_or(AppError::NotFound)?;
    let purpose = Purpose::of_work(&format!("Xử lý yêu cầu về dữ liệu cá nhân số {id}"));
    vault::note(app, &me.who, &request.asked.person, &[None], Look::Request, purpose.as_str()).await?;
    Ok(request)
}

fn page(app: &App, me: &SignedIn, request: Request, form: Form, flash: Option<String>) -> Response {
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = me.reader.lang.pick(request.asked.kind.words());
    let shown = html(&Page {
        shell: Shell::officer(app, me, Nav::Requests, title).with_flash(flash),
        is_told: letters::way(app, &request).is_some(),
        form,
        request,
        reference: app.reference(),
        outcomes: Outcome::ALL,
    });
    (status, shown).into_response()
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    answer(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn answer(app: &App, me: &SignedIn, id: &str, mut form: Form) -> Result<Response, AppError> {
    let request = load(app, me, id).await?;
    let (field, outcome) = if form.is("act", "answer") {
        let outcome = Outcome::from_key(form.value("ket_qua"));
        if outcome.is_none() {
            let (vi, en) = ("Xin chọn kết quả của yêu cầu.", "Choose how the request ended.");
            form.wrong(FieldError::missing("ket_qua", vi, en));
        }
        ("tra_loi", outcome)
    } else {
        ("phan_hoi", None)
    };
    let vi = "Xin ghi lời trả lời cho người yêu cầu; không thực hiện được thì ghi rõ lý do và căn cứ.";
    let en = "Write the answer to the person; where it cannot be done say why, with the legal basis.";
    let text = form.required(field, vi, en);
    form.at_most(field, LONGEST);
    if !form.is_good() {
        return Ok(page(app, me, request, form, None));
    }
    let deed = Deed::of(outcome, text);
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("{id} {deed:?}"));
    match act::act(app, &me.who, once, request.id, deed).await {
        Ok(()) => Ok(Redirect::to(&format!("/can-bo/du-lieu-ca-nhan/{id}?da-luu")).into_response()),
        Err(wrong) => {
            form.absorb(wrong)?;
            // As it stands by now, with what was typed.
            let request = load(app, me, id).await?;
            Ok(page(app, me, request, form, None))
        }
    }
}

impl Page {
    fn tone(&self) -> &'static str {
        tone(self.request.state)
    }
    fn officer(&self, id: impl std::borrow::Borrow<Id<domain::people::Officer>>) -> &str {
        self.reference.officer_name(*id.borrow())
    }
}
