//! The dossier: people, papers and files, the way walked and ahead, the clock, slips, and only the lawful next steps.

use super::path::Way;
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::process::{Drawing, Position},
    dossier::{
        act::{self, slug},
        files::size_text,
        slip,
        store::{self, FileRow, IssuedSlip},
        subject::{Paper, Subject},
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
    interlink,
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    catalogue::Channel,
    dossier::{Applicant, CommandName, missing, situation},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/page/page.html")]
struct Page {
    shell: Shell,
    subject: Subject,
    people: Vec<Person>,
    papers: Vec<WithFiles>,
    result_files: Vec<FileRow>,
    way: Way,
    slips: Vec<IssuedSlip>,
    next: Vec<Button>,
    why_none: Option<&'static str>,
    /// The process with the dossier's position.
    picture: String,
    branches: Vec<interlink::Line>,
}

/// Somebody on the dossier.
struct Person {
    role: &'static str,
    of: Applicant,
    authorisation: Option<String>,
}

struct WithFiles {
    paper: Paper,
    files: Vec<FileRow>,
}

/// A lawful next step.
struct Button {
    href: String,
    words: &'static str,
    is_first: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Arrival {
    xong: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, PageError> {
    page(&app, &me, &key, arrival.xong.as_deref()).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, key: &str, done: Option<&str>) -> Result<Response, AppError> {
    let subject = Subject::load(app, me, key).await?;
    let id = subject.id;
    let (lines, slips, files) = app
        .db
        .read(move |q| Ok::<_, AppError>((store::events(q, id, 0)?, store::slips_of(q, id)?, store::files(q, id)?)))
        .await?;
    let lang = me.reader.lang;
    let shell = Shell::officer(app, me, Nav::Work, &subject.code()).with_flash(act::flash(lang, done));
    let of = |place: &str| files.iter().filter(|(p, _)| p == place).map(|(_, f)| f.clone()).collect::<Vec<_>>();
    let papers = subject.papers().into_iter().map(|paper| WithFiles { files: of(&paper.id), paper }).collect();
    let next = subject.next.iter().enumerate();
    let next = next.map(|(i, &what)| Button {
        href: format!("{}/{}", subject.path(), slug(what)),
        words: match what {
            CommandName::Submissions if subject.passes_on() => lang.t("Chuyển bước"),
            _ => lang.pick(what.words()),
        },
        is_first: i == 0,
    });
    let page = Page {
        picture: picture(app, &subject, lang),
        people: people(&subject),
        papers,
        result_files: of("result"),
        way: Way::of(&subject, &lines, &app.reference(), &shell),
        slips,
        next: next.collect(),
        why_none: missing(&me.who, &subject.state, &subject.governing.process).map(|words| lang.pick(words)),
        branches: interlink::lines(&subject, &app.reference(), app.now(), &shell),
        subject,
        shell,
    };
    Ok(html(&page))
}

fn picture(app: &App, subject: &Subject, lang: Lang) -> String {
    let process = &subject.governing.process;
    let d = &subject.state;
    let now = d.holder.as_ref().map(|h| h.step.clone());
    let path = process.path(&situation(d));
    // What lies behind on the way it took; all of it once nobody has it any more.
    let done = path.iter().take_while(|s| Some(&s.key) != now.as_ref()).map(|s| s.key.clone()).collect();
    let position = Position::Dossier { done, now };
    let title = lang.t("Sơ đồ quy trình").to_owned();
    Drawing::of("p", process, &position, Some(&subject.governing.procedure), &app.reference(), lang, title).svg()
}

fn people(subject: &Subject) -> Vec<Person> {
    let Some(people) = &subject.people else { return Vec::new() };
    let one = |role, of: &Applicant| Person { role, of: of.clone(), authorisation: None };
    let mut list =
        vec![one(if people.owner.is_some() { "Người nộp" } else { "Người nộp, chủ hồ sơ" }, &people.applicant)];
    list.extend(people.owner.as_ref().map(|o| one("Chủ hồ sơ", o)));
    list.extend(
        people
            .proxy
            .as_ref()
            .map(|p| Person {
                authorisation: Some(p.authorisation.clone()), ..one("Người được ủy quyền", &p.person)
            }),
    );
    list
}

impl Page {
    /// How it came, in words.
    fn channel(&self) -> &str {
        match self.subject.state.intake.channel {
            Channel::Counter => self.shell.lang.t("nhận tại quầy"),
            Channel::Post => self.shell.lang.t("nhận qua bưu chính"),
            Channel::Online => self.shell.lang.t("nộp trực tuyến"),
            Channel::PostEmployee => self.shell.lang.t("nhân viên bưu điện nhận"),
        }
    }
    /// `2 trang · 1,2 MB`.
    fn about(&self, file: &FileRow) -> String {
        let size = size_text(file.size);
        file.pages.map_or_else(|| size.clone(), |n| format!("{} · {size}", self.shell.lang.f1("{} trang", n)))
    }
}

impl Person {
    fn is_citizen(&self) -> bool {
        self.of.kind == domain::dossier::ApplicantKind::Citizen
    }
    /// Name and value of what is known, in the order of reading.
    fn facts(&self, shell: &Shell) -> Vec<(String, String)> {
        let a = &self.of;
        let identity = if self.is_citizen() {
            shell.lang.t("Số định danh")
        } else {
            shell.lang.t("Mã số thuế, mã tổ chức")
        };
        let phone = a
            .phone
            .as_deref()
            .map(|p| domain::people::Phone::parse(p).map_or_else(|_| p.to_owned(), |p| p.to_string()));
        let known = [
            (identity, a.identity.clone()),
            (shell.lang.t("Điện thoại"), phone),
            (shell.lang.t("Thư điện tử"), a.email.clone()),
            (shell.lang.t("Địa chỉ"), a.address.clone()),
            (shell.lang.t("Giấy ủy quyền"), self.authorisation.clone()),
        ];
        known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}
