//! Agencies, units, centres, counters and officers: the marks of typed ids, and the numbers that identify people.

mod card;
mod identity;
mod telex;
mod vni;

pub use card::{Card, Sex, read_card};
pub use identity::{CitizenId, IdentityNumber, NotAPhone, NotAnIdentity, Phone, TaxCode};

/// An agency (cơ quan, đơn vị), named by its identifier such as `H49.24` (QĐ 20/2020).
#[derive(Debug)]
pub enum Agency {}
/// A unit (phòng, bộ phận) inside an agency.
#[derive(Debug)]
pub enum Unit {}
/// A public administration service centre or a commune's one-stop unit.
#[derive(Debug)]
pub enum Centre {}
/// A counter (quầy) of a centre.
#[derive(Debug)]
pub enum Counter {}
/// An officer (cán bộ, công chức, viên chức) or a post employee.
#[derive(Debug)]
pub enum Officer {}
