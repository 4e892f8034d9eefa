//! Shared lists that the Centre keeps (CAT-07): synonyms of the search, occasions of life, agencies and areas through time,
//! and the plain lists of the country.

pub mod events;
mod seed;
pub mod store;

pub use seed::seed;
