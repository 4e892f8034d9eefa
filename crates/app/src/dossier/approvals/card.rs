use super::seen::{kinds, since_sent_back};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        clock::Chip,
        inbox::{self, Line, lines},
        store::Work,
    },
    error::{AppError, Change},
    messages::Lang,
};
use domain::dossier::{Decision, Dossier, StoredEvent};
use std::collections::HashMap;

/// A dossier as its leader decides on it.
pub struct Card {
    pub line: Line,
    /// Who appraised, and in which words.
    pub opinion: Option<Opinion>,
    /// Why it should be read before it is signed.
    pub risks: Vec<&'static str>,
    /// What happened since this leader sent it back.
    pub changed: Vec<Change>,
}

pub struct Opinion {
    pub by: String,
    pub text: String,
    pub grants: bool,
}

impl Card {
    /// Nothing speaks against signing it together with others.
    pub fn is_plain(&self) -> bool {
        self.risks.is_empty()
    }
}

/// The cards of these dossiers, read with two queries whatever their number.
pub async fn cards(app: &App, me: &SignedIn, rows: Vec<Work>) -> Result<Vec<Card>, AppError> {
    let (ids, officer) = (rows.iter().map(|w| w.id.raw()).collect::<Vec<_>>(), me.who.officer);
    let codes = rows.iter().map(|w| w.state.intake.procedure_code.clone()).collect();
    let (events, known) = app
        .db
        .read(move |q| Ok::<_, AppError>((inbox::store::events_of_all(q, ids)?, kinds(q, officer, codes)?)))
        .await?;
    let (reference, lang) = (app.reference(), me.reader.lang);
    let states: HashMap<i64, _> = rows.iter().map(|w| (w.id.raw(), w.state.clone())).collect();
    let shown = lines(app, me, rows).await?;
    let card = |line: Line| {
        let state = &states[&line.id];
        let opinion = state.opinion.as_ref().map(|o| Opinion {
            by: reference.officer_name(o.by).to_owned(),
            text: o.text.clone(),
            grants: o.proposes == Decision::Grant,
        });
        let history: Vec<&StoredEvent> = events.iter().filter(|(id, _)| *id == line.id).map(|(_, e)| e).collect();
        let changed = since_sent_back(&history, me, &reference);
        let mut risks = risks(state, &line.clock, lang);
        if !known.contains(&state.intake.procedure_code) {
            risks.push(first_of_its_kind(lang));
        }
        Card { line, opinion, risks, changed }
    };
    Ok(shown.into_iter().map(card).collect())
}

/// The leader decided on none of this procedure yet.
pub fn first_of_its_kind(lang: Lang) -> &'static str {
    lang.t("Gần đây ông/bà chưa duyệt hồ sơ nào của thủ tục này.")
}

/// What the dossier itself says against signing it unread.
pub fn risks(state: &Dossier, clock: &Chip, lang: Lang) -> Vec<&'static str> {
    let mut risks = Vec::new();
    if clock.state == "overdue" {
        risks.push(lang.t("Hồ sơ đã quá hạn trả kết quả."));
    }
    if state.opinion.as_ref().is_none_or(|o| o.proposes != Decision::Grant) {
        risks.push(lang.t("Người thẩm định đề nghị không chấp thuận. Nên đọc kỹ trước khi ký."));
    }
    if state.unpaid().is_some() {
        risks.push(lang.t("Còn phí, lệ phí chưa nộp."));
    }
    risks
}
