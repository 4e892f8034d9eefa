//! What must happen outside the data base because of events: pure functions, so that nothing is forgotten or done twice; and
//! the words in which citizens are told (NTF-01).

mod about;
mod asked;
mod channel;
mod sms;
mod template;

pub use about::About;
pub use asked::code_in;
pub use channel::{Channel, in_order};
pub use sms::{parts, unmarked};
pub use template::{Fault, SLOTS, Slot, Template, Values, faults, fill};

use crate::{
    dossier::{Dossier, Event, ResultBy, Slip, Status},
    id::Id,
    national,
};

/// One effect outside the data base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// The slip's PDF is made and kept as it was issued.
    ArchiveSlip {
        /// The slip.
        slip: Id<Slip>,
    },
    /// The applicant is told, by every channel that was chosen.
    Tell {
        /// Which of the events, from 0.
        nth: usize,
    },
    /// The national portal is told how the dossier stands now (LNK-01).
    Sync,
}

/// The effects of these events, in order.
pub fn reactions(events: &[Event]) -> Vec<Reaction> {
    let of = |(nth, event): (usize, &Event)| {
        let archive = slip_of(event).map(|slip| Reaction::ArchiveSlip { slip });
        // A fee that was paid across the counter in the same act is told once, as paid.
        let paid = matches!(event, Event::FeeRequired { amount, .. } if pays(events, *amount));
        let tell = About::of(event).filter(|_| !paid).map(|_| Reaction::Tell { nth });
        [archive, tell].into_iter().flatten()
    };
    // However much happened in one unit, the portal is shown the state in which it ended.
    let sync = events.iter().any(national::shows).then_some(Reaction::Sync);
    events.iter().enumerate().flat_map(of).chain(sync).collect()
}

/// Whether a message reminds the applicant that the result lies ready (RES-03): while it does, of whoever collects in person.
pub fn may_remind(d: &Dossier) -> bool {
    matches!(d.status, Status::Decided { .. }) && d.result.is_some() && d.intake.result_by == ResultBy::Counter
}

fn pays(events: &[Event], asked: i64) -> bool {
    events.iter().any(|event| matches!(event, Event::FeePaid { amount, .. } if *amount == asked))
}

fn slip_of(event: &Event) -> Option<Id<Slip>> {
    let slip = match event {
        Event::Accepted { receipt, .. } | Event::Redated { receipt, .. } => receipt.as_ref(),
        Event::DateAdjusted { notice, .. } => notice.as_ref(),
        Event::Linked(what) => what.slip().map(|(slip, _)| slip),
        Event::Refused { slip, .. }
        | Event::GuidanceRequested { slip, .. }
        | Event::SupplementRequested { slip, .. }
        | Event::Apologised { slip, .. }
        | Event::Stopped { slip, .. }
        | Event::Withdrawn { slip, .. }
        | Event::HandedOver { slip, .. } => Some(slip),
        _ => None,
    };
    slip.map(|slip| slip.id)
}

#[cfg(test)]
mod tests;
