use super::{Dossier, Status, holding};
use crate::{
    accounts::{Role, Who},
    catalogue::Process,
};

macro_rules! commands {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// A command as pages and the API name it: the last part of `POST /api/v1/dossiers/{code}/{what}`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum CommandName { $(#[doc = $doc] $variant),+ }
        impl CommandName {
            /// The name in the API.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// The words on the button: Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

commands! {
    Acceptances "acceptances" "Tiếp nhận" "Accept" "Take a draft or a submitted dossier in.";
    Refusals "refusals" "Từ chối" "Refuse" "Refuse with reason, form 03.";
    Assignments "assignments" "Phân công" "Assign" "Give to an officer, or take.";
    Appraisals "appraisals" "Ghi ý kiến thẩm định" "Record opinion" "Record the appraisal.";
    Submissions "submissions" "Trình phê duyệt" "Submit for approval" "Submit for approval.";
    Approvals "approvals" "Phê duyệt" "Approve" "Approve or decline.";
    ReturnsToStep "returns_to_step" "Trả lại bước trước" "Send back" "Send back with a reason.";
    Results "results" "Nhập kết quả" "Enter result" "Enter the result.";
    Handovers "handovers" "Trả kết quả" "Hand over" "Hand the result over.";
}

/// What may lawfully come next for this officer: only these buttons are shown, only these commands succeed.
pub fn lawful(who: &Who, dossier: &Dossier, process: &Process) -> Vec<CommandName> {
    use CommandName as C;
    let at = |step: &str| dossier.holder.as_ref().is_some_and(|h| h.step == step);
    let holds = holding::holds(who, dossier, process);
    let mut next = Vec::new();
    match dossier.status {
        Status::Draft | Status::Submitted { .. } if holds => next.extend([C::Acceptances, C::Refusals]),
        Status::Accepted | Status::InProgress => {
            if holds && at("appraise") {
                next.push(C::Appraisals);
                if dossier.opinion.is_some() {
                    next.push(C::Submissions);
                }
            }
            if holds && at("approve") {
                next.push(C::Approvals);
            }
            if may_assign(who, dossier, process) {
                next.push(C::Assignments);
            }
            if holds && dossier.status == Status::InProgress && (at("appraise") || at("approve")) {
                next.push(C::ReturnsToStep);
            }
            if holds {
                next.push(C::Refusals);
            }
        }
        Status::Decided { .. } if holds && at("issue") => next.push(C::Results),
        Status::Decided { .. } if holds && at("return") => next.push(C::Handovers),
        _ => {}
    }
    next
}

/// A unit head assigns and re-assigns within the agency (FLW-07); a specialist takes what nobody has yet.
pub fn may_assign(who: &Who, dossier: &Dossier, process: &Process) -> bool {
    let Some(holder) = &dossier.holder else { return false };
    if who.agency != holder.agency || !matches!(holder.step.as_str(), "assign" | "appraise") {
        return false;
    }
    if who.is(Role::UnitHead) || who.is(Role::AgencyLeader) {
        return true;
    }
    holder.officer.is_none() && process.step("appraise").is_some_and(|s| holding::has_a_role_of(who, s))
}

/// The commands that a reader might look for but may not give now, each with the reason in words: "the page says why if
/// asked". Vietnamese, English.
pub fn missing(who: &Who, dossier: &Dossier, process: &Process) -> Option<(&'static str, &'static str)> {
    if !dossier.status.is_open() {
        return Some((
            "Hồ sơ đã kết thúc nên không còn bước nào phải làm.",
            "The dossier is closed; nothing remains to be done.",
        ));
    }
    if !lawful(who, dossier, process).is_empty() {
        return None;
    }
    Some((
        "Hồ sơ đang do người khác giữ. Ông/bà xem được nhưng chỉ người đang giữ bước này mới xử lý được (GR-6).",
        "Somebody else holds this dossier. You may read it, but only the holder of the step may act (GR-6).",
    ))
}
