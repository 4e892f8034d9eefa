//! `POST /kiem-tra-so`: what is wrong with an identity or tax number while somebody types it, at the counter or at home. A
//! POST, because the number of a person belongs into no address; nothing is looked up and nothing is kept.

use crate::{
    dossier::intake_fields,
    http::{Reader, Typed},
    messages::Lang,
};
use axum::Json;
use domain::{dossier::ApplicantKind, people::NotAnIdentity};
use serde_json::{Value, json};

pub async fn check(reader: Reader, Typed(form): Typed) -> Json<Value> {
    let kind = ApplicantKind::from_key(form.value("loai")).unwrap_or(ApplicantKind::Citizen);
    let fault = form.text("so").and_then(|text| intake_fields::read_identity(text, kind).err());
    let words = |e: NotAnIdentity| if reader.lang == Lang::En { e.en().to_owned() } else { e.to_string() };
    // What has not its length yet is not told while it grows.
    let short = matches!(fault, Some(NotAnIdentity::CitizenShape | NotAnIdentity::TaxShape));
    Json(json!({"wrong": fault.map(words).unwrap_or_default(), "short": short}))
}
