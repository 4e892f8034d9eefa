//! How many officers each agency sends to the Centre, where the regulation has a table of it (STF-01; seed 004, mục III).

use super::Profile;

/// A place at the Centre: of one agency, or of several that share it ("Gộp chung cho 2 cơ quan").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats<'p> {
    /// Identifiers of the agencies that fill it, the one of the table first.
    pub agencies: Vec<&'p str>,
    /// How many officers.
    pub officers: u32,
}

impl Profile {
    /// The table, in its order; nothing where the regulation has none.
    pub fn seats(&self) -> Vec<Seats<'_>> {
        let own = self.agencies.iter().filter_map(|a| Some((a.identifier.as_str(), a.seats?)));
        own.map(|(identifier, officers)| {
            let shares = |a: &&super::Agency| a.seat_with.as_deref() == Some(identifier);
            let sharing = self.agencies.iter().filter(shares).map(|a| a.identifier.as_str());
            Seats { agencies: std::iter::once(identifier).chain(sharing).collect(), officers }
        })
        .collect()
    }
}
