//! Who may do what: roles, the two rights (reading, acting) and the scope of every read.

mod administration;
mod role;
mod scope;

pub use role::{Role, UnknownRole};
pub use scope::{Scope, Who};
