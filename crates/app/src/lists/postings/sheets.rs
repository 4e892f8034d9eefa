//! The sheets of a field as a PDF, out of the versions in force.

use super::versions_of;
use crate::{
    app::App,
    catalogue::{channel_name, fee_line, handled_by, how_long, how_much, limit_words},
    dossier::print_form,
    error::AppError,
    home::Foot,
    messages::Lang,
};
use documents::{Form, FormSet, Letterhead, Paper, PostedPaper, PostedProcedure, Posting};
use domain::catalogue::{Component, ProcedureVersion, SubmissionWay};

/// All procedures of a field on A4.
pub async fn pdf(app: &App, field: &str) -> Result<axum::response::Response, AppError> {
    let reference = app.reference();
    if versions_of(&reference, field).is_empty() {
        return Err(AppError::NotFound);
    }
    let listed: Vec<_> = super::posted(&reference, field).map(|p| p.version).collect();
    let app_ = app.clone();
    let read = move |q: &mut platform::db::Reader| {
        let governing = listed.iter().map(|v| app_.versions.get(q, *v));
        governing.map(|g| g.map(|g| posted(&app_, &g.procedure))).collect::<Result<Vec<_>, AppError>>()
    };
    let procedures = app.db.read(read).await?;
    let foot = Foot::of(app);
    let form = Form::Posting(Box::new(Posting {
        form_set: form_set(app),
        letterhead: Letterhead {
            parent: Some(parent(app)).filter(|p| !p.is_empty() && *p != foot.centre),
            unit: foot.centre.clone(),
            place: app.profile.province.place.clone(),
            day: app.now().day(),
        },
        field: field.to_owned(),
        procedures,
        phone: foot.phone,
        address: format!("{}/thu-tuc", app.public_url()),
    }));
    print_form(form, Paper::A4, "niem-yet").await
}

fn form_set(app: &App) -> FormSet {
    match app.profile.forms.set {
        domain::profile::FormSet::Tt01Of2018 => FormSet::Tt01Of2018,
        domain::profile::FormSet::Tt03Of2025 => FormSet::Tt03Of2025,
    }
}

/// The agency above the Centre.
fn parent(app: &App) -> String {
    let reference = app.reference();
    let agency = reference.main_centre().and_then(|c| reference.agency(c.agency));
    agency.map(|a| a.name.clone()).unwrap_or_default()
}

fn posted(app: &App, p: &ProcedureVersion) -> PostedProcedure {
    let (lang, reference) = (Lang::Vi, app.reference());
    let in_charge = reference.in_charge(p.code.as_str());
    let in_charge = in_charge.map(|o| format!("{} ({})", o.name, reference.agency_name(o.who.agency)));
    let legal = p.legal_bases.iter().map(|b| joined(&b.number, &b.name));
    let steps = p.steps.iter().map(|s| joined(&s.title, &s.text));
    PostedProcedure {
        code: p.code.to_string(),
        name: p.name.clone(),
        agency: handled_by(p, &reference.directory, lang),
        in_charge: in_charge.collect::<Vec<_>>().join("; "),
        applicants: p.applicants.join("; "),
        limit: how_long(p, lang),
        fee: how_much(p, lang),
        ways: p.ways.iter().map(way).collect(),
        papers: p.variants.iter().flat_map(|v| v.components.iter().map(|c| paper(&v.name, c))).collect(),
        sets: p.sets,
        steps: steps.filter(|s| !s.is_empty()).collect(),
        results: p.results.iter().map(|r| r.name.clone()).collect::<Vec<_>>().join("; "),
        conditions: p.conditions.clone(),
        legal: legal.filter(|l| !l.is_empty()).collect(),
        decision: p.publication.number.clone(),
    }
}

/// `Nộp hồ sơ: tại quầy`, or the one of the two that is there.
fn joined(head: &str, rest: &str) -> String {
    [head, rest].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(": ")
}

/// A fee is printed as the public page says it: with what it rests on and its first day.
fn way(w: &SubmissionWay) -> String {
    let fees = w.fees.iter().map(|f| fee_line(f, Lang::Vi));
    let head = format!("{}: {}", channel_name(w.channel), limit_words(w.limit, Lang::Vi));
    std::iter::once(head).chain(fees).collect::<Vec<_>>().join("; ")
}

fn paper(case: &str, c: &Component) -> PostedPaper {
    PostedPaper {
        case: case.to_owned(),
        name: c.name.clone(),
        originals: c.originals,
        copies: c.copies,
        form: c.form.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        catalogue::{Channel, FeeKind, FeeLine},
        deadline::TimeLimit,
    };
    use jiff::civil::date;

    #[test]
    fn cat_09_fee_01_a_posted_fee_says_on_what_it_rests_and_from_when_it_is_taken() {
        let fee = FeeLine {
            kind: FeeKind::Charge,
            amount: Some(75_000),
            text: "mỗi bản".into(),
            basis: "Nghị quyết 45/2025/NQ-HĐND".into(),
            effective_from: Some(date(2027, 1, 1)),
        };
        let told = way(&SubmissionWay {
            channel: Channel::Counter,
            limit: TimeLimit::WorkingDays(3),
            variant: None,
            note: String::new(),
            fees: vec![fee],
        });
        assert!(told.contains("75.000") && told.contains("(mỗi bản)"), "{told}");
        assert!(told.ends_with(", theo Nghị quyết 45/2025/NQ-HĐND, thu từ 01/01/2027"), "{told}");
    }
}
