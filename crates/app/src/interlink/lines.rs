use crate::{
    dossier::{Chip, Face, Subject, Term},
    http::Shell,
    reference::Reference,
};
use domain::{
    id::Id,
    interlink::{Asked, Body, Links, Part, Stage, VisitStage},
    people::{Agency, Unit},
    time::Instant,
};

/// A branch in one line of the dossier's page.
pub struct Line {
    pub what: &'static str,
    pub who: String,
    pub standing: String,
    /// How much of its own time is left (CLK-07).
    pub chip: Option<Chip>,
    pub is_done: bool,
}

/// Every branch of a dossier, in order.
pub fn lines(subject: &Subject, reference: &Reference, face: Face, now: Instant, shell: &Shell) -> Vec<Line> {
    let links = &subject.state.links;
    let lang = shell.lang;
    let asked = links.consultations.iter().flat_map(|c| c.asked.iter().map(move |a| (c, a))).map(|(c, a)| Line {
        what: lang.pick(("Lấy ý kiến", "Opinion")),
        who: who_is_asked(a, reference),
        standing: match (&a.reply, c.recalled_at) {
            (Some(reply), _) => lang.f1("trả lời {}", shell.when(reply.at)),
            (None, Some(at)) => lang.f1("đã rút lại {}", shell.when(at)),
            (None, None) => until(c.term().map(|t| face.term(t.start, t.due_at)).as_ref(), shell),
        },
        chip: c.term().filter(|_| a.reply.is_none()).map(|t| face.term(t.start, t.due_at).chip),
        is_done: a.reply.is_some() || c.recalled_at.is_some(),
    });
    let verified = links.verifications.iter().map(|v| Line {
        what: lang.pick(if v.visited_at.is_some() {
            ("Kiểm tra thực địa", "Site visit")
        } else {
            ("Xác minh", "Verification")
        }),
        who: reference.officer_name(v.by).to_owned(),
        standing: shell.when(v.visited_at.unwrap_or(v.at)),
        chip: None,
        is_done: true,
    });
    let visits = links.visits.iter().map(|v| Line {
        what: lang.t("Lịch kiểm tra thực địa"),
        who: shell.when(v.at),
        standing: match (&v.stage, v.is_open() && now > v.at) {
            (_, true) => lang.t("chờ biên bản").to_owned(),
            (VisitStage::Appointed, false) => lang.t("đã hẹn").to_owned(),
            (VisitStage::Held { .. }, _) => lang.t("đã có biên bản").to_owned(),
            (VisitStage::CalledOff { .. }, _) => lang.t("đã hủy").to_owned(),
        },
        chip: None,
        is_done: !v.is_open(),
    });
    asked.chain(visits).chain(verified).chain(parts(links, reference, face, shell)).collect()
}

/// By when, and what is left of its time.
fn until(term: Option<&Term>, shell: &Shell) -> String {
    let Some(term) = term else { return String::new() };
    let (lang, when) = (shell.lang, shell.when(term.due));
    if term.is_late() { lang.f1("quá hạn từ {}", when) } else { lang.f1("hạn {}", when) }
}

/// The parts of other agencies, each with its own date (CLK-07): nothing personal, so the citizen's page shows them too.
pub fn parts<'a>(
    links: &'a Links,
    reference: &'a Reference,
    face: Face<'a>,
    shell: &'a Shell,
) -> impl Iterator<Item = Line> + 'a {
    let lang = shell.lang;
    links.parts.iter().map(move |p| Line {
        what: lang.pick(("Phối hợp", "Part")),
        who: who_does(p, reference),
        standing: match &p.stage {
            Stage::Waiting => lang.t("chờ cơ quan trước").to_owned(),
            Stage::AtOneStop { .. } => lang.t("chờ bộ phận một cửa nhận, chuyển").to_owned(),
            Stage::Open { .. } => until(p.term().map(|t| face.term(t.start, t.due_at)).as_ref(), shell),
            Stage::Done(result) => lang.f1("xong {}", shell.when(result.at)),
            Stage::Recalled { at } => lang.f1("đã rút lại {}", shell.when(*at)),
        },
        chip: p.term().map(|t| face.term(t.start, t.due_at).chip),
        is_done: p.is_done(),
    })
}

/// The agency, and the unit when only one must answer.
pub fn who_is_asked(asked: &Asked, reference: &Reference) -> String {
    place(asked.agency, asked.unit, reference)
}

/// Who does a part.
pub fn who_does(part: &Part, reference: &Reference) -> String {
    match &part.body {
        Body::Agency(agency) => place(*agency, part.unit, reference),
        Body::Outside(name) => name.clone(),
    }
}

fn place(agency: Id<Agency>, unit: Option<Id<Unit>>, reference: &Reference) -> String {
    let agency = reference.agency_name(agency);
    match unit.and_then(|u| reference.unit(u)) {
        Some(unit) => format!("{}, {agency}", unit.name),
        None => agency.to_owned(),
    }
}
