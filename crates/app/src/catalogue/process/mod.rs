//! Processes of a procedure (CAT-04).

pub mod store;
