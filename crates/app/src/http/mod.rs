//! What every page and API handler shares: the frame of a page, forms that keep what was typed, problems in JSON,
//! security headers, assets.

pub mod after;
mod assets;
mod error_page;
mod form;
mod headers;
mod hosts;
mod in_words;
mod json;
pub mod listen;
mod once;
mod peer;
mod problem;
pub mod qr;
mod reader;
mod security;
mod shell;
mod taken;

pub use assets::{asset, embedded};
pub use error_page::{NeedsSignIn, PageError};
pub use form::{Form, Typed};
pub use headers::{IdempotencyKey, IfMatch};
pub use in_words::other_method;
pub use json::ApiJson;
pub use once::{hidden_key, led_on, once, replayed};
pub use peer::Peer;
pub use problem::{ApiError, Problem, ProblemField};
pub use reader::Reader;
pub use security::guard;
pub use shell::{Nav, Shell, encode, html};
