//! What an event issues on paper.

use crate::id::Id;
use serde::{Deserialize, Serialize};

/// A slip (phiếu): its frozen data is kept in a row of its own and printed when asked for.
#[derive(Debug)]
pub enum Slip {}

/// A numbered slip that an event issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRef {
    /// The row that keeps its frozen data.
    pub id: Id<Slip>,
    /// The number printed on it.
    pub number: String,
}
