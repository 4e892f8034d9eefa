//! The life of a procedure through publishing decisions (CAT-02): what a decision may do, and which version is in force.

use super::{ProcedureCode, ProcedureVersion, Publication, PublicationKind};
use jiff::civil::Date;
use std::collections::HashSet;

/// What is known of a version that was published before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// First day in force; absent means from the beginning.
    pub from: Option<Date>,
    /// Whether it ended the procedure.
    pub abolished: bool,
}

/// How a version stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It governs what is received on that day.
    InForce,
    /// Its day has not come.
    Ahead,
    /// A later one has taken its place.
    Past,
    /// In force as the end of the procedure: nothing is received under it.
    Ended,
}

/// The standing of each version on `day`; `all` in the order in which they were published, of which the later wins a tie.
pub fn standings(all: &[Published], day: Date) -> Vec<Standing> {
    let governing = governing(all, day);
    let standing = |(at, v): (usize, &Published)| match (Some(at) == governing, v.from.is_some_and(|f| f > day)) {
        (true, _) if v.abolished => Standing::Ended,
        (true, _) => Standing::InForce,
        (false, true) => Standing::Ahead,
        (false, false) => Standing::Past,
    };
    all.iter().enumerate().map(standing).collect()
}

/// The place of the version that governs on `day`.
pub fn governing(all: &[Published], day: Date) -> Option<usize> {
    let begun = all.iter().enumerate().filter(|(_, v)| v.from.is_none_or(|from| from <= day));
    begun.max_by_key(|(at, v)| (v.from, *at)).map(|(at, _)| at)
}

/// The version that takes over next after `day`: whatever begins on that day holds until then only.
pub fn next_after(all: &[Published], day: Date) -> Option<usize> {
    let ahead = all.iter().enumerate().filter_map(|(at, v)| Some((v.from.filter(|from| *from > day)?, at)));
    // Of two of one day the later published takes over.
    ahead.min_by_key(|(from, at)| (*from, std::cmp::Reverse(*at))).map(|(_, at)| at)
}

/// A publishing decision as an officer enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its number, "1234/QĐ-UBND".
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// The day of the decision.
    pub date: Date,
    /// What it does.
    pub kind: PublicationKind,
    /// First day in force.
    pub effective_from: Date,
    /// What takes the place of an abolished procedure.
    pub replaced_by: Option<ProcedureCode>,
}

/// Why a version cannot be published as it is. Each names the field that must be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LifeFault {
    /// A decision without a number or issuer cannot be found again.
    DecisionIncomplete,
    /// The decision would be signed after today.
    DecidedLater,
    /// A new procedure whose code is in force already.
    CodeInForce,
    /// Amending, replacing or abolishing what is not in force on that day.
    NotInForce,
    /// A version that has taken effect since then hides this one: it would never be in force.
    NeverInForce {
        /// When the other took effect.
        since: Date,
    },
    /// An abolished procedure names itself as its replacement.
    ReplacesItself,
    /// The procedure has no name.
    NameMissing,
    /// The procedure has no field.
    FieldMissing,
    /// Nobody handles it.
    NobodyHandles,
    /// There is no way to submit.
    NoWay,
    /// A way names a case that does not exist.
    UnknownCase(String),
    /// There is no case, or two have the same id.
    Cases,
    /// Two papers of a case have the same id.
    SamePaperTwice(String),
    /// Nothing differs from the version before.
    NothingChanged,
}

impl LifeFault {
    /// The field of the form or of the request.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::DecisionIncomplete => "number",
            Self::DecidedLater => "date",
            Self::CodeInForce | Self::NotInForce => "kind",
            Self::NeverInForce { .. } => "effective_from",
            Self::ReplacesItself => "replaced_by",
            Self::NameMissing | Self::NothingChanged => "name",
            Self::FieldMissing => "field",
            Self::NobodyHandles => "executing",
            Self::NoWay | Self::UnknownCase(_) => "ways",
            Self::Cases | Self::SamePaperTwice(_) => "variants",
        }
    }
    /// For machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DecisionIncomplete => "decision.incomplete",
            Self::DecidedLater => "decision.later_than_today",
            Self::CodeInForce => "procedure.in_force_already",
            Self::NotInForce => "procedure.not_in_force",
            Self::NeverInForce { .. } => "version.never_in_force",
            Self::ReplacesItself => "procedure.replaces_itself",
            Self::NameMissing => "name.missing",
            Self::FieldMissing => "field.missing",
            Self::NobodyHandles => "executing.missing",
            Self::NoWay => "ways.missing",
            Self::UnknownCase(_) => "ways.unknown_case",
            Self::Cases => "variants.invalid",
            Self::SamePaperTwice(_) => "components.same_twice",
            Self::NothingChanged => "version.nothing_changed",
        }
    }
    /// What is wrong and what to do, in Vietnamese.
    pub fn vi(&self) -> String {
        let day = crate::time::day_text;
        match self {
            Self::DecisionIncomplete => "Xin nhập số quyết định và cơ quan công bố, ví dụ 1234/QĐ-UBND.".to_owned(),
            Self::DecidedLater => "Ngày quyết định không thể sau hôm nay. Xin xem lại quyết định đã ký.".to_owned(),
            Self::CodeInForce => "Mã này đang có hiệu lực: xin chọn Sửa đổi, bổ sung hoặc Thay thế.".to_owned(),
            Self::NotInForce => {
                "Thủ tục không có hiệu lực vào ngày này: xin chọn Ban hành mới hoặc ngày khác.".to_owned()
            }
            Self::NeverInForce { since } => {
                format!("Đã có phiên bản hiệu lực từ {}. Xin chọn ngày hiệu lực từ ngày đó trở đi.", day(*since))
            }
            Self::ReplacesItself => "Thủ tục thay thế phải mang mã khác.".to_owned(),
            Self::NameMissing => "Xin nhập tên thủ tục.".to_owned(),
            Self::FieldMissing => "Xin nhập lĩnh vực.".to_owned(),
            Self::NobodyHandles => "Xin nhập ít nhất một cơ quan thực hiện.".to_owned(),
            Self::NoWay => "Xin thêm ít nhất một cách nộp.".to_owned(),
            Self::UnknownCase(case) => {
                format!("Cách nộp nhắc đến trường hợp {case} không có. Xin chọn lại trường hợp.")
            }
            Self::Cases => "Xin thêm ít nhất một trường hợp, mỗi trường hợp một mã riêng.".to_owned(),
            Self::SamePaperTwice(id) => format!("Hai giấy tờ trong một trường hợp cùng mã {id}. Xin bỏ bớt một."),
            Self::NothingChanged => {
                "Nội dung không khác phiên bản đang có. Xin sửa nội dung trước khi công bố.".to_owned()
            }
        }
    }
    /// The same in English.
    pub fn en(&self) -> String {
        let day = crate::time::day_text;
        match self {
            Self::DecisionIncomplete => "Enter the decision's number and issuer, such as 1234/QĐ-UBND.".to_owned(),
            Self::DecidedLater => "A decision cannot be dated after today. Look at the signed one again.".to_owned(),
            Self::CodeInForce => "This code is in force already: choose Amended or Replaced.".to_owned(),
            Self::NotInForce => "The procedure is not in force on that day: choose New, or another day.".to_owned(),
            Self::NeverInForce { since } => {
                format!("A version has been in force since {}. Choose that day or a later one.", day(*since))
            }
            Self::ReplacesItself => "The procedure that replaces it must have another code.".to_owned(),
            Self::NameMissing => "Enter the procedure's name.".to_owned(),
            Self::FieldMissing => "Enter the field.".to_owned(),
            Self::NobodyHandles => "Enter at least one agency that handles it.".to_owned(),
            Self::NoWay => "Add at least one way to submit.".to_owned(),
            Self::UnknownCase(case) => {
                format!("A way to submit names the case {case}, which is not there. Choose again.")
            }
            Self::Cases => "Add at least one case, each with an id of its own.".to_owned(),
            Self::SamePaperTwice(id) => format!("Two papers of one case have the id {id}. Take one away."),
            Self::NothingChanged => {
                "Nothing differs from the version in force. Change something before publishing.".to_owned()
            }
        }
    }
}

/// The version that this decision publishes, or everything that keeps it from being published.
/// `known` are the versions of the same code, in order; `before` is the content that governs on the day it would take effect.
pub fn publish(
    draft: &ProcedureVersion,
    decision: &Decision,
    known: &[Published],
    before: Option<&ProcedureVersion>,
    today: Date,
) -> Result<ProcedureVersion, Vec<LifeFault>> {
    let mut faults = of_decision(draft, decision, known, today);
    if decision.kind != PublicationKind::Abolished {
        faults.extend(of_content(draft));
        if before.is_some_and(|b| same_content(b, draft)) {
            faults.push(LifeFault::NothingChanged);
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let publication = Publication {
        number: decision.number.trim().to_owned(),
        issuer: decision.issuer.trim().to_owned(),
        date: Some(decision.date),
        kind: decision.kind,
        effective_from: Some(decision.effective_from),
        replaced_by: decision.replaced_by.clone(),
    };
    Ok(ProcedureVersion { publication, ..draft.clone() })
}

/// Whether two versions say the same, whatever decision stands behind them.
pub fn same_content(a: &ProcedureVersion, b: &ProcedureVersion) -> bool {
    ProcedureVersion { publication: a.publication.clone(), ..b.clone() } == *a
}

fn of_decision(draft: &ProcedureVersion, d: &Decision, known: &[Published], today: Date) -> Vec<LifeFault> {
    let mut faults = Vec::new();
    if d.number.trim().is_empty() || d.issuer.trim().is_empty() {
        faults.push(LifeFault::DecisionIncomplete);
    }
    if d.date > today {
        faults.push(LifeFault::DecidedLater);
    }
    let then = governing(known, d.effective_from).and_then(|at| known.get(at));
    let in_force = then.is_some_and(|v| !v.abolished);
    match d.kind {
        PublicationKind::New if in_force => faults.push(LifeFault::CodeInForce),
        PublicationKind::New => {}
        _ if !in_force => faults.push(LifeFault::NotInForce),
        _ => {}
    }
    let later = known.iter().filter_map(|v| v.from).filter(|from| *from > d.effective_from && *from <= today).max();
    if let Some(since) = later {
        faults.push(LifeFault::NeverInForce { since });
    }
    if d.replaced_by.as_ref() == Some(&draft.code) {
        faults.push(LifeFault::ReplacesItself);
    }
    faults
}

fn of_content(draft: &ProcedureVersion) -> Vec<LifeFault> {
    let mut faults = Vec::new();
    for (missing, fault) in [
        (draft.name.trim().is_empty(), LifeFault::NameMissing),
        (draft.field.name.trim().is_empty(), LifeFault::FieldMissing),
        (draft.executing.is_empty(), LifeFault::NobodyHandles),
        (draft.ways.is_empty(), LifeFault::NoWay),
    ] {
        if missing {
            faults.push(fault);
        }
    }
    let mut cases = HashSet::new();
    if draft.variants.is_empty() || !draft.variants.iter().all(|c| cases.insert(c.id.as_str())) {
        faults.push(LifeFault::Cases);
    }
    let unknown = draft.ways.iter().filter_map(|w| w.variant.as_deref()).find(|id| !cases.contains(id));
    faults.extend(unknown.map(|id| LifeFault::UnknownCase(id.to_owned())));
    for case in &draft.variants {
        let mut papers = HashSet::new();
        let twice = case.components.iter().find(|c| !papers.insert(c.id.as_str()));
        faults.extend(twice.map(|c| LifeFault::SamePaperTwice(c.id.clone())));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::tests::rows;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }
    fn from(text: &str) -> Published {
        Published { from: Some(day(text)), abolished: false }
    }
    fn decision(kind: PublicationKind, effective_from: &str) -> Decision {
        Decision {
            number: "12/QĐ-UBND".into(),
            issuer: "Chủ tịch UBND tỉnh".into(),
            date: day("2025-10-01"),
            kind,
            effective_from: day(effective_from),
            replaced_by: None,
        }
    }
    fn draft() -> ProcedureVersion {
        rows()[0].version.clone()
    }
    fn faults(decision: &Decision, known: &[Published]) -> Vec<LifeFault> {
        publish(&draft(), decision, known, None, day("2025-10-06")).err().unwrap_or_default()
    }
    const FIRST: Published = Published { from: None, abolished: false };

    #[test]
    fn cat_02_the_version_of_the_day_governs_and_of_two_of_one_day_the_later_published() {
        let all = [FIRST, from("2026-01-01"), from("2026-01-01"), Published { abolished: true, ..from("2027-01-01") }];
        let on = |text: &str| standings(&all, day(text));
        assert_eq!(on("2025-12-31"), [Standing::InForce, Standing::Ahead, Standing::Ahead, Standing::Ahead]);
        assert_eq!(on("2026-01-01"), [Standing::Past, Standing::Past, Standing::InForce, Standing::Ahead]);
        assert_eq!(on("2027-01-01")[3], Standing::Ended);
    }

    #[test]
    fn cat_02_what_begins_before_a_waiting_version_holds_until_that_ones_day() {
        let all = [FIRST, from("2026-03-01"), from("2026-01-01"), from("2026-01-01")];
        assert_eq!(next_after(&all, day("2025-10-06")), Some(3));
        assert_eq!(next_after(&all, day("2026-01-01")), Some(1));
        assert_eq!(next_after(&all, day("2026-03-01")), None);
    }

    #[test]
    fn cat_02_a_decision_must_fit_what_is_in_force() {
        use PublicationKind::{Abolished, Amended, New};
        assert_eq!(faults(&decision(New, "2025-10-10"), &[]), []);
        assert_eq!(faults(&decision(New, "2025-10-10"), &[FIRST]), [LifeFault::CodeInForce]);
        assert_eq!(faults(&decision(Amended, "2025-10-10"), &[FIRST]), []);
        assert_eq!(faults(&decision(Amended, "2025-10-10"), &[]), [LifeFault::NotInForce]);
        let ended = [FIRST, Published { abolished: true, ..from("2025-01-01") }];
        assert_eq!(faults(&decision(Abolished, "2025-10-10"), &ended), [LifeFault::NotInForce]);
        assert_eq!(faults(&decision(New, "2025-10-10"), &ended), [], "what was abolished may come back");
        let hidden = [FIRST, from("2025-10-05")];
        let since = day("2025-10-05");
        assert_eq!(faults(&decision(Amended, "2025-10-02"), &hidden), [LifeFault::NeverInForce { since }]);
        let between = [FIRST, from("2026-10-05")];
        assert_eq!(faults(&decision(Amended, "2025-10-10"), &between), [], "before one that is ahead is good");
    }

    #[test]
    fn cat_02_a_decision_has_a_number_and_a_day_that_has_come() {
        let mut unsigned = decision(PublicationKind::New, "2025-10-10");
        unsigned.number = " ".into();
        unsigned.date = day("2025-10-07");
        assert_eq!(faults(&unsigned, &[]), [LifeFault::DecisionIncomplete, LifeFault::DecidedLater]);
    }

    #[test]
    fn cat_02_a_version_that_says_nothing_new_or_is_not_whole_is_not_published() {
        let kind = PublicationKind::Amended;
        let same = publish(&draft(), &decision(kind, "2025-10-10"), &[FIRST], Some(&draft()), day("2025-10-06"));
        assert_eq!(same, Err(vec![LifeFault::NothingChanged]));
        let mut broken = draft();
        broken.name.clear();
        broken.ways[0].variant = Some("không-có".into());
        let twice = broken.variants[0].components[0].clone();
        broken.variants[0].components.push(twice.clone());
        let told = publish(&broken, &decision(kind, "2025-10-10"), &[FIRST], None, day("2025-10-06")).unwrap_err();
        let expected =
            [LifeFault::NameMissing, LifeFault::UnknownCase("không-có".into()), LifeFault::SamePaperTwice(twice.id)];
        assert_eq!(told, expected);
        for fault in told {
            assert!(!fault.vi().is_empty() && !fault.en().is_empty() && !fault.code().is_empty());
        }
    }

    #[test]
    fn cat_02_what_is_published_carries_its_decision() {
        let mut changed = draft();
        changed.sets = 2;
        let decision = decision(PublicationKind::Amended, "2025-10-10");
        let version = publish(&changed, &decision, &[FIRST], Some(&draft()), day("2025-10-06")).unwrap();
        assert_eq!(version.publication.number, "12/QĐ-UBND");
        assert_eq!(version.publication.effective_from, Some(day("2025-10-10")));
        assert!(same_content(&version, &changed));
    }
}
