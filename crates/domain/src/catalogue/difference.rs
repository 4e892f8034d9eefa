//! What changed between two versions, part by part, for people who must agree to it.

use super::{
    Channel, Component, Department, FeeKind, FeeLine, Flags, OnlineLevel, ProcedureLevel, ProcedureVersion,
    PublicationKind, SubmissionWay, Variant, answers_text,
};
use crate::time::day_text;

/// A part of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Its name.
    Name,
    /// Its field.
    Field,
    /// Levels that handle it.
    Levels,
    /// Who handles it.
    Executing,
    /// Who takes part.
    Participating,
    /// Who may apply.
    Applicants,
    /// The steps as published.
    Steps,
    /// Ways to submit, with limits.
    Ways,
    /// Fees.
    Fees,
    /// Cases.
    Variants,
    /// Papers.
    Components,
    /// Number of sets.
    Sets,
    /// Conditions.
    Conditions,
    /// Legal bases.
    LegalBases,
    /// What the applicant gets.
    Results,
    /// How far online.
    Online,
    /// Special treatment.
    Flags,
    /// The decision behind it.
    Publication,
}

impl Part {
    /// What screens call it, Vietnamese and English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("Tên thủ tục", "Name"),
            Self::Field => ("Lĩnh vực", "Field"),
            Self::Levels => ("Cấp thực hiện", "Levels"),
            Self::Executing => ("Cơ quan thực hiện", "Handled by"),
            Self::Participating => ("Cơ quan phối hợp", "Taking part"),
            Self::Applicants => ("Đối tượng", "Who may apply"),
            Self::Steps => ("Trình tự", "Steps"),
            Self::Ways => ("Cách nộp", "Ways to submit"),
            Self::Fees => ("Phí, lệ phí", "Fees"),
            Self::Variants => ("Trường hợp", "Cases"),
            Self::Components => ("Giấy tờ", "Papers"),
            Self::Sets => ("Số bộ", "Sets"),
            Self::Conditions => ("Điều kiện", "Conditions"),
            Self::LegalBases => ("Căn cứ pháp lý", "Legal bases"),
            Self::Results => ("Kết quả", "Results"),
            Self::Online => ("Mức trực tuyến", "Online level"),
            Self::Flags => ("Cách giải quyết riêng", "Special treatment"),
            Self::Publication => ("Quyết định công bố", "Publishing decision"),
        }
    }
}

/// One thing that a version states. Facts of two versions with the same part and key are about the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The part it belongs to.
    pub part: Part,
    /// What it is about within the part.
    pub key: String,
    /// What it says, in the words of the catalogue.
    pub text: String,
}

/// One thing that two versions state differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The part it belongs to.
    pub part: Part,
    /// What the older version says; absent when it says nothing of this.
    pub before: Option<String>,
    /// What the newer version says; absent when it says nothing of this any more.
    pub after: Option<String>,
}

/// What changed from `before` to `after`, in the order of the parts.
pub fn differences(before: &ProcedureVersion, after: &ProcedureVersion) -> Vec<Difference> {
    let (old, new) = (facts(before), facts(after));
    let same = |a: &Fact, b: &Fact| a.part == b.part && a.key == b.key;
    let mut found = Vec::new();
    for fact in &new {
        let was = old.iter().find(|o| same(o, fact));
        if was.is_none_or(|w| w.text != fact.text) {
            found.push(Difference {
                part: fact.part,
                before: was.map(|w| w.text.clone()),
                after: Some(fact.text.clone()),
            });
        }
    }
    let gone = old.iter().filter(|o| !new.iter().any(|n| same(o, n)));
    found.extend(gone.map(|o| Difference { part: o.part, before: Some(o.text.clone()), after: None }));
    found.sort_by_key(|d| d.part);
    found
}

/// Everything a version states, in the order of the parts.
pub fn facts(v: &ProcedureVersion) -> Vec<Fact> {
    let mut list = List(Vec::new());
    list.put(Part::Name, "", v.name.clone());
    list.put(Part::Field, "", v.field.name.clone());
    let levels: Vec<&str> = v.levels.iter().map(|l| level(*l)).collect();
    list.put(Part::Levels, "", levels.join("; "));
    list.departments(Part::Executing, &v.executing);
    list.departments(Part::Participating, &v.participating);
    list.put(Part::Applicants, "", v.applicants.join("; "));
    for (at, step) in v.steps.iter().enumerate() {
        list.put(Part::Steps, at.to_string(), joined(&[&step.title, &step.text], "\n"));
    }
    for (key, way) in keyed(&v.ways) {
        list.put(Part::Ways, key.clone(), way_text(way, v));
        for (at, fee) in way.fees.iter().enumerate() {
            list.put(Part::Fees, format!("{key}/{at}"), format!("{}: {}", channel(way.channel), fee_text(fee)));
        }
    }
    for case in &v.variants {
        if v.variants.len() > 1 || !case.name.is_empty() || case.limit.is_some() {
            let limit = case.limit.map(|l| format!(" ({})", l.text_vi())).unwrap_or_default();
            let answers = answers_text(&case.answers);
            list.put(Part::Variants, case.id.clone(), joined(&[&format!("{}{limit}", case.name), &answers], "\n"));
        }
        for paper in &case.components {
            list.put(Part::Components, format!("{}/{}", case.id, paper.id), paper_text(case, paper));
        }
    }
    list.put(Part::Sets, "", v.sets.to_string());
    list.put(Part::Conditions, "", v.conditions.clone());
    for basis in &v.legal_bases {
        let key = if basis.number.is_empty() { &basis.name } else { &basis.number };
        list.put(Part::LegalBases, key.clone(), joined(&[&basis.number, &basis.name], ": "));
    }
    for result in &v.results {
        list.put(Part::Results, format!("{}{}", result.code, result.name), result.name.clone());
    }
    list.put(Part::Online, "", online(v.online_level).to_owned());
    for (key, text) in flag_texts(&v.flags) {
        list.put(Part::Flags, key, text);
    }
    list.put(Part::Publication, "", publication_text(v));
    list.0
}

struct List(Vec<Fact>);

impl List {
    /// What is not stated is no fact.
    fn put(&mut self, part: Part, key: impl Into<String>, text: String) {
        if !text.is_empty() {
            self.0.push(Fact { part, key: key.into(), text });
        }
    }
    fn departments(&mut self, part: Part, all: &[Department]) {
        for department in all {
            self.put(part, department.name.clone(), department.name.clone());
        }
    }
}

/// Ways by channel and case; a number tells those apart that share both.
fn keyed(ways: &[SubmissionWay]) -> Vec<(String, &SubmissionWay)> {
    let mut out: Vec<(String, &SubmissionWay)> = Vec::new();
    for way in ways {
        let base = format!("{}/{}", way.channel.as_str(), way.variant.as_deref().unwrap_or_default());
        let nth = out.iter().filter(|(key, _)| key.starts_with(&base)).count();
        out.push((format!("{base}#{nth}"), way));
    }
    out
}

fn way_text(way: &SubmissionWay, v: &ProcedureVersion) -> String {
    let case = way.variant.as_deref().and_then(|id| v.variants.iter().find(|c| c.id == id));
    let case = case.map(|c| format!(" ({})", c.name)).unwrap_or_default();
    let head = format!("{}{case}: {}", channel(way.channel), way.limit.text_vi());
    joined(&[&head, &way.note], "\n")
}

fn fee_text(fee: &FeeLine) -> String {
    let kind = match fee.kind {
        FeeKind::Fee => "phí",
        FeeKind::Charge => "lệ phí",
        FeeKind::Price => "giá dịch vụ",
    };
    let amount = fee.amount.map(|a| format!("{a} đ")).unwrap_or_default();
    let basis = if fee.basis.is_empty() { String::new() } else { format!("theo {}", fee.basis) };
    let from = fee.effective_from.map(|d| format!("từ {}", day_text(d))).unwrap_or_default();
    joined(&[kind, &amount, &fee.text, &basis, &from], ", ")
}

fn paper_text(case: &Variant, paper: &Component) -> String {
    let counts = format!("{} bản chính, {} bản sao", paper.originals, paper.copies);
    let required = if paper.required { "bắt buộc" } else { "tùy trường hợp" };
    let form = paper.form.as_ref().map(|f| format!("mẫu {f}")).unwrap_or_default();
    let file = paper.form_file.as_ref().map(|sha| format!("tệp {}", &sha[..sha.len().min(8)])).unwrap_or_default();
    let e_form = if paper.e_form { "biểu mẫu điện tử" } else { "" };
    let about = joined(&[&counts, required, &form, &file, e_form], ", ");
    let case = if case.name.is_empty() { String::new() } else { format!("[{}] ", case.name) };
    let section = if paper.section.is_empty() { String::new() } else { format!("{}: ", paper.section) };
    format!("{case}{section}{} — {about}", paper.name)
}

fn flag_texts(f: &Flags) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (is, key, text) in [
        (f.same_day, "same_day", "Giải quyết trong ngày"),
        (f.on_the_spot, "on_the_spot", "Bốn bước tại Trung tâm"),
        (f.post_intake, "post_intake", "Bưu điện tiếp nhận"),
        (f.second_seal, "second_seal", "Dùng con dấu thứ hai"),
        (f.returned_by_agency, "returned_by_agency", "Cơ quan tự trả kết quả"),
        (f.anywhere, "anywhere", "Nộp tại bất kỳ trung tâm nào trong tỉnh"),
    ] {
        if is {
            all.push((key, text.to_owned()));
        }
    }
    if let Some(decision) = &f.delegated_by {
        all.push(("delegated_by", format!("Ủy quyền phê duyệt theo {decision}")));
    }
    if let Some(days) = f.supplement_window_working_days {
        all.push(("supplement_window", format!("Được yêu cầu bổ sung trong {days} ngày làm việc")));
    }
    if let Some(place) = &f.handled_elsewhere {
        all.push(("handled_elsewhere", format!("Không giải quyết tại đây: {place}")));
    }
    all
}

fn publication_text(v: &ProcedureVersion) -> String {
    let p = &v.publication;
    let number = if p.number.is_empty() { String::new() } else { format!("Quyết định {}", p.number) };
    let date = p.date.map(|d| format!("ngày {}", day_text(d))).unwrap_or_default();
    let from = p.effective_from.map(|d| format!("hiệu lực từ {}", day_text(d))).unwrap_or_default();
    let by = p.replaced_by.as_ref().map(|c| format!("thay bằng {c}")).unwrap_or_default();
    joined(&[&number, &date, &p.issuer, p.kind.words().0, &from, &by], ", ")
}

fn joined(parts: &[&str], with: &str) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(with)
}

const fn level(level: ProcedureLevel) -> &'static str {
    match level {
        ProcedureLevel::Ministry => "Cấp bộ",
        ProcedureLevel::Province => "Cấp tỉnh",
        ProcedureLevel::Commune => "Cấp xã",
        ProcedureLevel::Other => "Cơ quan khác",
    }
}

const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter | Channel::PostEmployee => "Trực tiếp",
        Channel::Post => "Bưu chính",
        Channel::Online => "Trực tuyến",
    }
}

const fn online(level: OnlineLevel) -> &'static str {
    match level {
        OnlineLevel::Information => "Chỉ cung cấp thông tin",
        OnlineLevel::Partial => "Một phần",
        OnlineLevel::Full => "Toàn trình",
    }
}

impl PublicationKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::New, Self::Amended, Self::Replaced, Self::Abolished];

    /// The word that forms, the API and the data base use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Amended => "amended",
            Self::Replaced => "replaced",
            Self::Abolished => "abolished",
        }
    }
    /// The kind of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == key)
    }
    /// What decisions call it, Vietnamese and English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("Ban hành mới", "New"),
            Self::Amended => ("Sửa đổi, bổ sung", "Amended"),
            Self::Replaced => ("Thay thế", "Replaced"),
            Self::Abolished => ("Bãi bỏ", "Abolished"),
        }
    }
}
