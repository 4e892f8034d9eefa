//! Stand-ins for the outside world that speak its wire protocols: for tests and for the demo, never a part of the product.
//!
//! They know the protocols by themselves and share no type with the product, so that a mistake on its side shows.
#![forbid(unsafe_code)]

pub mod portal;
pub mod registers;
