//! Accounts, sessions and keys (ADM-01 … ADM-03).

mod audit;
mod keys;
mod language;
mod login;
mod officers;
pub mod passwords;
pub mod sessions;
mod sign_in;
mod signed_in;
pub mod store;
mod welcome;

pub use audit::audit;
pub use keys::create_key;
pub use login::Login;
pub use officers::{NewOfficer, Place, add_officer, place, role_list};
pub use passwords::set_password;
pub use signed_in::{Entered, KeyHolder, KeyScope, SignedIn, Stage};

use axum::routing::{get, post};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
        .route("/dang-nhap", get(sign_in::page::show).post(sign_in::page::send))
        .route("/dang-xuat", post(sign_in::page::leave))
        .route("/ngon-ngu", get(language::switch))
        .route("/chao-mung", get(welcome::page::show).post(welcome::page::send))
}
