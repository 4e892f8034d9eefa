//! Slips about several dossiers: one receipt for what a person handed in together (INT-03), the list of what goes to the post
//! (RES-02). Their data is frozen in the unit that numbers them, and printed when somebody asks.

mod receipt;
mod slip;
pub mod store;

pub use receipt::{
    group::together,
    page::{send as make_receipt, show as ask_receipt},
};
pub use slip::page::show;
pub use store::JointSlip;

use super::{slips, store::next_number};
use crate::{accounts::SignedIn, app::App, error::AppError};
use documents::{Form, Letterhead};
use domain::{
    accounts::{Role, Who},
    dossier::Dossier,
    id::Id,
    people::Centre,
};
use platform::db::Unit;

/// The key of the number series of the joint receipt.
pub const RECEIPT: &str = "joint_receipt";
/// The key of the number series of the list of parcels.
pub const MANIFEST: &str = "post_manifest";

/// Numbers a slip about these dossiers and keeps it as `paper` fills it in under that number.
pub fn issue(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    (form, centre): (&str, Id<Centre>),
    dossiers: &[Id<Dossier>],
    paper: impl FnOnce(String, Letterhead) -> Form,
) -> Result<i64, AppError> {
    let (reference, now) = (app.reference(), app.now());
    let code = reference.centre(centre).ok_or(AppError::NotFound)?.code.clone();
    let year = now.day().year();
    let number = slips::number(form, next_number(unit, &format!("{form}/{code}/{year}"))?, year, &code);
    let data = paper(number.clone(), slips::letterhead_of(app, &reference, centre, now.day()));
    let slip = JointSlip {
        id: app.ids.next()?,
        form: form.to_owned(),
        number,
        centre,
        officer: who.officer,
        issued_at: now,
        data: serde_json::to_string(&data).map_err(AppError::internal)?,
    };
    store::insert(unit, &slip, dossiers)?;
    Ok(slip.id)
}

/// Its centre's officers read it, and whoever watches over the province: it names people of several agencies' dossiers.
pub fn may_read(me: &SignedIn, centre: Id<Centre>) -> bool {
    me.who.centre == Some(centre) || me.who.any(Role::reads_province)
}

/// The address of the slip's page.
pub fn path(id: i64) -> String {
    format!("/can-bo/phieu-chung/{id}")
}
