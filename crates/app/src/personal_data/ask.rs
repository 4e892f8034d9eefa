//! A request is made: what was typed becomes a request with its terms, in one unit with the moments of its clock.

use super::store::{self, Asked};
use crate::{
    app::App,
    error::{AppError, FieldError, answered},
    http::Form,
};
use domain::{
    dossier::DossierCode,
    personal_data::{DataRequest, Kind, State, moments, terms},
};
use platform::db::{Answer, Once};

/// Letters of what somebody writes in their own words.
const LONGEST: usize = 2000;

/// What is asked, as it was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    pub kind: Kind,
    pub about: String,
    pub wanted: String,
    pub dossier: Option<String>,
}

/// Reads what is asked; what is wrong is noted beside its field.
pub fn typed(form: &mut Form) -> Option<Typed> {
    let kind = Kind::from_key(form.value("viec"));
    if kind.is_none() {
        let (vi, en) = ("Xin chọn điều cần yêu cầu.", "Choose what you ask for.");
        form.wrong(FieldError::missing("viec", vi, en));
    }
    let (vi, en) = ("Xin ghi rõ thông tin nào, đang ghi ở đâu.", "Say which information, and where it stands.");
    let about = form.required("noi_dung", vi, en);
    let wanted = form.value("dung_la").trim().to_owned();
    form.at_most("noi_dung", LONGEST);
    form.at_most("dung_la", LONGEST);
    if kind == Some(Kind::Correction) && wanted.is_empty() {
        let vi = "Xin ghi thông tin đúng, ví dụ: ngày sinh đúng là 12/03/1990 theo thẻ căn cước.";
        let en = "Say what is right, for example: born on 12/03/1990 as the identity card says.";
        form.wrong(FieldError::missing("dung_la", vi, en));
    }
    let dossier = form.parse("ma", str::parse::<DossierCode>, |_| {
        let vi = "Mã hồ sơ chưa đúng, ví dụ H49.24-261117-0008. Không nhớ mã thì để trống.";
        let en = "Not a dossier code, for example H49.24-261117-0008. Leave it empty if you do not know it.";
        (vi.to_owned(), en.to_owned())
    });
    let dossier = dossier.map(|code| code.to_string());
    Some(Typed { kind: kind.filter(|_| form.is_good())?, about, wanted, dossier })
}

/// Makes the request, once for one key; gives its number.
pub async fn ask(app: &App, once: Once, asked: Asked) -> Result<String, AppError> {
    let (reference, now) = (app.reference(), app.now());
    let rules = &app.profile.personal_data;
    let terms = terms(now, asked.kind, rules, &reference.calendar, &reference.clock).map_err(AppError::internal)?;
    let id = app.id::<DataRequest>()?;
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            store::insert(unit, id, &asked, now, &terms)?;
            for (moment, at) in moments(State::New, &terms) {
                store::put_moment(unit, id, moment, at)?;
            }
            Ok(Answer { status: 303, body: id.to_string() })
        })
        .await?;
    answered(outcome).map(|answer| answer.body)
}
