//! The counter asks a national register about the applicant (LNK-02, ADM-02): only who has that right, for a purpose that was typed;
//! what it says stands beside what was typed, and is taken over by a click.

use crate::{
    accounts::SignedIn,
    app::App,
    error::{AppError, FieldError},
    http::Form,
    registers::{Answer, Record, Which, ask_for, is_there},
    vault,
};
use domain::dossier::ApplicantKind;

/// A fact as it was typed and as the register has it.
pub struct Fact {
    pub name: &'static str,
    typed: String,
    pub recorded: String,
}

impl Fact {
    /// What was typed, or a dash.
    pub fn shown(&self) -> &str {
        if self.typed.is_empty() { "–" } else { &self.typed }
    }
    pub fn differs(&self) -> bool {
        domain::text::fold_marks(&self.typed) != domain::text::fold_marks(&self.recorded)
    }
}

/// The acts of the form.
const ASK: &str = "register";
const TAKE: &str = "register:take";

/// The register for what the applicant is.
fn which(form: &Form) -> Which {
    match ApplicantKind::from_key(form.value("applicant.kind")) {
        Some(ApplicantKind::Citizen) | None => Which::Population,
        Some(_) => Which::Enterprise,
    }
}

/// Whether this officer may ask here at all; the page shows the way only then.
pub fn may_ask(app: &App, me: &SignedIn) -> bool {
    me.who.asks_registers() && [Which::Population, Which::Enterprise].into_iter().any(|w| is_there(app, w))
}

/// Asks when the form says so; what it finds is shown, or taken over when that was pressed.
pub async fn asked(app: &App, me: &SignedIn, form: &mut Form, act: &str) -> Result<Vec<Fact>, AppError> {
    if !matches!(act, ASK | TAKE) {
        return Ok(Vec::new());
    }
    let which = which(form);
    let number = vault::typed_number(form, "applicant.identity");
    let purpose = vault::typed_purpose(form, "muc_dich");
    let (Some(number), Some(purpose)) = (number, purpose) else { return Ok(Vec::new()) };
    let (vi, en) = match ask_for(app, &me.who, which, number.as_str(), &purpose).await? {
        Answer::Found(record) if act == TAKE => {
            take(form, record);
            return Ok(Vec::new());
        }
        Answer::Found(record) => return Ok(beside(form, record, me)),
        Answer::Unknown => (
            "Cơ sở dữ liệu quốc gia không có số này. Xin xem lại số trên giấy tờ, hoặc nhập thông tin theo giấy tờ người nộp xuất trình.",
            "The register has nobody of this number. Check the number on the paper, or enter what the applicant's papers say.",
        ),
        Answer::Away => (
            "Cơ sở dữ liệu quốc gia chưa trả lời. Xin nhập theo giấy tờ người nộp xuất trình và tiếp tục, không phải chờ.",
            "The register does not answer. Enter what the applicant's papers say and go on; there is no need to wait.",
        ),
    };
    form.wrong(FieldError::new("muc_dich", "register", vi, en));
    Ok(Vec::new())
}

fn take(form: &mut Form, record: Record) {
    let mut taken = std::mem::take(form).with("applicant.name", record.name);
    if !record.address.is_empty() {
        taken = taken.with("applicant.address", record.address);
    }
    *form = taken;
}

fn beside(form: &Form, record: Record, me: &SignedIn) -> Vec<Fact> {
    let lang = me.reader.lang;
    let fact = |name: &'static str, field: &str, recorded: String| Fact {
        name,
        typed: form.value(field).trim().to_owned(),
        recorded,
    };
    let facts = [
        fact(lang.t("Họ và tên, tên tổ chức"), "applicant.name", record.name),
        fact(lang.t("Địa chỉ"), "applicant.address", record.address),
    ];
    facts.into_iter().filter(|f| !f.recorded.is_empty()).collect()
}
