//! Who may do what: roles, the two rights (reading, acting) and the scope of every read.

mod administration;
mod fields;
mod reading;
mod role;
mod scope;
mod stand_in;

pub use fields::{Bound, Fields};
pub use reading::{ReadersOf, Reading, half_day};
pub use role::{Role, UnknownRole};
pub use scope::{Scope, Who};
pub use stand_in::{
    Reserve, ReserveFault, StandIn, StandInFault, StandInKind, StandInRules, absence_of, acting_by,
    check as check_stand_in, check_reserve, identities, lent, same_for_all, works_at_a_desk,
};
