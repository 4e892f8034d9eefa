//! `/ban-nhap/{id}/kiem-tra`: everything once more, what is still missing, what it costs; then it is sent, once however often the
//! button is pressed.

use crate::{
    app::App,
    catalogue::summary,
    dossier::{self, Order, Target, offer, store::FileRow},
    error::{AppError, FieldError, answered},
    forms::{self, Published},
    http::{Form, PageError, Shell, Typed, encode, hidden_key, html, once},
    mandates, notices,
    online::{
        self, Citizen,
        draft::{Draft, Found, Frame, Step},
        store,
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::Channel,
    dossier::{ApplicantKind, Command, ResultBy},
    time::day_text,
};
use platform::db::Answer;

#[derive(Template)]
#[template(path = "online/check/page.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    /// Address of the page on which it is mended, and the words.
    faults: Vec<(String, String)>,
    sections: Vec<Section>,
    limit: String,
    fees: Vec<offer::FeeLine>,
}

impl Page {
    fn has_fee_without_basis(&self) -> bool {
        self.fees.iter().any(|f| f.basis.is_empty())
    }
}

struct Section {
    name: &'static str,
    href: String,
    lines: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else { return already(&app, &me, &id).await };
        let form = Form::default().with("once", hidden_key(&app));
        page(&app, &me, &draft, form)
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn already(app: &App, me: &Citizen, id: &str) -> Result<Response, AppError> {
    match Draft::load(app, me, id).await? {
        Found::Sent(dossier) => online::done::page::onward(app, dossier).await,
        Found::Open(_) => Err(AppError::NotFound),
    }
}

fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Result<Response, AppError> {
    let lang = me.reader.lang;
    let words = |e: &FieldError| e.words(&lang).to_owned();
    let faults =
        draft.faults(app)?.into_iter().map(|(step, e)| (format!("{}#{}", draft.href(step), e.field), words(&e)));
    let faults: Vec<_> = faults.collect();
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let limit = draft.governing.procedure.limit_for(Channel::Online, draft.variant());
    let page = html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Kiểm tra lại rồi nộp")),
        frame: Frame::of(app, draft, Step::Check, lang),
        sections: sections(app, draft, me),
        fees: offer::fees(&draft.governing, Channel::Online, draft.variant(), app.now().day(), lang),
        limit: summary::limit_words(limit, lang),
        faults,
        form,
    });
    Ok((status, page).into_response())
}

fn sections(app: &App, draft: &Draft, me: &Citizen) -> Vec<Section> {
    let lang = me.reader.lang;
    let section = |step: Step, lines| Section { name: step.name(lang), href: draft.href(step), lines };
    draft
        .steps(app)
        .into_iter()
        .filter_map(|step| match step {
            Step::Case => Some(section(step, case(app, draft, me))),
            Step::Applicant => Some(section(step, people(draft, me))),
            Step::Form => draft.published(app).map(|p| section(step, answers(app, draft, &p, me))),
            Step::Papers => Some(section(step, papers(app, draft, me))),
            Step::Delivery => {
                let way = ResultBy::from_key(draft.value("result_by"));
                let way = way.map_or(String::new(), |w| lang.pick(w.words()).to_owned());
                Some(section(step, vec![(lang.t("Nhận kết quả").to_owned(), way)]))
            }
            Step::Check => None,
        })
        .collect()
}

fn case(app: &App, draft: &Draft, me: &Citizen) -> Vec<(String, String)> {
    let lang = me.reader.lang;
    let variant = draft.governing.procedure.variant(draft.variant()).map(|v| v.name.clone()).filter(|n| !n.is_empty());
    let reference = app.reference();
    let agency = reference.agency_by_identifier(draft.value("agency")).map(|a| a.name.clone());
    let lines = [(lang.t("Trường hợp"), variant), (lang.t("Cơ quan giải quyết"), agency)];
    lines.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn people(draft: &Draft, me: &Citizen) -> Vec<(String, String)> {
    let lang = me.reader.lang;
    let mut lines = Vec::new();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push((lang.t(name).to_owned(), value.to_owned()));
        }
    };
    let kind = ApplicantKind::from_key(draft.value("applicant.kind")).map_or("", |k| lang.pick(k.words()));
    add("Là", kind);
    add("Họ và tên, tên tổ chức", draft.value("applicant.name"));
    add("Số định danh, mã số thuế hoặc hộ chiếu", draft.value("applicant.identity"));
    add("Điện thoại", draft.value("applicant.phone"));
    add("Thư điện tử", draft.value("applicant.email"));
    add("Địa chỉ", draft.value("applicant.address"));
    if draft.value("for_other") == "yes" {
        add("Người được ủy quyền nộp thay", draft.value("proxy.name"));
        add("Giấy ủy quyền: loại, số, ngày", draft.value("proxy.authorisation"));
    }
    lines
}

/// The answers to the e-form as they will be printed.
fn answers(app: &App, draft: &Draft, published: &Published, me: &Citizen) -> Vec<(String, String)> {
    let (answers, _) = draft.judged(app, published);
    let none = serde_json::Map::new();
    let parts = domain::forms::shown(&published.form, answers.as_object().unwrap_or(&none));
    let not_said = me.reader.lang.t("không khai");
    let said = |l: domain::forms::Line| {
        let value = if l.value.is_empty() && !l.heads { not_said.to_owned() } else { l.value };
        (l.label, value)
    };
    parts.into_iter().flat_map(|p| p.lines).map(said).collect()
}

fn papers(app: &App, draft: &Draft, me: &Citizen) -> Vec<(String, String)> {
    let lang = me.reader.lang;
    let names = |id: &str| draft.files_for(id).iter().map(|f| f.name.clone()).collect::<Vec<_>>().join(", ");
    let line = |c: &domain::catalogue::Component| {
        if draft.is_by_form(app, c) {
            return (c.name.clone(), lang.t("tờ khai điện tử").to_owned());
        }
        let names = names(&c.id);
        let told = match (names.is_empty(), c.required) {
            (false, _) => names,
            (true, true) => lang.t("chưa có tệp").to_owned(),
            (true, false) => lang.t("không gửi").to_owned(),
        };
        (c.name.clone(), told)
    };
    draft.papers().into_iter().map(line).collect()
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    submit(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn submit(app: &App, me: &Citizen, id: &str, mut form: Form) -> Result<Response, AppError> {
    // A second click, the back button: the dossier is there already.
    let Found::Open(mut draft) = Draft::load(app, me, id).await? else { return already(app, me, id).await };
    if form.text("agreed").is_none() {
        let (vi, en) = ("Xin đánh dấu ô xác nhận trước khi nộp.", "Tick the declaration before sending.");
        form.wrong(FieldError::missing("agreed", vi, en));
    }
    for (_, fault) in draft.faults(app)? {
        form.wrong(fault);
    }
    if !form.is_good() {
        return page(app, me, &draft, form);
    }
    match hand_in(app, me, &mut draft, form.key(app)).await {
        Ok(code) => Ok(Redirect::to(&format!("/da-nop/{}", encode(&code))).into_response()),
        // From another window in the same moment.
        Err(AppError::NotFound) => already(app, me, id).await,
        Err(e) => {
            form.absorb(e)?;
            page(app, me, &draft, form)
        }
    }
}

/// The filled form as a paper of the dossier. Printed again the same day it is the same file.
async fn print(app: &App, me: &Citizen, draft: &Draft, published: &Published) -> Result<FileRow, AppError> {
    let (answers, _) = draft.judged(app, published);
    let answers = answers.as_object().cloned().unwrap_or_default();
    let filled = forms::Filled { code: published.form.code(), number: published.number, answers };
    let day = app.now().day();
    let at = if draft.value("for_other") == "yes" { "proxy.name" } else { "applicant.name" };
    let around = forms::Around {
        signer: Some(draft.value(at).to_owned()),
        filed: Some(format!(
            "Khai trên cổng của tỉnh ngày {}, người khai xác thực bằng {}.",
            day_text(day),
            me.contact.masked()
        )),
        codes: None,
    };
    let paper = forms::filled(app, &published.form, &filled, day, around);
    forms::keep(app, paper, &format!("to-khai-{}", published.form.code())).await
}

/// One unit: the dossier, whose it is, how they are told, and the end of the draft; or none of it.
async fn hand_in(app: &App, me: &Citizen, draft: &mut Draft, key: String) -> Result<String, AppError> {
    if let Some(published) = draft.published(app) {
        let printed = print(app, me, draft, &published).await?;
        draft.put_in_place(app, &printed);
    }
    let mut parsed = draft.parsed(app)?;
    if let Some(acting) = &me.acting {
        mandates::bind(acting, &mut parsed.people)?;
    }
    let who = online::sender(app, Some(parsed.intake.centre));
    let command = Command::Submit(parsed.intake);
    let order = Order { target: Target::New(Box::new(parsed.people)), command };
    let once = once(app, format!("citizen/{}", me.key), key, &format!("submit {} {order:?}", draft.id));
    let (app_, contact, id) = (app.clone(), me.key.clone(), draft.id);
    let (channels, files, acting) = (draft.channels(), draft.files.clone(), me.acting.clone());
    let outcome = app
        .db
        .unit_once(once, move |unit| {
            // Sent or dropped on another device meanwhile.
            if store::draft_of(unit, &contact, id)?.is_none_or(|d| d.dossier.is_some()) {
                return Err(AppError::NotFound);
            }
            online::vouch_for(unit, &app_, &who, files.iter().map(|(_, file)| file))?;
            let done = dossier::apply(unit, &app_, &who, &order)?;
            store::own(unit, &contact, done.id)?;
            mandates::note(unit, &app_, acting.as_ref(), done.id, mandates::What::Submit)?;
            notices::store::put_choice(unit, done.id, &channels)?;
            store::close_draft(unit, id, done.id)?;
            Ok(Answer { status: 303, body: done.state.code.map(|c| c.to_string()).unwrap_or_default() })
        })
        .await?;
    let answer = answered(outcome)?;
    Ok(answer.body)
}
