use crate::{
    app::App,
    dossier::store::{self, Work},
    error::AppError,
    interlink,
};
use domain::{
    accounts::{Role, Who},
    catalogue::{Place, Process},
    dossier::{CONFIRM_POOL, CommandName, Dossier, confirms, holds, may_assign, waits_for},
};
use platform::db::Query;

/// Which part of the work is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    All,
    /// What I hold in person.
    Mine,
    /// What waits for somebody to take it.
    Waiting,
    /// What waits in my unit.
    Unit,
    /// What my agency is asked, and its parts in others' dossiers.
    Branches,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::All, Self::Mine, Self::Waiting, Self::Unit, Self::Branches];
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Mine => "toi",
            Self::Waiting => "cho",
            Self::Unit => "phong",
            Self::Branches => "phoi-hop",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "Tất cả",
            Self::Mine => "Tôi đang giữ",
            Self::Waiting => "Chờ nhận trong cơ quan",
            Self::Unit => "Chờ nhận trong phòng tôi",
            Self::Branches => "Phối hợp, cho ý kiến",
        }
    }
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|p| p.key() == key).unwrap_or(Self::All)
    }
}

/// A page of the work, and the key after which the next begins.
pub struct Found {
    pub rows: Vec<Work>,
    pub next: Option<(i64, i64)>,
}

/// Rows on one page.
pub const MOST: usize = 50;

/// The key after which a page begins, as the address has it: `due-id`.
pub fn after(text: &str) -> (i64, i64) {
    let read = |(due, id): (&str, &str)| Some((due.parse().ok()?, id.parse().ok()?));
    text.rsplit_once('-').and_then(read).unwrap_or((i64::MIN, 0))
}

/// What this officer may act on, by due date; a row of another's stays unseen even if a list should bring it.
pub async fn gather(app: &App, who: &Who, part: Part, after: (i64, i64)) -> Result<Found, AppError> {
    let (app, identities) = (app.clone(), app.reference().identities(who, app.now()));
    let db = app.db.clone();
    db.read(move |q| {
        let mut rows = Vec::new();
        for who in &identities {
            rows.extend(sources(q, &app.reference().pools, who, part, after)?);
        }
        rows.sort_by_key(|w| w.after);
        rows.dedup_by_key(|w| w.id);
        let next = (rows.len() > MOST).then(|| rows[MOST - 1].after);
        rows.truncate(MOST);
        let mut mine = Vec::with_capacity(rows.len());
        for row in rows {
            let governing = app.versions.of(q, &row.state.intake)?;
            let process = &governing.process;
            let acts = |who| {
                holds(who, &row.state, process)
                    || may_assign(who, &row.state, process)
                    || on_branch(who, &row.state, process)
            };
            if identities.iter().any(acts) {
                mine.push(row);
            }
        }
        Ok(Found { rows: mine, next })
    })
    .await
}

fn sources(
    q: &mut impl Query,
    pools: &[String],
    who: &Who,
    part: Part,
    after: (i64, i64),
) -> Result<Vec<Work>, AppError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
    let mut rows = Vec::new();
    if matches!(part, Part::All | Part::Mine) {
        rows.extend(store::held_by(q, who.officer, after, most)?);
    }
    if part == Part::Mine {
        return Ok(rows);
    }
    if matches!(part, Part::All | Part::Branches) && who.any(Role::works_in_agency) {
        let ids = interlink::store::dossiers_of(q, who.agency, after, most)?;
        rows.extend(store::works(q, &ids)?);
    }
    if part == Part::Branches {
        return Ok(rows);
    }
    for pool in pools {
        match (waits_for(pool, who).map(|(place, _)| place), who.centre) {
            (Some(Place::Agency), _) => rows.extend(store::agency_pool(q, who.agency, pool, after, most)?),
            (Some(Place::Centre), Some(centre)) => rows.extend(store::centre_pool(q, centre, pool, after, most)?),
            (Some(Place::Centre), None) | (None, _) => {}
        }
    }
    if let Some(centre) = who.centre.filter(|_| who.any(confirms)) {
        rows.extend(store::centre_pool(q, centre, CONFIRM_POOL, after, most)?);
    }
    if part == Part::Unit {
        rows.retain(|w| w.state.holder.as_ref().is_some_and(|h| h.unit == Some(who.unit)));
    }
    Ok(rows)
}

/// Somebody else holds the dossier, and this officer has something to do for it.
fn on_branch(who: &Who, d: &Dossier, process: &Process) -> bool {
    domain::interlink::lawful(who, d, process).iter().any(|c| matches!(c, CommandName::Replies | CommandName::Parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_page_is_read_as_it_is_written_and_nonsense_begins_at_the_beginning() {
        assert_eq!(after("1759712400000-42"), (1_759_712_400_000, 42));
        assert_eq!(after("-5-42"), (-5, 42));
        for wrong in ["", "x", "1-", "-", "1-x"] {
            assert_eq!(after(wrong), (i64::MIN, 0), "{wrong}");
        }
    }
}
