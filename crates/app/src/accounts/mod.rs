//! Accounts, sessions and keys (ADM-01 … ADM-03).

mod account;
mod audit;
mod code;
mod device;
mod keys;
mod language;
mod lapsed;
mod login;
mod officers;
mod own_password;
pub mod passwords;
mod seal;
pub mod sessions;
mod sign_in;
mod signed_in;
pub mod store;
mod welcome;

pub use audit::audit;
pub use keys::{Keys, NewKey, create_key, keys_of, revoke_key};
pub use lapsed::{keep_typed, sweep as sweep_lapsed};
pub use login::Login;
pub use officers::{NewOfficer, Place, add_officer, place, role_list};
pub use passwords::set_password;
pub use signed_in::{Entered, KeyHolder, KeyScope, SignedIn, Stage};

use axum::routing::{get, post};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
        .route("/dang-nhap", get(sign_in::page::show).post(sign_in::page::send))
        .route("/dang-nhap/ma-xac-thuc", get(code::page::show).post(code::page::send))
        .route("/dang-nhap/thiet-bi", get(device::page::show).post(device::page::send))
        .route("/dang-nhap/mat-khau", get(own_password::page::show).post(own_password::page::send))
        .route("/can-bo/tai-khoan", get(account::page::show).post(account::page::send))
        .route("/dang-xuat", post(sign_in::page::leave))
        .route("/ngon-ngu", get(language::switch))
        .route("/chao-mung", get(welcome::page::show).post(welcome::page::send))
}
