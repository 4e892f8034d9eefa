//! What the page says beside the form: who is competent, what it costs, when it would be due.

use crate::{accounts::SignedIn, app::App, catalogue::Governing, dossier::subject::moment, messages::Lang};
use domain::{
    catalogue::{
        Channel,
        competence::{Competence, competent},
    },
    deadline::due,
    dossier::ResultBy,
    id::Id,
    people::Centre,
    time::Instant,
};
use jiff::civil::Date;

/// "Nếu tiếp nhận bây giờ, hẹn trả…"
pub struct Due {
    /// Absent for procedures without an appointed day.
    pub at: Option<String>,
    pub limit: String,
    /// Why this date, line by line.
    pub lines: Vec<String>,
}

/// The due date of a dossier received at this moment; `None` where the calendar ends before.
pub fn due_from(
    app: &App,
    governing: &Governing,
    centre: Id<Centre>,
    channel: Channel,
    (variant, at): (&str, Instant),
    lang: Lang,
) -> Option<Due> {
    let reference = app.reference();
    let limit = governing.procedure.limit_for(channel, variant);
    let found = due(at, limit, reference.calendar_of(centre), &reference.clock).ok()?;
    let is_en = lang == Lang::En;
    Some(Due {
        at: found.due_at.map(moment),
        limit: if is_en { limit.text_en() } else { limit.text_vi() },
        lines: found.lines.iter().map(|l| if is_en { l.text_en() } else { l.text_vi() }).collect(),
    })
}

/// A fee as published.
pub struct FeeLine {
    pub name: String,
    /// For whom or for what, in the catalogue's own words.
    pub text: String,
    pub amount: Option<String>,
    /// The document that sets it; empty where the catalogue names none.
    pub basis: String,
}

/// The fees as the receipt prints them: each with its own words, because the lines are cases of which one or some apply.
pub fn fees(governing: &Governing, channel: Channel, variant: &str, day: Date, lang: Lang) -> Vec<FeeLine> {
    let lines = governing.procedure.fees_for(channel, variant, day).into_iter();
    lines
        .filter(|line| line.amount.map_or(!line.text.trim().is_empty(), |amount| amount > 0))
        .map(|line| {
            let name = lang.pick(line.kind.words());
            let amount = line.amount.and_then(|a| u64::try_from(a).ok()).map(documents::money);
            let basis = line.basis.trim().to_owned();
            FeeLine { name: name.to_owned(), text: line.text.trim().to_owned(), amount, basis }
        })
        .collect()
}

/// Who decides.
pub enum Agencies {
    /// Only this one.
    One(String),
    /// Identifier and name of each that may be chosen.
    Choice(Vec<(String, String)>),
}

pub fn agencies(app: &App, governing: &Governing) -> Agencies {
    let reference = app.reference();
    let pair = |a: &crate::people::store::Agency| (a.identifier.clone(), a.name.clone());
    match competent(&governing.procedure, &reference.directory) {
        Competence::One(only) => Agencies::One(only.name.clone()),
        Competence::Choice(some) => {
            Agencies::Choice(some.iter().map(|a| (a.identifier.clone(), a.name.clone())).collect())
        }
        Competence::Unknown => Agencies::Choice(reference.agencies.iter().filter(|a| a.active).map(pair).collect()),
    }
}

/// The channels an officer takes in; online dossiers come in by themselves.
pub fn channels(app: &App) -> Vec<Channel> {
    let open = &app.profile.intake.channels;
    [Channel::Counter, Channel::Post, Channel::PostEmployee].into_iter().filter(|c| open.contains(c)).collect()
}

/// The ways in which the applicant may have the result (INT-15).
pub fn ways(app: &App) -> Vec<ResultBy> {
    let open = &app.profile.returning.channels;
    ResultBy::ALL.into_iter().filter(|way| open.contains(way)).collect()
}

/// The words of a channel on the form.
pub const fn channel_words(channel: &Channel) -> &'static str {
    match channel {
        Channel::Counter => "Tại quầy",
        Channel::Post => "Qua bưu chính",
        Channel::Online => "Trực tuyến",
        Channel::PostEmployee => "Nhân viên bưu điện",
    }
}

/// What the form begins with: the officer's own desk decides most of it.
pub fn first_channel(me: &SignedIn, open: &[Channel]) -> Channel {
    use domain::accounts::Role;
    let post = me.who.is(Role::PostEmployee) && open.contains(&Channel::PostEmployee);
    if post { Channel::PostEmployee } else { open.first().copied().unwrap_or(Channel::Counter) }
}
