//! What must happen outside the data base because of events: a pure function, so that nothing is forgotten or done twice.

use crate::{
    dossier::{Event, Slip},
    id::Id,
};

/// One effect outside the data base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// The slip's PDF is made and kept as it was issued.
    ArchiveSlip {
        /// The slip.
        slip: Id<Slip>,
    },
}

/// The effects of these events, in order.
pub fn reactions(events: &[Event]) -> Vec<Reaction> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Accepted { receipt, .. } | Event::Redated { receipt, .. } => receipt.as_ref(),
            Event::Linked(what) => what.slip().map(|(slip, _)| slip),
            Event::Refused { slip, .. }
            | Event::GuidanceRequested { slip, .. }
            | Event::SupplementRequested { slip, .. }
            | Event::Apologised { slip, .. }
            | Event::Stopped { slip, .. }
            | Event::Withdrawn { slip, .. }
            | Event::HandedOver { slip, .. } => Some(slip),
            _ => None,
        })
        .map(|slip| Reaction::ArchiveSlip { slip: slip.id })
        .collect()
}
