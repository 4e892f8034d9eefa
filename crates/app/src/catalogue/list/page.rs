use crate::{
    app::App,
    catalogue::{Listed, Question, facets::Facet, find, listing::Listing, words},
    home::Foot,
    http::{Reader, Shell, encode, html},
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::catalogue::{Audience, search::highlight};
use serde::Deserialize;
use std::sync::Arc;

const PAGE: usize = 20;
/// What fits under a field while people type.
const SUGGESTED: usize = 6;

/// What the search form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    linh_vuc: String,
    cap: String,
    co_quan: String,
    doi_tuong: String,
    viec: String,
    chu: String,
    trang: String,
}

impl Asked {
    fn question(&self) -> Question {
        let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        Question {
            text: self.q.clone(),
            field: some(&self.linh_vuc),
            level: words::level_of(&self.cap),
            agency: some(&self.co_quan),
            audience: Audience::from_key(&self.doi_tuong),
            event: some(&self.viec),
            letter: self.chu.chars().next().map(|c| c.to_uppercase().next().unwrap_or(c)),
        }
    }
    /// Anything besides the words.
    fn is_narrowed(&self) -> bool {
        [&self.linh_vuc, &self.cap, &self.co_quan, &self.doi_tuong].iter().any(|f| !f.is_empty())
    }
}

#[derive(Template)]
#[template(path = "catalogue/list/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    asked: Asked,
    listing: Arc<Listing>,
    letters: Vec<Letter>,
    found: usize,
    number: usize,
    pages: usize,
    rows: Vec<Row>,
}

/// An answer in one line.
struct Suggested {
    code: String,
    /// In pieces; those of the question are marked.
    name: Vec<(bool, String)>,
    field: String,
}

/// A letter of the alphabet under which names stand.
struct Letter {
    sign: char,
    href: String,
    is_open: bool,
}

/// The first answers, shown under the field while people type.
#[derive(Template)]
#[template(path = "catalogue/list/suggest.html")]
struct Suggest {
    lang: Lang,
    asked: String,
    rows: Vec<Suggested>,
    found: usize,
}

struct Row {
    code: String,
    /// In pieces; those of the question are marked.
    name: Vec<(bool, String)>,
    field: String,
    handled_by: String,
    limit: String,
    fee: String,
    online: &'static str,
}

/// `GET /thu-tuc`: search as people type, by field, agency, level, audience, occasion of life and letter (CAT-01).
pub async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Asked>) -> Response {
    let reference = app.reference();
    let lang = reader.lang;
    let found = find(&reference, &asked.question());
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = asked.trang.parse().unwrap_or(1).clamp(1, pages);
    let shown = found.iter().skip((page - 1) * PAGE).take(PAGE);
    let row = |p: &&Listed| Some(Row::of(p, reference.facets.of(p.version)?, &asked.q, lang));
    let rows: Vec<Row> = shown.filter_map(row).collect();
    let found = found.len();
    let event = reference.life_events.iter().find(|e| e.active && e.key == asked.viec);
    let title = event.map_or_else(|| lang.t("Thủ tục hành chính"), |e| e.words(lang));
    let shell = Shell::public(&app, &reader, title);
    let open = asked.question().letter;
    html(&Page {
        shell,
        foot: Foot::of(&app),
        listing: Arc::clone(&reference.listing),
        letters: reference.listing.letters.iter().map(|l| Letter::of(*l, open)).collect(),
        asked,
        found,
        number: page,
        pages,
        rows,
    })
}

/// `GET /thu-tuc/goi-y?q=`: the first answers, as a piece of a page.
pub async fn suggest(State(app): State<App>, reader: Reader, Query(asked): Query<Asked>) -> Response {
    let reference = app.reference();
    let question = Question { text: asked.q.clone(), ..Question::default() };
    let found = if asked.q.trim().is_empty() { Vec::new() } else { find(&reference, &question) };
    let row = |p: &&Listed| Suggested {
        code: p.code.to_string(),
        name: highlight(&p.name, &asked.q),
        field: p.field.clone(),
    };
    let rows = found.iter().take(SUGGESTED).map(row).collect();
    html(&Suggest { lang: reader.lang, rows, found: found.len(), asked: encode(&asked.q) })
}

impl Letter {
    fn of(letter: char, open: Option<char>) -> Self {
        Self {
            sign: letter,
            href: format!("/thu-tuc?chu={}", encode(&letter.to_string())),
            is_open: open == Some(letter),
        }
    }
}

impl Row {
    fn of(listed: &Listed, facet: &Facet, asked: &str, lang: Lang) -> Self {
        let brief = facet.brief(lang);
        Self {
            code: listed.code.to_string(),
            name: highlight(&listed.name, asked),
            field: listed.field.clone(),
            handled_by: brief.handled_by.clone(),
            limit: brief.how_long.clone(),
            fee: brief.how_much.clone(),
            online: words::online(facet.online).1,
        }
    }
}

impl Page {
    /// Levels of the filter: key, name.
    #[expect(clippy::unused_self, reason = "the template reaches it through the page")]
    fn levels(&self) -> Vec<(&'static str, &'static str)> {
        words::levels().map(|l| (words::level_key(l), words::level_name(l))).collect()
    }
    /// Audiences of the filter: key, name.
    fn audiences(&self) -> Vec<(&'static str, &'static str)> {
        Audience::ALL.into_iter().map(|a| (a.key(), self.shell.lang.pick(a.words()))).collect()
    }
    /// The same question on another page.
    fn href(&self, page: usize) -> String {
        let a = &self.asked;
        let parts = [
            ("q", &a.q),
            ("linh_vuc", &a.linh_vuc),
            ("cap", &a.cap),
            ("co_quan", &a.co_quan),
            ("doi_tuong", &a.doi_tuong),
            ("viec", &a.viec),
            ("chu", &a.chu),
        ];
        let kept = parts.iter().filter(|(_, value)| !value.is_empty());
        let kept: Vec<_> = kept.map(|(name, value)| format!("{name}={}&", encode(value))).collect();
        format!("/thu-tuc?{}trang={page}", kept.concat())
    }
    /// First row of this page, and the last one.
    fn span(&self) -> (usize, usize) {
        let first = (self.number - 1) * PAGE;
        (first + 1, first + self.rows.len())
    }
}
