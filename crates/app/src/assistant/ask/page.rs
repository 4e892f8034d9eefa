//! `/tro-ly`: a question in one's own words, and what the catalogue says to it with its source. A question is sent, so that
//! nothing personal in it comes to stand in an address; parts of a procedure are links.

use crate::{
    app::App,
    assistant::{
        model,
        passages::{Passage, label},
    },
    catalogue::{Governing, Listed},
    error::AppError,
    home::Foot,
    http::{Form, PageError, Peer, Reader, Shell, Typed, html},
    messages::Lang,
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    assistant::{Choice, Part, Question, choose},
    catalogue::ProcedureCode,
};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Template)]
#[template(path = "assistant/ask/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    /// The procedure that is spoken of: it goes with the next question.
    kept: Option<Near>,
    answer: Answer,
}

/// A procedure by its name.
struct Near {
    code: String,
    name: String,
    field: String,
    /// Where its answer stands.
    href: String,
}

enum Answer {
    /// Nothing was asked yet.
    None,
    Told(Told),
    /// Several procedures, none of them sure.
    Choose(Vec<Near>),
    /// It is about a dossier, which has its own page.
    OwnDossier,
    Unknown,
}

struct Told {
    passages: Vec<Passage>,
    /// In a model's words, where one is configured and kept to the passages.
    phrased: Option<String>,
    /// The decision that published it, and what it rests on.
    published: Option<String>,
    bases: Vec<String>,
    others: Vec<Near>,
    /// What else may be asked of it: address, words.
    further: Vec<(String, &'static str)>,
}

/// Procedures whose passages a model gets when none is sure.
const MOST_READ: usize = 3;
/// Laws named under an answer; the procedure's page has them all.
const MOST_BASES: usize = 3;

/// `GET /tro-ly?thu_tuc=CODE&muc=PARTS`: the page, or what a procedure says of these parts.
pub async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let form = Form::from_pairs(asked);
    let Some(code) = form.text("thu_tuc").map(str::to_owned) else {
        return Ok(html(&Page::of(&app, &reader, form, None, Answer::None)));
    };
    let page = async {
        let reference = app.reference();
        let listed = reference.procedure(&code).ok_or(AppError::NotFound)?;
        let parts: Vec<Part> = form.value("muc").split(' ').filter_map(Part::from_key).collect();
        let governing = governing(&app, vec![listed]).await?;
        let told = Told::of(&app, &governing, &parts, Vec::new(), reader.lang);
        let kept = Near::of(&reference, listed.code.as_str(), &parts);
        Ok::<_, AppError>(html(&Page::of(&app, &reader, form, kept, Answer::Told(told))))
    };
    page.await.map_err(|e| PageError::new(&app, &reader, e))
}

/// `POST /tro-ly`: a question.
pub async fn send(
    State(app): State<App>,
    reader: Reader,
    from: Peer,
    Typed(mut form): Typed,
) -> Result<Response, PageError> {
    let (vi, en) = (
        "Xin gõ câu hỏi, ví dụ: đăng ký kết hôn cần giấy tờ gì?",
        "Please type a question, for example: which papers does a marriage registration need?",
    );
    let text = form.required("hoi", vi, en);
    let reference = app.reference();
    let kept: Option<ProcedureCode> = form
        .text("thu_tuc")
        .and_then(|c| c.parse().ok())
        .filter(|c: &ProcedureCode| reference.procedure(c.as_str()).is_some());
    if !form.is_good() {
        let kept = kept.and_then(|c| Near::of(&reference, c.as_str(), &[]));
        let page = html(&Page::of(&app, &reader, form, kept, Answer::None));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let question = Question::read(&text);
    let (code, answer) =
        answer(&app, from, &question, kept, reader.lang).await.map_err(|e| PageError::new(&app, &reader, e))?;
    let kept = code.and_then(|c| Near::of(&reference, c.as_str(), &question.parts));
    Ok(html(&Page::of(&app, &reader, form, kept, answer)))
}

/// What is said, and the procedure that the next question goes on with.
async fn answer(
    app: &App,
    from: Peer,
    question: &Question,
    kept: Option<ProcedureCode>,
    lang: Lang,
) -> Result<(Option<ProcedureCode>, Answer), AppError> {
    if question.own_dossier {
        return Ok((kept, Answer::OwnDossier));
    }
    let reference = app.reference();
    match choose(&reference.search, question, kept.as_ref()) {
        Choice::Sure { code, others } => {
            let listed = reference.procedure(code.as_str()).ok_or(AppError::NotFound)?;
            let governing = governing(app, vec![listed]).await?;
            let near = nears(&reference, &others, &question.parts);
            let mut told = Told::of(app, &governing, &question.parts, near, lang);
            told.in_words(app, from, question, &governing, lang).await;
            Ok((Some(code), Answer::Told(told)))
        }
        Choice::Near(codes) => {
            let near = nears(&reference, &codes, &question.parts);
            let read: Vec<&Listed> =
                codes.iter().take(MOST_READ).filter_map(|c| reference.procedure(c.as_str())).collect();
            if app.config.assistant.url.is_none() {
                return Ok((kept, Answer::Choose(near)));
            }
            let governing = governing(app, read).await?;
            let mut told = Told { passages: Vec::new(), ..Told::of(app, &governing, &question.parts, near, lang) };
            told.in_words(app, from, question, &governing, lang).await;
            let answer = if told.phrased.is_some() { Answer::Told(told) } else { Answer::Choose(told.others) };
            Ok((kept, answer))
        }
        Choice::Nothing => Ok((kept, Answer::Unknown)),
    }
}

/// The versions in force.
async fn governing(app: &App, listed: Vec<&Listed>) -> Result<Vec<Arc<Governing>>, AppError> {
    let versions: Vec<_> = listed.iter().map(|l| l.version).collect();
    let app_ = app.clone();
    app.db.read(move |q| versions.into_iter().map(|v| app_.versions.get(q, v)).collect()).await
}

fn nears(reference: &Reference, codes: &[ProcedureCode], parts: &[Part]) -> Vec<Near> {
    codes.iter().filter_map(|c| Near::of(reference, c.as_str(), parts)).collect()
}

impl Near {
    fn of(reference: &Reference, code: &str, parts: &[Part]) -> Option<Self> {
        let listed = reference.procedure(code)?;
        Some(Self {
            code: code.to_owned(),
            name: listed.name.clone(),
            field: listed.field.clone(),
            href: href(code, parts),
        })
    }
}

fn href(code: &str, parts: &[Part]) -> String {
    let keys: Vec<&str> = parts.iter().map(|p| p.key()).collect();
    if keys.is_empty() {
        format!("/tro-ly?thu_tuc={code}")
    } else {
        format!("/tro-ly?thu_tuc={code}&muc={}", keys.join("+"))
    }
}

impl Told {
    /// What the first of these procedures says of the parts asked for; of the usual ones where none was asked for.
    fn of(app: &App, governing: &[Arc<Governing>], parts: &[Part], others: Vec<Near>, lang: Lang) -> Self {
        let asked = if parts.is_empty() { &Part::BRIEF[..] } else { parts };
        let Some(first) = governing.first() else {
            return Self {
                passages: Vec::new(),
                phrased: None,
                published: None,
                bases: Vec::new(),
                others,
                further: Vec::new(),
            };
        };
        let p = &first.procedure;
        let published = (!p.publication.number.is_empty())
            .then(|| lang.f2("Công bố theo Quyết định {} của {}.", &p.publication.number, &p.publication.issuer));
        let bases = p.legal_bases.iter().map(|b| &b.number).filter(|n| !n.is_empty()).take(MOST_BASES);
        let further = Part::all().filter(|part| !asked.contains(part));
        Self {
            passages: asked.iter().map(|part| Passage::of(app, first, *part, lang)).collect(),
            phrased: None,
            published,
            bases: bases.cloned().collect(),
            others,
            further: further.map(|part| (href(p.code.as_str(), &[part]), label(part))).collect(),
        }
    }

    /// Lets the model choose among all that these procedures say; what it does not name is not shown.
    async fn in_words(&mut self, app: &App, from: Peer, question: &Question, governing: &[Arc<Governing>], lang: Lang) {
        if app.config.assistant.url.is_none() {
            return;
        }
        let of_one = |g: &Arc<Governing>| Part::all().map(|p| Passage::of(app, g, p, lang)).collect::<Vec<_>>();
        let all: Vec<Passage> = governing.iter().flat_map(of_one).collect();
        let Some(phrased) = model::phrase(app, from, &question.whole, &all, lang).await else { return };
        let cited = all.into_iter().enumerate().filter(|(at, _)| phrased.cited.contains(at));
        self.passages = cited.map(|(_, passage)| passage).collect();
        self.phrased = Some(phrased.text);
    }
}

impl Page {
    fn of(app: &App, reader: &Reader, form: Form, kept: Option<Near>, answer: Answer) -> Self {
        let shell = Shell::public(app, reader, reader.lang.t("Hỏi về thủ tục"));
        Self { shell, foot: Foot::of(app), form, kept, answer }
    }
    /// What was asked, as it is said back.
    fn asked(&self) -> &str {
        self.form.text("hoi").unwrap_or_default()
    }
}
