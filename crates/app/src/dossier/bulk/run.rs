use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        Order, Target,
        act::principal,
        execute,
        inbox::{self, Line, lines},
        store::Key,
    },
    error::AppError,
    http::{Form, Problem, once},
    messages::Lang,
};
use domain::{
    dossier::{Command, Decision, Dossier},
    id::Id,
    people::Officer,
};
use futures_util::future::join_all;
use platform::db::Answer;

/// What is done with all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Assign(Id<Officer>),
    Submit,
    Approve,
    Undo,
    /// Back to the step before each, for this reason.
    Return(String),
    /// This opinion into each, and on to whoever approves.
    Opine(Decision, String),
}

impl Step {
    /// As the form sends it.
    pub fn of(form: &Form) -> Option<Self> {
        match form.value("act") {
            "assign" => form.value("officer").parse().ok().map(Self::Assign),
            "submit" => Some(Self::Submit),
            "approve" => Some(Self::Approve),
            "undo" => Some(Self::Undo),
            "return" => form.text("text").map(|text| Self::Return(text.to_owned())),
            "opine" => {
                let proposes = if form.is("opinion", "decline") { Decision::Decline } else { Decision::Grant };
                form.text("text").map(|text| Self::Opine(proposes, text.to_owned()))
            }
            _ => None,
        }
    }
    pub fn command(&self) -> Command {
        match self {
            Self::Assign(officer) => Command::Assign { unit: None, officer: *officer },
            Self::Return(reason) => Command::ReturnToStep { step: None, reason: reason.clone() },
            Self::Opine(opinion, text) => Command::Appraise { opinion: *opinion, text: text.clone() },
            Self::Submit => Command::SubmitForApproval,
            Self::Approve => Command::Approve { decision: Decision::Grant, reason: None },
            Self::Undo => Command::Undo,
        }
    }
}

/// A ticked row: the dossier as the officer saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    pub id: Id<Dossier>,
    pub version: u32,
}

/// More than anybody ticks on one page.
const MOST: usize = 200;

/// The ticked rows of a form: `hs=ID:VERSION`, each once.
pub fn picks(form: &Form) -> Vec<Pick> {
    let read = |text: &String| {
        let (id, version) = text.split_once(':')?;
        Some(Pick { id: id.parse().ok()?, version: version.parse().ok()? })
    };
    let mut seen = std::collections::HashSet::new();
    form.all("hs").iter().filter_map(read).filter(|p| seen.insert(p.id.raw())).take(MOST).collect()
}

/// What was said about each: nothing when it was done, else why it was not.
pub type Told = Vec<(Id<Dossier>, Option<String>)>;

/// Does the step with each, under a key of its own: sent twice, done once. They are given to the data base together, so that
/// they share its commits.
pub async fn run(app: &App, me: &SignedIn, orders: Vec<(Pick, Command)>, key: &str) -> Told {
    let acts =
        orders.into_iter().map(|(pick, command)| async move { (pick.id, one(app, me, pick, command, key).await) });
    join_all(acts).await
}

/// The second half of an opinion: those that carry it now go on, each from the version that the opinion made. What was refused
/// before is told as it was.
pub async fn submitted(app: &App, me: &SignedIn, picked: &[Pick], told: Told, key: &str) -> Told {
    let carries = |pick: &&Pick| told.iter().any(|(id, refused)| *id == pick.id && refused.is_none());
    let next = |pick: &Pick| (Pick { version: pick.version + 1, ..*pick }, Command::SubmitForApproval);
    let orders = picked.iter().filter(carries).map(next).collect();
    let mut second = run(app, me, orders, &format!("{key}-submit")).await;
    second.extend(told.into_iter().filter(|(_, refused)| refused.is_some()));
    second
}

/// What became of one of them.
pub struct Outcome {
    /// Absent when the dossier is out of the officer's scope.
    pub line: Option<Line>,
    /// What was refused and why; nothing when it was done.
    pub refused: Option<String>,
}

/// The outcomes with the dossiers as they stand now.
pub async fn shown(app: &App, me: &SignedIn, told: Told) -> Result<Vec<Outcome>, AppError> {
    let (scope, ids) = (me.who.scope(), told.iter().map(|(id, _)| id.raw()).collect::<Vec<_>>());
    let rows = app.db.read(move |q| Ok::<_, AppError>(inbox::store::by_ids(q, &scope, ids)?)).await?;
    let mut lines = lines(app, me, rows).await?;
    let outcome = |(id, refused): (Id<Dossier>, Option<String>)| {
        let at = lines.iter().position(|l| l.id == id.raw());
        Outcome { line: at.map(|i| lines.swap_remove(i)), refused }
    };
    Ok(told.into_iter().map(outcome).collect())
}

async fn one(app: &App, me: &SignedIn, pick: Pick, command: Command, key: &str) -> Option<String> {
    let order = Order { target: Target::Known { key: Key::Id(pick.id), version: pick.version }, command };
    let once = once(app, principal(me), format!("{key}-{}", pick.id), &format!("{order:?}"));
    let done = execute(app, &me.who, once, order, |_| Answer { status: 200, body: String::new() }).await;
    done.err().map(|e| why(&e, me.reader.lang))
}

/// Why it was not done, in words; for a race also what the other did.
fn why(error: &AppError, lang: Lang) -> String {
    let told = Problem::of(error);
    let mut said = vec![if lang == Lang::En { told.detail_en } else { told.detail }];
    if let AppError::Stale { changed, .. } = error {
        said.extend(changed.iter().map(|c| format!("{} ({}).", c.words(&lang), c.officer)));
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_rows_are_read_once_each_and_nonsense_is_passed_over() {
        let pairs = ["7:2", "7:2", "x", "8", "9:y", "10:1"].map(|v| ("hs".to_owned(), v.to_owned()));
        let read = picks(&Form::from_pairs(pairs));
        assert_eq!(read.iter().map(|p| (p.id.raw(), p.version)).collect::<Vec<_>>(), [(7, 2), (10, 1)]);
    }
}
