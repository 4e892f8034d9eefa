//! The result is handed over: to whom, shown what, how; the handover slip is printed (RES-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::Act,
        intake_fields,
        step::Step,
        store::{self, FileRow},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, Shell},
};
use askama::Template;
use domain::{
    dossier::{
        Applicant, ApplicantKind, Command, CommandName, Handover, NotASignature, ResultBy, Signature,
        originals_are_compared, owed_before_return,
    },
    people::{IdentityNumber, read_card},
};

#[derive(Template)]
#[template(path = "dossier/handover/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    receivers: Vec<Receiver>,
    identity_required: bool,
    slip_required: bool,
    /// The originals are compared first (QNI 13.3a).
    originals_compared: bool,
    /// What must be paid first; original papers go back whatever is owed (CLK-10).
    owed: Option<String>,
}

/// Somebody on the dossier who may receive the result.
struct Receiver {
    key: &'static str,
    role: &'static str,
    name: String,
    identity: String,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Handovers;

    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        let how = act.subject.state.intake.result_by.key();
        act.form = std::mem::take(&mut act.form).with("to", "applicant").with("how", how);
        act
    }

    /// The picture of a signature, as an upload of this officer.
    async fn prepared(app: &App, me: &SignedIn, act: &mut Act) -> Result<(), AppError> {
        let drawn = act.form.text("signature").map(Signature::parse);
        match drawn {
            None => Ok(()),
            Some(Ok(signature)) => keep_signature(app, me, &signature).await,
            Some(Err(NotASignature)) => {
                let (vi, en) = (
                    "Chữ ký chưa rõ. Xin mời người nhận ký lại, hoặc bấm Ký lại rồi để trống để ký trên giấy.",
                    "The signature is not clear. Let the receiver sign again, or clear it and sign on paper.",
                );
                act.form.wrong(FieldError::new("signature", "invalid", vi, en));
                Ok(())
            }
        }
    }

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        // What is wrong is noted in the form already.
        handover(&mut act.form).map(Command::HandOver).ok_or(AppError::Fields(Vec::new()))
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let rules = &app.profile.returning;
        Self {
            shell: Shell::officer(app, me, Nav::Return, me.reader.lang.t("Trả kết quả")),
            receivers: receivers(&act),
            identity_required: rules.identity_required,
            slip_required: rules.slip_required,
            originals_compared: act.subject.by_law(app, originals_are_compared) == Some(true),
            owed: owed_before_return(&act.subject.state).map(|sum| documents::money(sum.unsigned_abs())),
            act,
        }
    }
}

async fn keep_signature(app: &App, me: &SignedIn, signature: &Signature) -> Result<(), AppError> {
    let svg = signature.svg();
    let size = i64::try_from(svg.len()).unwrap_or(i64::MAX);
    let blob = app.blobs.put(svg.into()).await.map_err(AppError::internal)?;
    let row = FileRow {
        sha256: blob.sha256.to_string(),
        name: "chu-ky.svg".into(),
        kind: "svg".into(),
        size,
        pages: Some(1),
    };
    let (id, who, at) = (app.ids.next()?, me.who.clone(), app.machine.now());
    app.db.unit(move |unit| Ok::<_, AppError>(store::insert_upload(unit, id, &row, &who, at)?)).await
}

fn handover(form: &mut Form) -> Option<Handover> {
    let to = match form.value("to") {
        known @ ("applicant" | "owner" | "proxy") => known.to_owned(),
        _ => form.required("other", "Xin ghi họ tên người nhận.", "Give the receiver's full name."),
    };
    let how = ResultBy::from_key(form.value("how"));
    if how.is_none() {
        let (vi, en) = ("Xin chọn cách trả kết quả.", "Choose how the result is returned.");
        form.wrong(FieldError::missing("how", vi, en));
    }
    // A company's envoy shows a personal paper, a company itself its tax code.
    let read = |text: &str| {
        if let Some(card) = read_card(text) {
            return IdentityNumber::parse_person(card.number.as_str());
        }
        IdentityNumber::parse_person(text).or_else(|e| IdentityNumber::parse_organisation(text).map_err(|_| e))
    };
    let identity = form.parse("identity", read, |e| (e.to_string(), e.en().to_owned()));
    let line = |name: &str| form.text(name).map(intake_fields::line);
    let (authorisation, tracking) = (line("authorisation"), line("tracking"));
    let handover = Handover {
        to: intake_fields::line(&to),
        identity: identity.map(|i| i.as_str().to_owned()),
        authorisation,
        how: how?,
        tracking,
        // The desk says so only when the receipt is not there (QN 8.1).
        without_slip: form.is("slip", "missing").then(|| intake_fields::line(form.value("without_slip"))),
        originals_compared: form.is("originals_compared", "yes"),
        signature: form.text("signature").and_then(|text| Signature::parse(text).ok()),
    };
    form.is_good().then_some(handover)
}

fn receivers(act: &Act) -> Vec<Receiver> {
    let Some(people) = &act.subject.people else { return Vec::new() };
    let one = |key, role, a: &Applicant| Receiver {
        key,
        role,
        name: a.name.clone(),
        identity: a.identity.clone().unwrap_or_default(),
    };
    let applicant =
        if people.applicant.kind == ApplicantKind::Citizen { "Người nộp" } else { "Tổ chức nộp" };
    let mut list = vec![one("applicant", applicant, &people.applicant)];
    list.extend(people.owner.as_ref().map(|o| one("owner", "Chủ hồ sơ", o)));
    list.extend(people.proxy.as_ref().map(|p| one("proxy", "Người được ủy quyền", &p.person)));
    list
}
