//! Agencies through time: what decisions did to them, and the processes that this touches.

pub mod files;
pub mod page;
mod work;

pub use work::record;
