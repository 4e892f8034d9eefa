//! What is remembered about the whole data base: the profile, whether it is a demo, the version of the reference data.

mod store;

pub use store::{bump_reference, get, reference_version, set};

/// The key of the profile that `migrate` stored.
pub const PROFILE: &str = "profile";
/// Present in a demo data base.
pub const DEMO: &str = "demo";
/// Counts up with every change of agencies, centres, officers, procedures or calendar.
pub const REFERENCE: &str = "reference_version";
/// Counts up with every change of the calendar.
pub const CALENDAR: &str = "calendar_version";
