use crate::{
    app::App,
    dossier::{
        clock::Face,
        files::size_text,
        store::{self, FileRow},
        subject::on_paper,
        tracking::{
            Followed,
            find::page::{guarded, not_found},
            follow_up,
            path::{Stop, stops},
            proof,
            sentence::{Names, Told, told},
            typed_key,
        },
    },
    error::{AppError, FieldError},
    home::Foot,
    http::{
        Form, PageError, Peer, Reader, Shell, Typed, encode, html,
        qr::{self, Drawing},
    },
    interlink,
    mandates::{self, DoneBy},
    messages::Lang,
    notices::{self, store::Notice},
    online, reads,
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Who,
    deadline::{Level, NearDue, Remaining, remaining},
    dossier::{Dossier, Event, People, ReceivedComponent, Status, StoredEvent, counted_from, may_withdraw},
    notices::Channel,
    time::Instant,
};

#[derive(Template)]
#[template(path = "dossier/tracking/follow/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    code: String,
    procedure: String,
    told: Told,
    due_at: Option<Instant>,
    /// It waits to be taken in: the date will come with that.
    before_intake: bool,
    clock: Option<Clock>,
    stops: Vec<Stop>,
    /// What other agencies do for it, each by its own date.
    parts: Vec<interlink::Line>,
    /// When officers come to see, and whether the applicant must be there (QN 6.4b).
    visits: Vec<(Instant, bool)>,
    collect_at: Option<Place>,
    /// Shown only to who proved to be on the dossier.
    own: Option<Own>,
    form: Form,
}

struct Clock {
    class: &'static str,
    icon: &'static str,
    words: String,
}

struct Place {
    name: String,
    address: String,
    phone: String,
}

/// What only the people on a dossier see.
struct Own {
    applicant: String,
    /// Paper, and how much of it is here.
    components: Vec<(String, String)>,
    result: Option<String>,
    /// Appointed visits with where, with whom and about what.
    visits: Vec<interlink::Appointed>,
    has_receipt: bool,
    /// Files of the result, once it was handed over: name, SHA-256, size.
    results: Vec<(String, String, String)>,
    /// The post's number of the parcel with the result (RES-02).
    parcel: Option<String>,
    /// By which a third person checks the result (RES-01).
    check: Option<Drawing>,
    /// It was sent from home and waits for something: that can be sent from home as well.
    may_supplement: bool,
    /// It was handed in online and is not decided: the sender may take it back.
    may_withdraw: bool,
    told: Vec<Notice>,
    /// Channels among which to choose, and whether each is chosen.
    ways: Vec<(Channel, bool)>,
    /// Who has seen the dossier, agencies by name, officers by number (SEC-01).
    seen: Vec<Seen>,
    /// Who acted for the applicant by a mandate.
    acts: Vec<DoneBy>,
    kept_days: u32,
}

struct Seen {
    agency: String,
    way: &'static str,
    last_at: Instant,
    times: String,
}

/// The newest looks that the page tells of.
const MOST_SEEN: i64 = 30;

/// `GET /tra-cuu/{code}`: where a dossier is, for anybody who knows its code; in one snapshot (TRK-01).
pub async fn show(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    from: Peer,
    Path(text): Path<String>,
) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &reader, e);
    let cookies = headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let look = look(&app, &text, cookies, online::presented(&app, &headers));
    let Some((found, proved)) = guarded(&app, from, look).await.map_err(fail)? else {
        return Ok(not_found(&app, &reader, &text));
    };
    Ok(html(&Page::of(&app, &reader, &found, proved, Form::default())))
}

/// `POST /tra-cuu/{code}`: the last four digits of a number on the dossier open the rest for a short while.
pub async fn prove(
    State(app): State<App>,
    reader: Reader,
    from: Peer,
    Path(text): Path<String>,
    Typed(mut form): Typed,
) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &reader, e);
    let look = look(&app, &text, String::new(), None);
    let Some((found, _)) = guarded(&app, from, look).await.map_err(fail)? else {
        return Ok(not_found(&app, &reader, &text));
    };
    let id = found.id;
    let code = id.to_string();
    let _held = app.guards.dossier_digits.admit(&app, &code).await.map_err(fail)?;
    let _from = app.guards.digits.admit(&app, &from.0).await.map_err(fail)?;
    let people = app.db.read(move |q| Ok::<_, AppError>(store::people(q, id)?)).await.map_err(fail)?;
    if people.is_some_and(|p| proof::knows(&p, form.value("so_cuoi"))) {
        let to = Redirect::to(&format!("/tra-cuu/{}#cua-toi", encode(&text)));
        return Ok(([(header::SET_COOKIE, proof::cookie(&app, id))], to).into_response());
    }
    app.guards.dossier_digits.failed(&app, &code).await;
    app.guards.digits.failed(&app, &from.0).await;
    let (vi, en) = (
        "Bốn số này không khớp với hồ sơ. Xin nhập 4 số cuối của số điện thoại hoặc số giấy tờ đã khai khi nộp, ví dụ 5678.",
        "These digits do not match the dossier. Enter the last 4 digits of the telephone or identity number given, for example 5678.",
    );
    form.wrong(FieldError::new("so_cuoi", "proof.wrong", vi, en));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&Page::of(&app, &reader, &found, None, form))).into_response())
}

/// What is read only for those who proved to be on the dossier.
struct Proved {
    people: People,
    seen: Vec<reads::Told>,
    told: Vec<Notice>,
    chosen: Option<Vec<Channel>>,
    /// The reader's session belongs to who sent it.
    sent_it: bool,
    results: Vec<FileRow>,
    parcel: Option<String>,
    visits: Vec<interlink::store::VisitRow>,
    acts: Vec<DoneBy>,
}

/// Notices shown; a dossier that was told of more often than that is read at the Centre.
const MOST_TOLD: i64 = 100;

/// The dossier, and its people when the cookies prove that they may be shown.
async fn look(
    app: &App,
    text: &str,
    cookies: String,
    session: Option<String>,
) -> Result<Option<(Followed, Option<Proved>)>, AppError> {
    let Some(key) = typed_key(text) else { return Ok(None) };
    let app_ = app.clone();
    app.db
        .glance(move |q| {
            let Some(found) = follow_up(q, &app_, &key)? else { return Ok(None) };
            let sent_it = match &session {
                Some(session) => online::sent_by(q, &app_, session, found.id)?,
                None => false,
            };
            let proved = sent_it || proof::holds(&app_, &cookies, found.id);
            let people = if proved { store::people(q, found.id)? } else { None };
            let Some(people) = people else { return Ok(Some((found, None))) };
            let seen = reads::of_dossier(q, found.id, MOST_SEEN)?;
            let told = notices::store::told(q, found.id, MOST_TOLD)?;
            let acts = mandates::done_by(q, found.id)?;
            let chosen = notices::store::choice(q, found.id)?;
            let is_out = matches!(found.state.status, Status::Returned { .. });
            let files = if is_out { store::files(q, found.id)? } else { Vec::new() };
            let results = files.into_iter().filter(|(place, _)| place == "result").map(|(_, f)| f).collect();
            let parcel = if is_out { parcel(&store::events(q, found.id, 0)?) } else { None };
            let has_visits = !found.state.links.visits.is_empty();
            let visits = if has_visits { interlink::store::visits(q, found.id)? } else { Vec::new() };
            Ok(Some((found, Some(Proved { people, seen, told, chosen, sent_it, results, parcel, visits, acts }))))
        })
        .await
}

/// The post's number of what was handed over last.
fn parcel(events: &[StoredEvent]) -> Option<String> {
    let sent = |e: &StoredEvent| match serde_json::from_str(&e.body) {
        Ok(Event::HandedOver { tracking, .. }) => tracking,
        _ => None,
    };
    events.iter().rev().find_map(sent)
}

impl Page {
    fn of(app: &App, reader: &Reader, found: &Followed, proved: Option<Proved>, form: Form) -> Self {
        let (reference, lang, d) = (app.reference(), reader.lang, &found.state);
        let centre = reference.centre(d.intake.centre);
        let names =
            Names { agency: reference.agency_name(d.intake.agency), centre: centre.map_or("", |c| c.name.as_str()) };
        let told = told(d, &names, lang);
        let code = d.code.as_ref().map(ToString::to_string).unwrap_or_default();
        // What an agency returns itself is collected there (QN 6.5b); its own pages say where that is.
        let at_centre = d.holder.as_ref().is_some_and(|h| h.centre.is_some());
        let collect_at = centre.filter(|_| told.collect && at_centre);
        let shell = Shell::public(app, reader, &lang.f1("Hồ sơ {}", &code));
        Self {
            visits: d.links.open_visits().filter(|_| d.status.is_alive()).map(|v| (v.at, v.applicant)).collect(),
            parts: interlink::parts(&d.links, &reference, Face::of(d, app, &reference, app.now(), lang), &shell)
                .collect(),
            shell,
            foot: Foot::of(app),
            procedure: found.governing.procedure.name.clone(),
            due_at: d.due_at,
            before_intake: d.accepted_at.is_none() && d.status.is_open(),
            clock: clock(app, &reference, d, lang),
            stops: stops(d, &found.governing.process, &found.way, &reference, lang),
            collect_at: collect_at.map(|c| Place {
                name: c.name.clone(),
                address: c.address.clone(),
                phone: c.phone.clone(),
            }),
            own: proved.map(|p| Own::of(app, &reference, found, p, lang)),
            told,
            code,
            form,
        }
    }
}

/// The working time left, while the clock runs.
fn clock(app: &App, reference: &Reference, d: &Dossier, lang: Lang) -> Option<Clock> {
    let calendar = reference.calendar_of(d.intake.centre);
    let (start, due) = (counted_from(d, calendar)?, d.due_at?);
    if !d.status.clock_runs() {
        return None;
    }
    let near = app.profile.calendar.near_due;
    let near = NearDue { percent: u32::from(near.percent), working_days: near.working_days };
    let left: Remaining = remaining(app.now(), start, due, calendar, &near);
    let (class, icon) = match left.level {
        Level::Running => ("clock-running", "running"),
        Level::NearDue => ("clock-near", "near"),
        Level::Overdue => ("clock-overdue", "overdue"),
    };
    let words = if lang == Lang::En { left.text_en() } else { left.text_vi() };
    Some(Clock { class, icon, words })
}

impl Own {
    fn of(app: &App, reference: &Reference, found: &Followed, proved: Proved, lang: Lang) -> Self {
        let Proved { people, seen, told, chosen, sent_it, results, parcel, visits, acts } = proved;
        let d = &found.state;
        let is_out = matches!(d.status, Status::Returned { .. });
        let variant = found.governing.procedure.variant(d.intake.variant.as_deref().unwrap_or_default());
        let name = |id: &str| variant.and_then(|v| v.component(id)).map_or_else(|| id.to_owned(), |c| c.name.clone());
        let got = d.intake.components.iter().filter(|c| c.is_here());
        Self {
            applicant: people.applicant.name.clone(),
            components: got.map(|c| (name(&c.id), count(c, lang))).collect(),
            result: d.result.as_ref().map(|r| r.number.clone()),
            visits: interlink::appointed(&d.links, &visits).into_iter().filter(|v| v.is_open).collect(),
            has_receipt: d.receipt.is_some(),
            check: is_out.then(|| qr::draw(&check_address(app, d)).ok()).flatten(),
            results: results.into_iter().map(|f| (f.name, f.sha256, size_text(f.size))).collect(),
            parcel,
            may_supplement: sent_it && d.request.is_some(),
            may_withdraw: sent_it && may_withdraw(&Who::citizen(d.intake.agency), d).is_ok(),
            ways: notices::ways(app, &people, chosen.as_deref()),
            told: one_an_event(told),
            seen: seen.iter().map(|told| Seen::of(told, reference, lang)).collect(),
            acts,
            kept_days: app.config.privacy.keep_reads_days,
        }
    }
}

impl Seen {
    fn of(told: &reads::Told, reference: &Reference, lang: Lang) -> Self {
        Self {
            agency: reference.agency_name(told.agency).to_owned(),
            way: told.way.map_or("", |way| lang.pick(way.words())),
            last_at: told.last_at,
            times: match told.officers {
                1 => lang.f1("{} lần", told.times),
                officers => lang.f2("{} lần, {} cán bộ", told.times, officers),
            },
        }
    }
}

/// Paper by its kinds; what came from home by its files.
fn count(c: &ReceivedComponent, lang: Lang) -> String {
    if c.on_paper() == 0 { lang.f1("{} tệp", c.files.len()) } else { on_paper(c, lang) }
}

/// Where anybody may check the result.
fn check_address(app: &App, d: &Dossier) -> String {
    let code = d.code.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{}/xac-minh/{code}", app.public_url())
}

/// The same words by several channels are shown once, as the page has them.
fn one_an_event(told: Vec<Notice>) -> Vec<Notice> {
    told.into_iter().filter(|n| n.channel == Channel::Page).collect()
}
