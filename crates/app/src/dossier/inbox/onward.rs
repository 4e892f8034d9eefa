//! After a step, the dossier that comes next in the list as the officer left it: whoever works two hundred off goes from one to
//! the next without opening the list again (FLW-07).

use super::{
    filter::Filter,
    gather::{FIRST, page},
    memory,
    store::Shown,
    view::View,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{store::Listed, subject::path_of},
    error::AppError,
};
use domain::{dossier::Dossier, id::Id};
use platform::db::Reader;

/// The next dossier.
pub struct Onward {
    pub code: String,
    pub href: String,
}

/// What follows `done` in the remembered list, else what stands first in it; `None` when nothing else is left there.
pub async fn onward(app: &App, me: &SignedIn, done: (Id<Dossier>, &Dossier)) -> Result<Option<Onward>, AppError> {
    let filter = Filter::of(&memory::last(app, me).await?.unwrap_or_default());
    if !filter.view.is_to_do() && filter.view != View::Unit {
        return Ok(None);
    }
    let id = done.0.raw();
    let behind = (Listed::of(done.1).due_key, id);
    let (app, who, identities) = (app.clone(), me.who.clone(), app.reference().identities(&me.who, app.now()));
    let db = app.db.clone();
    let look = move |q: &mut Reader| {
        for after in [behind, FIRST] {
            let from = Filter { after, ..filter.clone() };
            let found = page(q, &app, &who, &identities, &from, Shown::WithoutNames)?;
            if let Some(row) = found.rows.into_iter().find(|row| row.id.raw() != id) {
                let code = row.state.code.as_ref().map(ToString::to_string).unwrap_or_default();
                return Ok::<_, AppError>(Some(Onward { code, href: path_of(row.id, &row.state) }));
            }
        }
        Ok(None)
    };
    db.read(look).await
}
