//! What is known of the person at the counter: from the card, from an earlier dossier, and the papers that can be used again.

use super::{checklist::Row, offer};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        files::Attached,
        inbox::{self, Line, lines},
        store::{self, FileRow, Key, Work},
    },
    error::{AppError, FieldError},
    http::Form,
    reads, vault,
};
use domain::{
    accounts::Reading,
    catalogue::Channel,
    dossier::{Applicant, Dossier, People},
    id::Id,
    people::{IdentityNumber, read_card},
    text::fold,
    time::day_text,
    vault::{Look, Purpose, VaultPaper},
};

/// What became of the text in the field for cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardRead {
    NoCard,
    Filled,
    /// The person has another number already: a card never replaces somebody unasked.
    Another,
}

/// The people of a form to whom a card may belong, by the names of their fields.
const PEOPLE: [&str; 3] = ["applicant", "owner", "proxy"];

/// Fills a person from the QR code of a card: the one that `card_for` names, the applicant when nothing is said.
pub fn fill_from_card(form: &mut Form) -> CardRead {
    let Some(card) = form.text("card").and_then(read_card) else { return CardRead::NoCard };
    let at = PEOPLE.into_iter().find(|at| form.is("card_for", at)).unwrap_or("applicant");
    let there: String = form.value(&format!("{at}.identity")).chars().filter(char::is_ascii_alphanumeric).collect();
    if !there.is_empty() && there != card.number.as_str() {
        return CardRead::Another;
    }
    // The next card is the applicant's again, unless somebody says otherwise.
    let mut filled = std::mem::take(form).with("card", "").with("card_for", "applicant");
    filled = filled.with(&format!("{at}.kind"), "citizen").with(&format!("{at}.identity"), card.number.as_str());
    if let Some(name) = card.name {
        filled = filled.with(&format!("{at}.name"), name);
    }
    if let Some(address) = card.address {
        filled = filled.with(&format!("{at}.address"), address);
    }
    *form = filled;
    CardRead::Filled
}

/// Fills the people from a dossier within the officer's scope, and how they came and want the result: the next procedure for
/// those who stand at the counter. An authorisation is for what it names, so it is asked for anew.
pub async fn fill_from_dossier(app: &App, me: &SignedIn, key: &str, mut form: Form) -> Result<Form, AppError> {
    let Some((state, people)) = known_dossier(app, me, key).await? else { return Ok(form) };
    let Some(People { applicant, owner, proxy, .. }) = people else { return Ok(form) };
    form = as_before(app, &state, with_person(form, "applicant", &applicant));
    if let Some(owner) = owner {
        form = with_person(form, "owner", &owner);
    }
    if let Some(proxy) = proxy {
        form = with_person(form, "proxy", &proxy.person);
    }
    Ok(form)
}

/// Fills the applicant alone from an earlier dossier: who stood beside the applicant then is not here now.
pub async fn fill_applicant(app: &App, me: &SignedIn, key: &str, form: Form) -> Result<Form, AppError> {
    let people = known_dossier(app, me, key).await?.and_then(|(_, people)| people);
    Ok(people.map_or(form.clone(), |people| with_person(form, "applicant", &people.applicant)))
}

/// The same channel and the same way to have the result, where this counter offers them; what came by the post came in one
/// cover, so also the moment of its receipt.
fn as_before(app: &App, state: &Dossier, mut form: Form) -> Form {
    let intake = &state.intake;
    if offer::ways(app).contains(&intake.result_by) {
        form = form.with("result_by", intake.result_by.key());
    }
    if !offer::channels(app).contains(&intake.channel) {
        return form;
    }
    form = form.with("channel", intake.channel.as_str());
    let Some(at) = state.accepted_at.filter(|_| intake.channel != Channel::Counter) else { return form };
    let at = at.local();
    form.with("received_at", day_text(at.date())).with("received_time", at.strftime("%H:%M").to_string())
}

async fn known_dossier(app: &App, me: &SignedIn, key: &str) -> Result<Option<(Dossier, Option<People>)>, AppError> {
    let Some(key) = Key::parse(key) else { return Ok(None) };
    let scope = me.who.scope();
    let (kept, people) = app
        .db
        .read(move |q| {
            let kept = store::find(q, &scope, &key)?.ok_or(AppError::NotFound)?;
            let people = store::people(q, kept.id)?;
            Ok::<_, AppError>((kept, people))
        })
        .await?;
    reads::note(app, &me.who, Reading::Search, &[kept.id]).await;
    Ok(Some((kept.state, people)))
}

fn with_person(form: Form, at: &str, a: &Applicant) -> Form {
    let said = |v: &Option<String>| v.clone().unwrap_or_default();
    form.with(&format!("{at}.kind"), a.kind.key())
        .with(&format!("{at}.name"), a.name.clone())
        .with(&format!("{at}.identity"), said(&a.identity))
        .with(&format!("{at}.phone"), said(&a.phone))
        .with(&format!("{at}.email"), said(&a.email))
        .with(&format!("{at}.address"), said(&a.address))
}

/// An earlier dossier of the same person.
pub struct Past {
    pub line: Line,
    /// The key by which the people are taken over.
    pub id: String,
}

/// What the counter may see of a person it serves.
#[derive(Default)]
pub struct History {
    pub dossiers: Vec<Past>,
    pub papers: Vec<Reusable>,
    /// Of the person, in its one written form.
    number: String,
}

/// A paper handed in before that the same paper of this procedure may be taken from (INT-14).
#[derive(Clone, Debug)]
pub struct Reusable {
    /// `DOSSIER:SHA256:COMPONENT`, or `kho-PAPER:…` out of the person's store, as the form sends it.
    pub key: String,
    pub component: String,
    pub paper: String,
    pub file: Attached,
    /// From where: the code of the dossier, and until when it is good.
    pub code: String,
    /// Where the officer reads it.
    pub href: String,
    /// The paper of the person's store that it is.
    stored: Option<Id<VaultPaper>>,
    row: FileRow,
}

/// How many earlier dossiers are looked at.
const MOST: i64 = 10;

/// The earlier dossiers of a person within the scope of this counter, and the papers of those and of the person's store. Looking
/// is written down (SEC-01); into the store with the work for which it is done, which the person reads (STO-02).
pub async fn history(app: &App, me: &SignedIn, identity: &str, rows: &[Row], work: &str) -> Result<History, AppError> {
    let history = gathered(app, me, identity, rows).await?;
    let stored: Vec<_> = history.papers.iter().filter(|p| p.stored.is_some()).map(|p| p.stored).collect();
    if !stored.is_empty() {
        note(app, me, &history.number, &[None], Look::List, work).await?;
    }
    Ok(history)
}

async fn note(
    app: &App,
    me: &SignedIn,
    number: &str,
    papers: &[Option<Id<VaultPaper>>],
    way: Look,
    work: &str,
) -> Result<(), AppError> {
    let purpose = Purpose::of_work(&format!("Tiếp nhận hồ sơ: {work}"));
    vault::note(app, &me.who, number, papers, way, purpose.as_str()).await
}

async fn gathered(app: &App, me: &SignedIn, identity: &str, rows: &[Row]) -> Result<History, AppError> {
    let read = IdentityNumber::parse_person(identity).or_else(|_| IdentityNumber::parse_organisation(identity));
    let Ok(number) = read else { return Ok(History::default()) };
    let (scope, asked) = (me.who.scope(), number.as_str().to_owned());
    let (wanted, day): (Vec<_>, _) = (rows.iter().map(|r| r.component.clone()).collect(), app.now().day());
    let found = app
        .db
        .read(move |q| {
            let works = inbox::store::by_person(q, &scope, &asked, MOST)?;
            let ids = works.iter().map(|w| w.id.raw()).collect();
            let stored = vault::offers(q, &asked, &wanted, day)?;
            Ok::<_, AppError>((inbox::store::files_of_all(q, ids)?, works, stored))
        })
        .await?;
    let (files, works, stored) = found;
    let mut papers: Vec<_> = stored.good.into_iter().map(|o| from_store(o, rows)).collect();
    if works.is_empty() {
        return Ok(History { papers, number: number.as_str().to_owned(), dossiers: Vec::new() });
    }
    let ids: Vec<_> = works.iter().map(|w| w.id).collect();
    reads::note(app, &me.who, Reading::Search, &ids).await;
    for old in reusable(app, &works, files, rows).await? {
        let is_there = |p: &Reusable| p.component == old.component && p.row.sha256 == old.row.sha256;
        // A paper that has ended, or that its owner keeps back, comes from nowhere.
        if !stored.unfit.contains(&old.row.sha256) && !papers.iter().any(is_there) {
            papers.push(old);
        }
    }
    let ids: Vec<String> = works.iter().map(|w| w.id.to_string()).collect();
    let shown = lines(app, me, works).await?;
    let dossiers = shown.into_iter().zip(ids).map(|(line, id)| Past { line, id }).collect();
    Ok(History { dossiers, papers, number: number.as_str().to_owned() })
}

/// A paper of the person's store, from wherever in the province it came.
fn from_store(o: vault::Offer, rows: &[Row]) -> Reusable {
    let name = rows.iter().find(|r| r.component.id == o.component).map(|r| r.component.name.clone());
    let until = o.until.map(|day| format!("đến {}", day_text(day)));
    Reusable {
        key: format!("kho-{}:{}:{}", o.paper, o.file.sha256, o.component),
        href: format!("/can-bo/kho/{}/tep/{}", o.paper, o.file.sha256),
        code: o.code.into_iter().chain(until).collect::<Vec<_>>().join(" · "),
        paper: name.unwrap_or_default(),
        component: o.component,
        file: Attached::from(o.file.clone()),
        stored: Some(o.paper),
        row: o.file,
    }
}

/// Papers of the same name: the list of a procedure names them in law's words, so the same words mean the same paper.
async fn reusable(
    app: &App,
    works: &[Work],
    files: Vec<(Id<Dossier>, String, FileRow)>,
    rows: &[Row],
) -> Result<Vec<Reusable>, AppError> {
    let (app_, procedures) = (app.clone(), works.iter().map(|w| w.state.intake.procedure).collect::<Vec<_>>());
    let governing = app
        .db
        .read(move |q| procedures.into_iter().map(|p| app_.versions.get(q, p)).collect::<Result<Vec<_>, AppError>>())
        .await?;
    let mut papers = Vec::new();
    for (work, governing) in works.iter().zip(governing) {
        for (_, place, file) in files.iter().filter(|(id, ..)| *id == work.id) {
            let all = governing.procedure.variants.iter().flat_map(|v| &v.components);
            let Some(old) = all.into_iter().find(|c| c.id == *place) else { continue };
            let same = rows.iter().find(|r| fold(&r.component.name) == fold(&old.name));
            if let Some(row) = same {
                papers.push(Reusable {
                    key: format!("{}:{}:{}", work.id, file.sha256, row.component.id),
                    component: row.component.id.clone(),
                    paper: row.component.name.clone(),
                    file: Attached::from(file.clone()),
                    href: format!("/can-bo/ho-so/{}/tep/{}", work.id, file.sha256),
                    stored: None,
                    row: file.clone(),
                    code: work.state.code.as_ref().map_or_else(|| work.id.to_string(), ToString::to_string),
                });
            }
        }
    }
    Ok(papers)
}

/// Takes ticked papers over: each must belong to a dossier of the same person within the scope, whatever the form says. A
/// tick that finds no such paper is told, not dropped.
pub async fn take_over(
    app: &App,
    me: &SignedIn,
    form: &mut Form,
    rows: &mut [Row],
    work: &str,
) -> Result<(), AppError> {
    let ticked = form.all("reuse").to_vec();
    if ticked.is_empty() {
        return Ok(());
    }
    let known = gathered(app, me, form.value("applicant.identity"), rows).await?;
    if ticked.iter().any(|key| known.papers.iter().all(|p| p.key != *key)) {
        let (vi, en) = (
            "Giấy tờ đã đánh dấu dùng lại là của người khác hoặc của trường hợp khác nên không được lấy. Xin xem lại số định danh và danh sách giấy tờ.",
            "A paper that was ticked to be used again is another person's or another case's, so it was not taken. Check the identity number and the papers.",
        );
        form.wrong(FieldError::new("components", "reuse", vi, en));
    }
    for paper in known.papers.into_iter().filter(|p| ticked.contains(&p.key)) {
        if paper.stored.is_some() {
            note(app, me, &known.number, &[paper.stored], Look::Reuse, work).await?;
        }
        let (app_, who, component, file) = (app.clone(), me.who.clone(), paper.component.clone(), paper.file.clone());
        // As if it had been sent again.
        let again = move |unit: &mut platform::db::Unit| {
            let (id, now) = (app_.ids.next()?, app_.machine.now());
            Ok::<_, AppError>(store::insert_upload(unit, id, &paper.row, &who, now)?)
        };
        app.db.unit(again).await?;
        let row = rows.iter_mut().find(|r| r.component.id == component);
        if let Some(row) = row.filter(|r| r.files.iter().all(|f| f.sha256 != file.sha256)) {
            row.files.push(file);
        }
    }
    Ok(())
}
