//! What stands in the places of a wording for one event of one dossier. No names and no numbers of people are among them: a
//! message may be read over somebody's shoulder.

use crate::{app::App, catalogue::Governing, interlink::store::VisitRow, reference::Reference};
use domain::{
    dossier::{Dossier, Event, RequestItem, ResultBy},
    interlink::Linked,
    notices::Values,
    time::{Instant, day_text, time_text},
};

/// The values for a notice about this event.
pub fn values(
    app: &App,
    reference: &Reference,
    d: &Dossier,
    governing: &Governing,
    event: &Event,
    visits: &[VisitRow],
) -> Values {
    let centre = reference.centre(d.intake.centre);
    let code = d.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let hotline = app.profile.contact.hotline.clone().filter(|h| !h.is_empty());
    let phone = hotline.or_else(|| centre.map(|c| c.phone.clone()).filter(|p| !p.is_empty()));
    let place = centre.map(|c| c.name.clone()).unwrap_or_default();
    let mut values = Values::new();
    values.insert("trang", format!("{}/tra-cuu/{code}", app.public_url()));
    values.insert("ma", code);
    values.insert("thu_tuc", governing.procedure.name.clone());
    values.insert("co_quan", reference.agency_name(d.intake.agency).to_owned());
    values.insert("tong_dai", phone.unwrap_or_else(|| place.clone()));
    values.insert("trung_tam", place);
    values.insert("hen", due(event, d).map_or_else(|| "không có ngày hẹn cụ thể".to_owned(), moment));
    of_event(&mut values, event, d, governing);
    if let Event::Linked(what) = event {
        of_visit(&mut values, what, d, visits);
    }
    values
}

/// When and where officers come, and whether the applicant must be there (QN 6.4b).
fn of_visit(values: &mut Values, what: &Linked, d: &Dossier, visits: &[VisitRow]) {
    let (id, at) = match what {
        Linked::VisitAppointed { id, at, .. } => (*id, *at),
        Linked::VisitMoved { id, at, reason, .. } | Linked::VisitCalledOff { id, at, reason } => {
            values.insert("ly_do", reason.trim_end_matches('.').to_owned());
            (*id, *at)
        }
        _ => return,
    };
    values.insert("luc", moment(at));
    let bare = |text: &str| text.trim_end_matches('.').to_owned();
    if let Some(row) = visits.iter().find(|v| v.number == id) {
        values.insert("noi_kiem_tra", bare(&row.place));
        values.insert("noi_dung", bare(&row.content));
    }
    let must = d.links.visit(id).is_some_and(|v| v.applicant);
    let words = if must {
        "Mời ông/bà có mặt hoặc cử người đại diện."
    } else {
        "Ông/bà không bắt buộc có mặt."
    };
    values.insert("co_mat", words.to_owned());
}

fn of_event(values: &mut Values, event: &Event, d: &Dossier, governing: &Governing) {
    match event {
        Event::GuidanceRequested { items, reason, until, .. }
        | Event::SupplementRequested { items, reason, until, .. } => {
            values.insert("ly_do", list(items, reason.as_deref(), d, governing));
            values.insert("so_giay_to", items.len().to_string());
            values.insert("han", day_text(until.day()));
        }
        Event::FeeRequired { amount, reason, .. } | Event::FeeCancelled { amount, reason, .. } => {
            values.insert("so_tien", money(*amount));
            values.insert("ly_do", reason.clone());
        }
        Event::FeePaid { amount, .. } => {
            values.insert("so_tien", money(*amount));
        }
        Event::Suspended { reason, until, .. } => {
            values.insert("ly_do", reason.clone());
            values.insert("han", day_text(until.day()));
        }
        Event::Apologised { reason, .. }
        | Event::DateAdjusted { reason, .. }
        | Event::Refused { reason, directions: None, .. }
        | Event::Stopped { reason, .. }
        | Event::Withdrawn { reason, .. } => {
            values.insert("ly_do", reason.trim_end_matches('.').to_owned());
        }
        Event::Refused { reason, directions: Some(place), .. } => {
            let (reason, place) = (reason.trim_end_matches('.'), place.trim_end_matches('.'));
            values.insert("ly_do", format!("{reason}. Xin nộp tại: {place}"));
        }
        Event::ResultRecorded { .. } => {
            let how = match d.intake.result_by {
                ResultBy::Counter => "tại quầy trả kết quả",
                ResultBy::Post => "qua bưu chính công ích",
                ResultBy::Online => "bằng bản điện tử",
            };
            values.insert("cach_nhan", how.to_owned());
        }
        Event::HandedOver { how, tracking, .. } => {
            // RES-02: by the post's number the applicant asks where the parcel is.
            let how = match (how, tracking) {
                (ResultBy::Post, Some(number)) => format!("Gửi qua bưu chính, số hiệu {number}."),
                (ResultBy::Post, None) => "Gửi qua bưu chính.".to_owned(),
                (ResultBy::Counter, _) => "Trả tại quầy.".to_owned(),
                (ResultBy::Online, _) => "Tệp kết quả có trên trang tra cứu.".to_owned(),
            };
            values.insert("da_tra", how);
        }
        _ => {}
    }
}

/// The date that the event set; else the one that holds now.
fn due(event: &Event, d: &Dossier) -> Option<Instant> {
    match event {
        Event::Apologised { due_at, .. } | Event::DateAdjusted { due_at, .. } => Some(*due_at),
        Event::Accepted { due_at, .. }
        | Event::SupplementCompleted { due_at, .. }
        | Event::Resumed { due_at, .. }
        | Event::FeeCancelled { due_at, .. }
        | Event::FeePaid { due_at, .. } => *due_at,
        _ => d.due_at,
    }
}

fn moment(at: Instant) -> String {
    let local = at.local();
    format!("{} {}", time_text(local.time()), day_text(local.date()))
}

fn money(amount: i64) -> String {
    documents::money(u64::try_from(amount).unwrap_or(0)).replace('\u{a0}', " ")
}

/// Everything that is missing, a line each: nobody has to come twice for want of having been told (INT-04).
fn list(items: &[RequestItem], reason: Option<&str>, d: &Dossier, governing: &Governing) -> String {
    let variant = governing.procedure.variant(d.intake.variant.as_deref().unwrap_or_default());
    let line = |item: &RequestItem| {
        let id = item.component.as_deref().unwrap_or_default();
        let paper = variant.and_then(|v| v.component(id)).map_or(id, |c| c.name.as_str());
        let wrong = item.problem.words().0;
        match (paper.is_empty(), item.note.is_empty()) {
            (true, _) => format!("- {}", item.note),
            (false, true) => format!("- {paper}: {wrong}"),
            (false, false) => format!("- {paper}: {wrong}. {}", item.note),
        }
    };
    let lines = items.iter().map(line);
    reason.map(str::to_owned).into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}
