//! A citizen who proved their number lets the population register fill in what it knows of them.

use super::{Answer, Which, ask};
use crate::{
    app::App,
    error::{AppError, FieldError},
    http::Form,
    online::Citizen,
    vault,
};
use domain::accounts::Who;
use domain::id::Id;

/// What for, as it stands in the log.
const OWN: &str = "Tự điền hồ sơ của mình";

/// The form with the applicant's name and address as the register has them; what keeps that from happening is noted in it, and
/// all that was typed stays.
pub async fn fill(app: &App, me: &Citizen, mut form: Form) -> Result<Form, AppError> {
    let Some(number) = me.own_number().filter(|_| me.acting.is_none()) else { return Err(AppError::NotFound) };
    let who = Who::citizen(Id::new(0));
    vault::note(app, &who, &number, &[None], Which::Population.look(), OWN).await?;
    let (vi, en) = match ask(app, Which::Population, &number).await {
        Answer::Found(record) => {
            let filled = form.with("applicant.kind", "citizen").with("applicant.identity", number);
            let filled = filled.with("applicant.name", record.name);
            return Ok(if record.address.is_empty() {
                filled
            } else {
                filled.with("applicant.address", record.address)
            });
        }
        Answer::Unknown => (
            "Cơ sở dữ liệu quốc gia về dân cư chưa có thông tin của số này. Xin ông/bà tự điền rồi tiếp tục.",
            "The population register has nothing under this number. Please fill in by hand and go on.",
        ),
        Answer::Away => (
            "Cơ sở dữ liệu quốc gia về dân cư chưa trả lời. Xin ông/bà tự điền rồi tiếp tục, không phải chờ.",
            "The population register does not answer. Please fill in by hand and go on; there is no need to wait.",
        ),
    };
    form.wrong(FieldError::new("applicant.name", "register", vi, en));
    Ok(form)
}
