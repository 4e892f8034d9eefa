//! `/can-bo/tiep-nhan/{procedure}`: case, people, checklist with files, how the result is wanted; then receipt or refusal.

use super::{
    checklist::{self, Row},
    fees::{self, Fees},
    known,
    offer::{self, Agencies, Due},
    register::{self, Fact},
    typed,
};
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::{Governing, guidance::store::Note, questions},
    dossier::{
        Order, Target,
        act::principal,
        choose::page::{elsewhere, may_take_in},
        execute,
        files::{self, Sent},
        intake_fields, phone, slips,
        subject::{moment, path_of},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, hidden_key, html, led_on, once},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::{Channel, ProcedureVersion, Variant},
    dossier::{ApplicantKind, Command, Refusal, ResultBy},
    id::Id,
};
use platform::db::Answer;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "dossier/intake/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    governing: Arc<Governing>,
    rows: Vec<Row>,
    agencies: Agencies,
    channels: Vec<Channel>,
    ways: Vec<ResultBy>,
    due: Option<Due>,
    /// The typed moment of receipt from which the date is counted.
    received: Option<String>,
    fees: Fees,
    max_bytes: u64,
    /// What was agreed on unclear points (INT-12).
    guidance: Vec<Note>,
    history: known::History,
    procedure: String,
    /// Title of its e-form, which can be printed for whoever writes by hand.
    e_form: Option<String>,
    /// A QR code for the telephone was asked for, in this row.
    phone: Option<(usize, phone::Link)>,
    /// The officer may ask the national registers, and what one of them said just now.
    may_ask_register: bool,
    facts: Vec<Fact>,
    /// Which counters take in this field, when this one does not (ADM-02).
    elsewhere: Option<String>,
}

type Version = (Id<ProcedureVersion>, Arc<Governing>);

/// Whose earlier dossier the people are taken from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    nguoi: String,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let answer = async {
        may_take_in(&me)?;
        let (_, governing) = version(&app, &code).await?;
        let form = first_form(&app, &me, &governing);
        let form = known::fill_from_dossier(&app, &me, &asked.nguoi, form).await?;
        let rows = checklist::blank(&governing.procedure, form.value("variant"));
        render(&app, &me, governing, form, rows, (None, Vec::new())).await
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    sent(&app, &me, &code, parts).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn version(app: &App, code: &str) -> Result<Version, AppError> {
    intake_fields::governing(app, code)
        .await
        .map_err(|e| if matches!(e, AppError::Fields(_)) { AppError::NotFound } else { e })
}

fn first_form(app: &App, me: &SignedIn, governing: &Governing) -> Form {
    let variant = governing.procedure.variants.first().map(|v| v.id.clone()).unwrap_or_default();
    let own_agency = me.who.centre.and_then(|c| app.reference().centre(c).map(|c| c.agency));
    let own = own_agency.and_then(|a| app.reference().agency(a).map(|a| a.identifier.clone())).unwrap_or_default();
    Form::default()
        .with("once", hidden_key(app))
        .with("variant", variant)
        .with("agency", own)
        .with("channel", offer::first_channel(me, &offer::channels(app)).as_str())
        .with("applicant.kind", ApplicantKind::Citizen.key())
        .with("owner.kind", ApplicantKind::Citizen.key())
        .with("proxy.kind", ApplicantKind::Citizen.key())
        .with("result_by", ResultBy::Counter.key())
        .with("fees_when", "at_return")
        .with("sets", governing.procedure.sets.max(1).to_string())
        .with("directions", governing.procedure.flags.handled_elsewhere.clone().unwrap_or_default())
}

async fn sent(app: &App, me: &SignedIn, code: &str, parts: Multipart) -> Result<Response, AppError> {
    may_take_in(me)?;
    let mut sent = files::read(app, &me.who, parts).await?;
    let version = match version(app, code).await {
        Ok(version) => version,
        Err(gone) => return Err(led_on(app, principal(me), &sent.form, gone).await),
    };
    let led = lead_to_case(&version.1.procedure, &mut sent.form);
    let mut rows = checklist::filled(app, me, &sent, &version.1.procedure, sent.form.value("variant")).await?;
    let Sent { mut form, .. } = sent;
    let act = form.value("act").to_owned();
    if led && matches!(act.as_str(), "accept" | "refuse") {
        let (vi, en) = (
            "Câu trả lời dẫn đến trường hợp này. Xin xem lại giấy tờ, phí và ngày hẹn rồi gửi lại.",
            "The answers lead to this case. Look at its papers, fees and date, then send again.",
        );
        form.wrong(FieldError::new("variant", "led", vi, en));
    }
    read_card(&mut form, act == "card");
    if let Some(key) = act.strip_prefix("people:") {
        form = known::fill_applicant(app, me, key, form).await?;
    }
    let facts = register::asked(app, me, &mut form, &act).await?;
    known::take_over(app, me, &mut form, &mut rows, &version.1.procedure.name).await?;
    if act == "full" {
        for row in rows.iter_mut().filter(|r| r.component.required) {
            row.full = true;
        }
    }
    if !matches!(act.as_str(), "accept" | "refuse") {
        let mut link = None;
        if let Some(at) =
            act.strip_prefix("phone:").and_then(|at| at.parse::<usize>().ok()).filter(|at| *at < rows.len())
        {
            let made = phone::open(app, me).await?;
            rows[at].phone = Some(made.id);
            link = Some((at, made));
        }
        // Another case was chosen: the same page with its papers, everything typed kept.
        let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = render(app, me, version.1, form, rows, (link, facts)).await?;
        return Ok((status, page).into_response());
    }
    let outcome = match command(app, me, &mut form, &rows, &version, act == "refuse") {
        Ok(order) => take(app, me, &mut form, order).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(Some(done)) => return Ok(done),
        Ok(None) => {}
        Err(error) => {
            mark_missing(&mut rows, &error);
            form.absorb(error)?;
        }
    }
    let page = render(app, me, version.1, form, rows, (None, Vec::new())).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The card in its field, if one is there; `asked` when the officer pressed its button.
fn read_card(form: &mut Form, asked: bool) {
    let (vi, en) = match known::fill_from_card(form) {
        known::CardRead::Another => (
            "Người này đã có số định danh khác trên biểu mẫu. Xin chọn đúng người có thẻ, hoặc xóa số cũ rồi quét lại.",
            "This person has another number on the form already. Choose whose card it is, or delete the old number and scan again.",
        ),
        known::CardRead::NoCard if asked => (
            "Đây không phải mã QR của thẻ căn cước. Xin quét lại.",
            "This is not the QR code of a card. Scan it again.",
        ),
        _ => return,
    };
    form.wrong(FieldError::new("card", "invalid", vi, en));
}

/// The case to which the answers lead is chosen in the form; whether it is another than before.
fn lead_to_case(procedure: &ProcedureVersion, form: &mut Form) -> bool {
    let first = |left: &[&Variant]| left.first().map(|case| case.id.clone()).unwrap_or_default();
    let led = questions::led_to(procedure, form, first);
    let is_other = led.is_some();
    if let Some(case) = led {
        *form = std::mem::take(form).with("variant", case);
    }
    is_other
}

/// What the form asks for, or every field that is wrong at once.
fn command(
    app: &App,
    me: &SignedIn,
    form: &mut Form,
    rows: &[Row],
    version: &Version,
    refuses: bool,
) -> Result<Order, AppError> {
    let mut wrong = Vec::new();
    let mut input = typed::input(form, version.1.procedure.code.as_str(), &mut wrong);
    input.components = checklist::inputs(rows, &mut wrong);
    if refuses {
        // Nothing is asked for what is not taken in.
        (input.fees, input.fees_proof) = (Vec::new(), None);
    }
    let parsed = intake_fields::intake(&input, &me.who, &app.reference(), &app.profile, version);
    let reason = form.value("reason").trim().to_owned();
    if refuses && reason.is_empty() {
        let (vi, en) = ("Xin ghi lý do từ chối để người nộp biết.", "Give the reason, so that the applicant knows.");
        wrong.push(FieldError::missing("reason", vi, en));
    }
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(AppError::Fields(more)) => {
            wrong.extend(more);
            return Err(AppError::Fields(wrong));
        }
        Err(other) => return Err(other),
    };
    // A file that was not taken in stands beside its field already.
    if !wrong.is_empty() || !form.is_good() {
        return Err(AppError::Fields(wrong));
    }
    let command = if refuses {
        Command::TurnAway { intake: parsed.intake, reason, directions: form.text("directions").map(str::to_owned) }
    } else {
        Command::TakeIn { intake: parsed.intake, received_at: parsed.received_at, fees: parsed.fees }
    };
    Ok(Order { target: Target::New(Box::new(parsed.people)), command })
}

/// Opens the dossier and leads to its slip; `None` when the form was used before for another dossier.
async fn take(app: &App, me: &SignedIn, form: &mut Form, order: Order) -> Result<Option<Response>, AppError> {
    let refuses = matches!(order.command, Command::TurnAway { .. });
    let done = if refuses { "turned_away" } else { "taken_in" };
    let once = once(app, principal(me), form.key(app), &format!("{done} {order:?}"));
    let answer = execute(app, &me.who, once, order, move |made| {
        let slip = made.events.iter().find_map(slips::issued_by);
        let page = match slip {
            Some((slip, _)) => format!("/can-bo/phieu/{}?xong={done}", slip.id),
            None => format!("{}?xong={done}", path_of(made.id, &made.state)),
        };
        Answer { status: 303, body: page }
    });
    match answer.await {
        Ok(answer) => Ok(Some(Redirect::to(&answer.body).into_response())),
        Err(AppError::KeyMismatch) => {
            *form = std::mem::take(form).with("once", hidden_key(app));
            let (vi, en) = (
                "Biểu mẫu này đã được gửi một lần và hồ sơ đó đã được ghi. Nếu đây là hồ sơ khác, xin bấm lại lần nữa.",
                "This form was sent before and that dossier is saved. If this is another dossier, press again.",
            );
            form.wrong(FieldError::new("form", "form.used", vi, en));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

fn mark_missing(rows: &mut [Row], error: &AppError) {
    let AppError::Refused(Refusal::Incomplete { missing }, _) = error else { return };
    for row in rows {
        row.missing = missing.iter().any(|(id, _)| *id == row.component.id);
    }
}

async fn render(
    app: &App,
    me: &SignedIn,
    governing: Arc<Governing>,
    form: Form,
    rows: Vec<Row>,
    (phone, facts): (Option<(usize, phone::Link)>, Vec<Fact>),
) -> Result<Response, AppError> {
    let history = known::history(app, me, form.value("applicant.identity"), &rows, &governing.procedure.name).await?;
    let lang = me.reader.lang;
    let channel = Channel::from_key(form.value("channel")).unwrap_or(Channel::Counter);
    let variant = form.value("variant").to_owned();
    // The date that the receipt will bear: for what came by post or is entered late it counts from the typed receipt.
    let received = intake_fields::typed_receipt(&form, &mut Vec::new()).filter(|at| *at <= app.now());
    let from = received.unwrap_or_else(|| app.now());
    let due = me.who.centre.and_then(|c| offer::due_from(app, &governing, c, channel, (variant.as_str(), from), lang));
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Intake, lang.t("Tiếp nhận hồ sơ")),
        fees: fees::fees(&governing, (channel, &variant), from.day(), &form, lang),
        agencies: offer::agencies(app, &governing),
        channels: offer::channels(app),
        ways: offer::ways(app),
        max_bytes: app.config.uploads.max_bytes,
        guidance: app.reference().guidance_of(governing.procedure.code.as_str()).to_vec(),
        due,
        e_form: app.reference().forms.of(governing.procedure.code.as_str()).map(|f| f.form.title.clone()),
        received: received.map(moment),
        procedure: governing.procedure.code.as_str().to_owned(),
        history,
        may_ask_register: register::may_ask(app, me),
        elsewhere: elsewhere(app, me, &governing.procedure.field.name),
        facts,
        phone,
        form,
        governing,
        rows,
    }))
}

impl Page {
    /// Somebody besides the applicant was typed, so the part of the form is open.
    fn has(&self, at: &str) -> bool {
        typed::is_typed(&self.form, at)
    }
    /// Name of a field of a row.
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn name(&self, row: &usize, what: &str) -> String {
        format!("components.{row}.{what}")
    }
    /// The paper is ticked to be used again; once it was taken over it stands in its row.
    #[expect(clippy::unused_self, reason = "the part of the page asks it")]
    fn is_ticked(&self, _: &str) -> bool {
        false
    }
    /// The QR code that was asked for in this row.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn phone_in(&self, row: &usize) -> Option<&phone::Link> {
        self.phone.as_ref().filter(|(at, _)| at == row).map(|(_, link)| link)
    }
    /// The questions that lead to the case, and the cases that are left.
    fn questions(&self) -> Vec<questions::Asked> {
        questions::asked(&self.governing.procedure, &self.form)
    }
    fn cases(&self) -> Vec<&Variant> {
        questions::left(&self.governing.procedure, &self.form)
    }
    fn missing(&self) -> usize {
        self.rows.iter().filter(|r| r.missing).count()
    }
}
