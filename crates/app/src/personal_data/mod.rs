//! What people ask about their own data: correction, and a copy of what is held. Each request has its clock; those who answer for
//! the Centre see it, are reminded, and answer; whoever asked reads the answer on their own page.

mod act;
mod ask;
mod fire;
mod letters;
pub mod store;

// A screen each: GET and POST in one file, the template beside it.
mod enter {
    pub mod page;
}
mod list {
    pub mod page;
}
mod mine {
    pub mod page;
}
mod one {
    pub mod page;
}

pub use fire::{Called, called, fire, sweep};
pub use letters::{ANSWERED, DUE, send_answered, send_due};

use crate::app::App;
use axum::{
    Router,
    routing::{get, post},
};
use domain::personal_data::State;

/// Colour and icon that repeat a state.
const fn tone(state: State) -> &'static str {
    match state {
        State::New | State::TakenOn => "running",
        State::Answered => "done",
        State::Withdrawn => "paused",
    }
}

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/cong-dan/du-lieu", get(mine::page::show).post(mine::page::send))
        .route("/cong-dan/du-lieu/{id}/rut", post(mine::page::withdraw))
        .route("/can-bo/du-lieu-ca-nhan", get(list::page::show))
        .route("/can-bo/du-lieu-ca-nhan/moi", get(enter::page::show).post(enter::page::send))
        .route("/can-bo/du-lieu-ca-nhan/{id}", get(one::page::show).post(one::page::send))
}
