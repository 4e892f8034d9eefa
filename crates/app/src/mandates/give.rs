//! A mandate is asked for or given: what was typed, held against the rules, written once.

use super::store::{self, Kept};
use crate::{
    app::App,
    dossier::intake_fields,
    error::{AppError, FieldError, answered},
    http::Form,
    mandates::Acting,
};
use domain::{
    mandates::{MandateKind, MandateState, NotAMandate, Principal, Term},
    people::{CitizenId, IdentityNumber},
};
use jiff::civil::Date;
use platform::db::{Answer, Once};

/// Letters of a name or a basis.
const LONGEST: usize = 300;

/// A line that must be there, as it is kept; one that is too long is noted as wrong.
fn line(form: &mut Form, field: &str, vi: &str, en: &str) -> String {
    let text = intake_fields::line(&form.required(field, vi, en));
    form.at_most(field, LONGEST);
    text
}

pub fn refused(why: NotAMandate) -> AppError {
    let (vi, en) = why.words();
    AppError::Fields(vec![FieldError::new(why.field(), why.code(), vi, en)])
}

/// Somebody says that they represent an organisation: an officer sees the papers first. A household business that trades under its
/// owner's own number needs nobody to confirm it.
pub fn claimed(app: &App, me: &Principal, form: &mut Form) -> Result<Option<Kept>, AppError> {
    let vi = "Xin nhập mã số thuế của tổ chức, ví dụ 5700100256.";
    let en = "Enter the tax code of the organisation, for example 5700100256.";
    form.required("ma_so", vi, en);
    let code = form.parse("ma_so", IdentityNumber::parse_organisation, |e| (e.to_string(), e.en().to_owned()));
    let (vi, en) = ("Xin ghi tên tổ chức như trên giấy đăng ký.", "Write the name as the registration has it.");
    let name = line(form, "ten_to_chuc", vi, en);
    let vi = "Xin ghi giấy tờ chứng minh: loại, số, ngày cấp.";
    let en = "Say which paper bears it out: kind, number, day.";
    let basis = line(form, "can_cu", vi, en);
    let Some(code) = code.filter(|_| form.is_good()) else { return Ok(None) };
    let is_own = code.as_str() == me.number;
    Ok(Some(Kept {
        id: app.id()?,
        principal: Principal { number: code.as_str().to_owned(), name },
        delegate: me.clone(),
        kind: MandateKind::Representative,
        basis,
        term: Term { from: app.now().day(), until: None },
        state: if is_own { MandateState::Granted } else { MandateState::Waiting },
        made_at: app.now(),
        given_by: is_own.then(|| me.number.clone()),
        decided: None,
        reason: String::new(),
    }))
}

/// Somebody names who may act: a person their proxy, a representative a member of the organisation.
pub fn given(app: &App, me: &Principal, acting: Option<&Acting>, form: &mut Form) -> Result<Option<Kept>, AppError> {
    let (principal, kind) = match acting {
        None => (me.clone(), MandateKind::Proxy),
        Some(a) => (a.principal.clone(), a.kind.gives().ok_or_else(|| refused(NotAMandate::NoRight))?),
    };
    let vi = "Xin nhập số định danh 12 chữ số của người được làm thay, ví dụ 001099012345.";
    form.required("so", vi, "Enter the 12-digit number of who may act, for example 001099012345.");
    let number = form.parse("so", CitizenId::parse, |e| (e.to_string(), e.en().to_owned()));
    let (vi, en) = ("Xin ghi họ tên như trên thẻ căn cước.", "Write the name as the identity card has it.");
    let name = line(form, "ten", vi, en);
    let today = app.now().day();
    let (from, until) = (day(form, "tu_ngay"), day(form, "den_ngay"));
    let (Some(number), Some(from), Some(until)) = (number.filter(|_| form.is_good()), from, until) else {
        return Ok(None);
    };
    if number.as_str() == me.number {
        return Err(refused(NotAMandate::Oneself));
    }
    let term = Term::given(from, until, today).map_err(refused)?;
    Ok(Some(Kept {
        id: app.id()?,
        principal,
        delegate: Principal { number: number.as_str().to_owned(), name },
        kind,
        basis: String::new(),
        term,
        state: MandateState::Granted,
        made_at: app.now(),
        given_by: Some(me.number.clone()),
        decided: None,
        reason: String::new(),
    }))
}

fn day(form: &mut Form, name: &str) -> Option<Date> {
    let (vi, en) = ("Xin ghi ngày như 22/11/2026.", "Write a day like 22/11/2026.");
    let text = form.required(name, vi, en);
    let read = intake_fields::day(&text);
    if read.is_none() && !text.is_empty() {
        form.wrong(FieldError::new(name, "day.invalid", vi, en));
    }
    read
}

/// Writes it, once for one key.
pub async fn give(app: &App, once: Once, kept: Kept) -> Result<(), AppError> {
    let today = app.now().day();
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let (principal, delegate) = (kept.principal.number.as_str(), kept.delegate.number.as_str());
            store::end_run_out(unit, principal, delegate, today, kept.made_at)?;
            if !store::insert(unit, &kept)? {
                return Err(refused(NotAMandate::Known));
            }
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    answered(outcome).map(drop)
}
