use super::{page::Arrival, path::Way};
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::process::{Drawing, Position},
    courier::{self, Whereabout},
    dossier::{
        SIGNED,
        act::{self, slug},
        answers::{self, Answer},
        clock::Face,
        files::size_text,
        inbox::{self, Onward},
        joint, notes, slip,
        store::{self, FileRow, IssuedSlip},
        subject::{Paper, Subject},
        undo,
    },
    error::AppError,
    forms,
    http::{Form, Nav, Shell, hidden_key},
    interlink,
    mandates::{self, DoneBy},
    messages::Lang,
    reads,
};
use askama::Template;
use domain::{
    accounts::{Reading, Scope},
    catalogue::Channel,
    dossier::{Applicant, CommandName, missing, situation},
    people::{IdentityNumber, Phone},
};

/// All that is shown of a dossier, on its own page or beside a list.
#[derive(Template)]
#[template(path = "dossier/page/detail.html")]
pub struct Detail {
    pub shell: Shell,
    subject: Subject,
    people: Vec<Person>,
    /// What others did in the applicant's name by a mandate.
    acts: Vec<DoneBy>,
    /// The e-form as it was filled.
    filled: Option<forms::Shown>,
    papers: Vec<WithFiles>,
    /// What the applicant said to points of form 02 that name no paper.
    answers: Vec<Answer>,
    result_files: Vec<FileRow>,
    /// Letters that were signed on paper and scanned.
    signed: Vec<FileRow>,
    way: Way,
    /// Where the paper is, where minutes are kept.
    whereabouts: Vec<Whereabout>,
    slips: Vec<IssuedSlip>,
    /// Slips about this and other dossiers, for their centre.
    joint: Vec<joint::JointSlip>,
    next: Vec<Button>,
    why_none: Option<&'static str>,
    /// The process with the dossier's position.
    picture: String,
    branches: Vec<interlink::Line>,
    /// What colleagues of the own agency wrote.
    notes: Vec<Note>,
    may_note: bool,
    /// A note that could not be kept as it was written.
    note: Form,
    once: String,
    /// Until when the reader may take back the last act.
    undo: Option<String>,
    /// The numbers of the people are shown in full.
    in_full: bool,
    beside: bool,
    /// After a step: the dossier that comes next in the list.
    onward: Option<Onward>,
    /// Where the reader may describe its papers in the owner's store (RES-06).
    digitise: Option<String>,
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

/// A note of a colleague.
struct Note {
    by: String,
    when: String,
    body: String,
}

impl Note {
    fn of(n: notes::store::Note, app: &App, shell: &Shell) -> Self {
        Self { by: app.reference().officer_name(n.officer).to_owned(), when: shell.when(n.at), body: n.body }
    }
}

impl Detail {
    /// The dossier of this code or id within the officer's scope.
    pub async fn load(app: &App, me: &SignedIn, key: &str, arrival: &Arrival) -> Result<Self, AppError> {
        let subject = Subject::load(app, me, key).await?;
        let id = subject.id;
        let (agency, asked) = (me.who.agency, subject.state.answers.clone());
        let (lines, (slips, joint), (files, answers), (notes, acts)) = app
            .db
            .read(move |q| {
                let slips = (store::slips_of(q, id)?, joint::store::of_dossier(q, id)?);
                let by = (notes::store::of_dossier(q, id, agency)?, mandates::done_by(q, id)?);
                let papers = (store::files(q, id)?, answers::of(q, id, &asked)?);
                Ok::<_, AppError>((store::events(q, id, 0)?, slips, papers, by))
            })
            .await?;
        let whereabouts = courier::whereabouts(app, &me.who, me.reader.lang, id).await?;
        let in_full = arrival.hien.is_some();
        if in_full {
            reads::note(app, &me.who, Reading::Numbers, &[id]).await;
        }
        let just_done = arrival.xong.is_some();
        let onward = if just_done { inbox::onward(app, me, (id, &subject.state)).await? } else { None };
        let filled = forms::of_subject(app, &subject, in_full).await?;
        let lang = me.reader.lang;
        let flash = act::flash(lang, arrival.xong.as_deref());
        let shell = Shell::officer(app, me, Nav::Work, &subject.code()).with_flash(flash);
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
        Ok(Self {
            notes: notes.into_iter().map(|n| Note::of(n, app, &shell)).collect(),
            may_note: me.who.scope() != Scope::Province,
            note: Form::default(),
            once: hidden_key(app),
            undo: undo::offered(app, me, &subject, &lines).map(|until| shell.when(until)),
            in_full,
            whereabouts,
            picture: picture(app, &subject, lang),
            people: people(&subject),
            acts,
            filled,
            papers,
            answers,
            result_files: of("result"),
            signed: of(SIGNED),
            way: Way::of(&subject, &lines, &app.reference(), &shell),
            slips,
            joint: joint.into_iter().filter(|s| joint::may_read(me, s.centre)).collect(),
            next: next.collect(),
            why_none: missing(&me.who, &subject.state, &subject.governing.process).map(|words| lang.pick(words)),
            branches: branches(app, &subject, &shell),
            beside: false,
            onward,
            digitise: digitises(me, &subject).then(|| format!("{}/so-hoa", subject.path())),
            subject,
            shell,
        })
    }
    /// The same with what was typed into the note and what is wrong with it.
    #[must_use]
    pub fn noting(self, note: Form) -> Self {
        Self { note, ..self }
    }
    /// The same beside a list, which has the page's head.
    #[must_use]
    pub fn beside(self) -> Self {
        Self { beside: true, ..self }
    }
}

fn branches(app: &App, subject: &Subject, shell: &Shell) -> Vec<interlink::Line> {
    let reference = app.reference();
    let face = Face::of(&subject.state, app, &reference, app.now(), shell.lang);
    interlink::lines(subject, &reference, face, app.now(), shell)
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

impl Detail {
    /// How it came, in words.
    fn channel(&self) -> &str {
        match self.subject.state.intake.channel {
            Channel::Counter => self.shell.lang.t("nhận tại quầy"),
            Channel::Post => self.shell.lang.t("nhận qua bưu chính"),
            Channel::Online => self.shell.lang.t("nộp trực tuyến"),
            Channel::PostEmployee => self.shell.lang.t("nhân viên bưu điện nhận"),
        }
    }
    /// There is something to compare.
    fn has_several_files(&self) -> bool {
        self.papers.iter().map(|p| p.files.len()).sum::<usize>() + self.result_files.len() > 1
    }
    /// A browser shows it in its place.
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn is_picture(&self, file: &FileRow) -> bool {
        matches!(file.kind.as_str(), "jpg" | "jpeg" | "png" | "webp")
    }
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn is_pdf(&self, file: &FileRow) -> bool {
        file.kind == "pdf"
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
    /// Name and value of what is known, in the order of reading; numbers only in part unless they were asked for.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn facts(&self, shell: &Shell, in_full: &bool) -> Vec<(String, String)> {
        let a = &self.of;
        let identity = if self.is_citizen() {
            shell.lang.t("Số định danh")
        } else {
            shell.lang.t("Mã số thuế, mã tổ chức")
        };
        let phone = a.phone.as_deref().map(|p| match Phone::parse(p) {
            Ok(phone) if *in_full => phone.to_string(),
            Ok(phone) => phone.masked(),
            Err(_) => p.to_owned(),
        });
        let masked = |number: &String| if *in_full { number.clone() } else { IdentityNumber::masked(number) };
        let known = [
            (identity, a.identity.as_ref().map(masked)),
            (shell.lang.t("Điện thoại"), phone),
            (shell.lang.t("Thư điện tử"), a.email.clone()),
            (shell.lang.t("Địa chỉ"), a.address.clone()),
            (shell.lang.t("Giấy ủy quyền"), self.authorisation.clone()),
        ];
        known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// RES-06: its papers lie in the owner's store, and the reader is one of those who work with papers.
fn digitises(me: &SignedIn, subject: &Subject) -> bool {
    let is_theirs = subject.people.as_ref().is_some_and(|people| domain::vault::owner(people).is_some());
    subject.state.accepted_at.is_some() && is_theirs && me.who.looks_into_stores()
}
