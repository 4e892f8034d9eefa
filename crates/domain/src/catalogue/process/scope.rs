//! For which dossiers a process is meant: a procedure may have several, by case, by channel, by agency (CAT-04).

use super::working_minutes;
use crate::{
    catalogue::{Channel, ProcedureVersion},
    deadline::TimeLimit,
    id::Id,
    people::Agency,
};
use serde::{Deserialize, Serialize};

/// The dossiers for which a process holds. Whatever is empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessScope {
    /// The agency that handles; absent for every competent one.
    pub agency: Option<Id<Agency>>,
    /// Channels through which the dossier came in.
    pub channels: Vec<Channel>,
    /// Cases of the procedure, by id.
    pub variants: Vec<String>,
}

impl ProcessScope {
    /// How closely it fits, higher is closer; `None` when it is not meant for such a dossier. A case counts more than a
    /// channel, a channel more than an agency.
    pub fn fits(&self, agency: Id<Agency>, channel: Channel, variant: &str) -> Option<u8> {
        let narrows = |is_set: bool, holds: bool, weight: u8| match (is_set, holds) {
            (false, _) => Some(0),
            (true, true) => Some(weight),
            (true, false) => None,
        };
        let case = narrows(!self.variants.is_empty(), self.variants.iter().any(|v| v == variant), 4)?;
        let way = narrows(!self.channels.is_empty(), self.channels.contains(&channel), 2)?;
        let who = narrows(self.agency.is_some(), self.agency == Some(agency), 1)?;
        Some(case + way + who)
    }

    /// The shortest statutory limit among the dossiers for which it holds: the one that its steps must keep.
    pub fn limit(&self, procedure: &ProcedureVersion) -> TimeLimit {
        let channels = if self.channels.is_empty() { &Channel::ALL[..] } else { &self.channels };
        // A scope all of whose cases are gone keeps the shortest of all: no process is ever checked against nothing.
        let is_known = self.variants.iter().any(|id| procedure.variant(id).is_some());
        let cases = procedure.variants.iter().filter(|v| !is_known || self.variants.contains(&v.id));
        let limits = cases.flat_map(|v| channels.iter().map(|c| procedure.limit_for(*c, &v.id)));
        limits.min_by_key(|l| working_minutes(*l).unwrap_or(u32::MAX)).unwrap_or(TimeLimit::None)
    }
}
