//! What every business application needs and none is about: data base, clocks, identifiers, files, sessions, configuration.
//!
//! Nothing here knows what a dossier is; `domain` and `platform` meet only in the application.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod background;
pub mod blobs;
pub mod clamd;
pub mod clock;
pub mod config;
pub mod control;
pub mod db;
pub mod download;
pub mod file_kind;
pub mod ids;
pub mod outbox;
pub mod password;
mod percent;
pub mod random;
pub mod secret_key;
pub mod sessions;
pub mod shutdown;
pub mod telemetry;
pub mod throttle;
pub mod totp;
pub mod zip;
