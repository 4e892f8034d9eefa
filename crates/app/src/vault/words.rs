//! A paper in words, the same on every screen.

use super::store::Paper;
use crate::{
    app::App,
    dossier::{files::size_text, store::FileRow},
    messages::Lang,
};
use domain::id::Id;
use domain::{
    time::day_text,
    vault::{Standing, VaultPaper},
};
use jiff::civil::Date;

/// A paper of a list.
pub struct Line {
    pub id: Id<VaultPaper>,
    pub name: String,
    /// Number, issuer, day: what is known of it.
    pub about: String,
    pub origin: String,
    /// `done`, `overdue` or `paused`, and the words.
    pub standing: (&'static str, String),
    pub consented: bool,
}

/// A file of a paper.
pub struct File {
    pub sha256: String,
    pub name: String,
    pub about: String,
}

impl File {
    pub fn of(file: &FileRow, lang: Lang) -> Self {
        let pages = file.pages.map(|n| lang.f1("{} trang", n));
        let about = [pages, Some(size_text(file.size))].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Self { sha256: file.sha256.clone(), name: file.name.clone(), about }
    }
}

impl Line {
    pub fn of(paper: &Paper, day: Date, lang: Lang) -> Self {
        let d = &paper.described;
        let parts = [Some(d.number.clone()), Some(d.issuer.clone()), d.issued_on.map(day_text)];
        let known: Vec<_> = parts.into_iter().flatten().filter(|t| !t.is_empty()).collect();
        Self {
            id: paper.id,
            name: d.name.clone(),
            about: known.join(" · "),
            origin: origin(paper, lang),
            standing: standing(paper, day, lang),
            consented: paper.consented,
        }
    }
}

/// From where it came, with the code of the dossier.
pub fn origin(paper: &Paper, lang: Lang) -> String {
    let words = lang.pick(paper.source.origin.words());
    match &paper.code {
        Some(code) => format!("{words} {code}"),
        None => words.to_owned(),
    }
}

/// How it stands on a day: the kind of its chip, and the words.
pub fn standing(paper: &Paper, day: Date, lang: Lang) -> (&'static str, String) {
    match paper.described.validity.on(day) {
        Standing::Good(Some(until)) => ("done", lang.f1("Còn hiệu lực đến {}", day_text(until))),
        Standing::Good(None) => ("done", lang.t("Còn hiệu lực").to_owned()),
        Standing::Expired(until) => ("overdue", lang.f1("Hết hiệu lực từ sau {}", day_text(until))),
        Standing::NotYet(from) => ("paused", lang.f1("Có hiệu lực từ {}", day_text(from))),
    }
}

/// Everything that is known of a paper, as name and value: the metadata of a digitised paper.
pub fn facts(app: &App, paper: &Paper, lang: Lang) -> Vec<(&'static str, String)> {
    let (d, s) = (&paper.described, &paper.source);
    let reference = app.reference();
    let day = |day: Option<Date>| day.map(day_text).unwrap_or_default();
    let when = |ms: i64| day_text(domain::time::Instant::from_millis(ms).day());
    let procedure = s
        .procedure
        .as_ref()
        .map(|code| reference.procedure(code).map_or_else(|| code.clone(), |p| format!("{} ({code})", p.name)));
    let checked = paper.checked.map(|(_, at)| when(at));
    let until =
        if d.validity.until.is_none() { lang.t("không ghi ngày hết").to_owned() } else { day(d.validity.until) };
    let all = [
        (lang.t("Số, ký hiệu"), d.number.clone()),
        (lang.t("Trích yếu"), d.about.clone()),
        (lang.t("Cơ quan ban hành"), d.issuer.clone()),
        (lang.t("Người ký"), d.signer.clone()),
        (lang.t("Ngày ban hành"), day(d.issued_on)),
        (lang.t("Có hiệu lực từ ngày"), day(d.validity.from)),
        (lang.t("Có hiệu lực đến hết ngày"), until),
        (lang.t("Phạm vi hiệu lực"), d.extent.clone()),
        (lang.t("Nguồn"), origin(paper, lang)),
        (lang.t("Thủ tục"), procedure.unwrap_or_default()),
        (lang.t("Mã lĩnh vực"), s.field.clone().unwrap_or_default()),
        (lang.t("Ngày số hóa"), when(s.at)),
        (lang.t("Thông tin đã được đối chiếu ngày"), checked.unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
