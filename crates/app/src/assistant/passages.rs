//! What the catalogue says of one part of a procedure, and where it says it.

use crate::{
    app::App,
    catalogue::{Governing, channel_name, copies, fee_line, limit_words, online as online_words, places},
    messages::Lang,
    online,
};
use domain::{
    assistant::Part,
    catalogue::{Component, ProcedureVersion, SubmissionWay},
};

/// One part of one procedure, in the version in force.
pub struct Passage {
    pub part: Part,
    /// The procedure: code, name.
    pub code: String,
    pub name: String,
    /// What is said, under a heading each: a case, a channel.
    pub groups: Vec<Group>,
    /// Where that is acted on: address, words.
    pub onward: Option<(String, &'static str)>,
    /// Where it stands on the procedure's page.
    pub href: String,
}

/// Lines under a heading, which is empty where one group says all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    pub heading: String,
    pub lines: Vec<String>,
}

/// As many cases are told in full; the others are read on the procedure's page.
const MOST_CASES: usize = 4;
/// A longer text is cut off here; the procedure's page has all of it.
const MOST_LETTERS: usize = 1_500;

/// The part's name as the procedure's page heads it.
pub const fn label(part: Part) -> &'static str {
    match part {
        Part::Papers => "Giấy tờ cần chuẩn bị",
        Part::Fees => "Phí, lệ phí",
        Part::Limit => "Thời hạn",
        Part::Place => "Nộp ở đâu",
        Part::Applicants => "Ai được nộp",
        Part::Ways => "Cách nộp",
        Part::Online => "Dịch vụ trực tuyến",
        Part::Results => "Kết quả",
        Part::Bases => "Căn cứ pháp lý",
        Part::Conditions => "Yêu cầu, điều kiện",
        Part::Steps => "Trình tự thực hiện",
    }
}

impl Passage {
    /// What the version says of a part. A part that it does not have is said to be missing, never filled in.
    pub fn of(app: &App, governing: &Governing, part: Part, lang: Lang) -> Self {
        let p = &governing.procedure;
        let groups = groups(app, p, part, lang);
        let anchor = if groups.is_empty() { "key-facts" } else { anchor(part) };
        let missing = "Danh mục không ghi phần này. Xin ông/bà hỏi cán bộ tiếp nhận hoặc gọi tổng đài.";
        let none = || vec![Group { heading: String::new(), lines: vec![lang.t(missing).to_owned()] }];
        Self {
            part,
            code: p.code.to_string(),
            name: p.name.clone(),
            groups: if groups.is_empty() { none() } else { groups },
            onward: onward(app, p, part),
            href: format!("/thu-tuc/{}#{anchor}", p.code),
        }
    }

    pub fn label(&self) -> &'static str {
        label(self.part)
    }

    /// All of it on one line after another, as a model reads it.
    pub fn text(&self) -> String {
        let of_group = |g: &Group| [std::slice::from_ref(&g.heading), &g.lines].concat().join("\n");
        self.groups.iter().map(of_group).collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}

/// Where the part stands on the procedure's page.
const fn anchor(part: Part) -> &'static str {
    match part {
        Part::Papers => "papers",
        Part::Fees | Part::Limit | Part::Ways => "ways",
        Part::Place | Part::Applicants | Part::Online | Part::Results => "key-facts",
        Part::Bases => "bases",
        Part::Conditions => "conditions",
        Part::Steps => "steps",
    }
}

fn groups(app: &App, p: &ProcedureVersion, part: Part, lang: Lang) -> Vec<Group> {
    let plain = |lines: Vec<String>| {
        let lines: Vec<String> = lines.into_iter().filter(|l| !l.trim().is_empty()).map(|l| shortened(&l)).collect();
        if lines.is_empty() { Vec::new() } else { vec![Group { heading: String::new(), lines }] }
    };
    match part {
        Part::Papers => papers(p, lang),
        Part::Fees => by_way(p, lang, |w| match w.fees.as_slice() {
            [] => vec![lang.t("Danh mục không ghi phí, lệ phí.").to_owned()],
            fees => fees.iter().map(|f| fee_line(f, lang)).collect(),
        }),
        Part::Limit => limits(p, lang),
        Part::Place => plain(place(app, p, lang)),
        Part::Applicants => plain(p.applicants.clone()),
        Part::Ways => by_way(p, lang, |w| vec![w.note.clone()]),
        Part::Online => plain(vec![lang.t(online_words(p.online_level).1).to_owned()]),
        Part::Results => plain(p.results.iter().map(|r| r.name.clone()).collect()),
        Part::Bases => plain(p.legal_bases.iter().map(|b| joined(&b.number, &b.name)).collect()),
        Part::Conditions => plain(p.conditions.lines().map(str::to_owned).collect()),
        Part::Steps => plain(p.steps.iter().map(|s| joined(&s.title, &s.text)).collect()),
    }
}

/// "123/2015/NĐ-CP: Nghị định …".
fn joined(head: &str, text: &str) -> String {
    let parts: Vec<&str> = [head, text].into_iter().map(str::trim).filter(|t| !t.is_empty()).collect();
    parts.join(": ")
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_LETTERS {
        return text.trim().to_owned();
    }
    let cut: String = text.chars().take(MOST_LETTERS).collect();
    format!("{} …", cut.trim_end())
}

/// The papers of each case, by the headings under which the catalogue lists them: to hand in, to show.
fn papers(p: &ProcedureVersion, lang: Lang) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for case in p.variants.iter().take(MOST_CASES) {
        let first = groups.len();
        // Catalogues list remarks among the papers, pages of them: who asks what to bring is told the papers.
        let has_papers = case.components.iter().any(Component::is_paper);
        for component in case.components.iter().filter(|c| c.is_paper() || !has_papers) {
            let heading = joined(&case.name, &component.section);
            let count = copies(component, lang);
            let line = if count.is_empty() { component.name.clone() } else { format!("{} ({count})", component.name) };
            match groups.iter_mut().skip(first).find(|g| g.heading == heading) {
                Some(group) => group.lines.push(shortened(&line)),
                None => groups.push(Group { heading, lines: vec![shortened(&line)] }),
            }
        }
    }
    let told = p.variants.iter().take(MOST_CASES).filter(|v| v.components.iter().any(Component::is_paper));
    let remarks = told.flat_map(|v| &v.components).filter(|c| !c.is_paper()).count();
    if remarks > 0 {
        let more = lang.f1("Danh mục còn {} lưu ý kèm theo, xin xem ở trang của thủ tục.", remarks);
        groups.push(Group { heading: String::new(), lines: vec![more] });
    }
    if p.variants.len() > MOST_CASES {
        let more = lang.f1("Còn {} trường hợp khác, xin xem ở trang của thủ tục.", p.variants.len() - MOST_CASES);
        groups.push(Group { heading: String::new(), lines: vec![more] });
    }
    groups
}

/// What holds for each way to submit; ways of which the same is said stand together.
fn by_way(p: &ProcedureVersion, lang: Lang, told: impl Fn(&SubmissionWay) -> Vec<String>) -> Vec<Group> {
    let mut found: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for way in &p.ways {
        let case = way.variant.as_deref().and_then(|id| p.variants.iter().find(|v| v.id == id));
        let name = joined(lang.t(channel_name(way.channel)), case.map_or("", |c| &c.name));
        let lines: Vec<String> = told(way).iter().map(|l| shortened(l)).filter(|l| !l.is_empty()).collect();
        match found.iter_mut().find(|(_, known)| *known == lines) {
            Some((names, _)) if names.contains(&name) => {}
            Some((names, _)) => names.push(name),
            None => found.push((vec![name], lines)),
        }
    }
    found.into_iter().map(|(names, lines)| Group { heading: names.join("; "), lines }).collect()
}

fn limits(p: &ProcedureVersion, lang: Lang) -> Vec<Group> {
    let mut groups = by_way(p, lang, |w| vec![limit_words(w.limit, lang)]);
    let of_cases = p.variants.iter().filter_map(|v| Some((v, v.limit?)));
    groups.extend(of_cases.map(|(v, limit)| Group { heading: v.name.clone(), lines: vec![limit_words(limit, lang)] }));
    groups
}

fn place(app: &App, p: &ProcedureVersion, lang: Lang) -> Vec<String> {
    if let Some(elsewhere) = &p.flags.handled_elsewhere {
        return vec![lang.f1("Thủ tục này không tiếp nhận tại Trung tâm. Xin ông/bà nộp tại: {}.", elsewhere)];
    }
    let reference = app.reference();
    let facet = reference.procedure(p.code.as_str()).and_then(|listed| reference.facets.of(listed.version));
    let by = facet.map(|f| lang.f1("Cơ quan giải quyết: {}", &f.brief(lang).handled_by));
    let centre = |c: places::Place| {
        let phone = if c.phone.is_empty() { String::new() } else { lang.f1("Điện thoại {}", &c.phone) };
        let told: Vec<_> = [c.name, c.address, phone].into_iter().filter(|t| !t.is_empty()).collect();
        lang.f1("Nộp tại {}", told.join(", "))
    };
    let communes = places::at_communes(p).then(|| {
        lang.t("Bộ phận Một cửa của Ủy ban nhân dân xã, phường, đặc khu cũng tiếp nhận thủ tục này.").to_owned()
    });
    by.into_iter().chain(places::of(&reference, p).into_iter().map(centre)).chain(communes).collect()
}

/// Where one goes on from a part that says how it is handed in.
fn onward(app: &App, p: &ProcedureVersion, part: Part) -> Option<(String, &'static str)> {
    if !matches!(part, Part::Online | Part::Ways) {
        return None;
    }
    if online::may_offer(app, p) {
        return Some((format!("/nop-ho-so/{}", p.code), "Nộp hồ sơ trực tuyến"));
    }
    online::elsewhere(app, p).map(|portal| (portal, "Nộp trên Cổng Dịch vụ công quốc gia"))
}
