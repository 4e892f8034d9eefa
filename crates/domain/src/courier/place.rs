use crate::{
    accounts::{Role, Who},
    id::Id,
    people::{Agency, Centre},
};

/// A house between which paper is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A one-stop centre.
    Centre(Id<Centre>),
    /// A competent agency.
    Agency(Id<Agency>),
}

impl Place {
    /// As addresses and the data base write it: `c12`, `a34`.
    pub fn key(self) -> String {
        match self {
            Self::Centre(id) => format!("c{id}"),
            Self::Agency(id) => format!("a{id}"),
        }
    }
    /// The place of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        let (kind, id) = key.split_at_checked(1)?;
        match kind {
            "c" => id.parse().ok().map(Self::Centre),
            "a" => id.parse().ok().map(Self::Agency),
            _ => None,
        }
    }
}

/// What is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Load {
    /// What applicants handed in.
    Dossiers,
    /// Results on paper.
    Results,
}

impl Load {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Dossiers, Self::Results];
    /// The key used by addresses and the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Dossiers => "dossiers",
            Self::Results => "results",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Dossiers => ("Hồ sơ giấy", "Paper dossiers"),
            Self::Results => ("Kết quả giấy", "Paper results"),
        }
    }
    /// The load of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == key)
    }
}

/// Where an officer hands paper over and receives it: the post at a centre, else the own agency; `None` for roles that never touch
/// a dossier.
pub fn place_of(who: &Who) -> Option<Place> {
    let desk = |r: Role| {
        r.takes_in() || matches!(r, Role::ReturnDesk | Role::Courier | Role::CentreDirector | Role::CentreDeputy)
    };
    let centre = who.centre.filter(|_| who.any(desk)).map(Place::Centre);
    centre.or_else(|| who.any(Role::works_in_agency).then_some(Place::Agency(who.agency)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Bound;

    /// FLW-09
    #[test]
    fn flw_09_a_place_is_read_back_from_its_key() {
        for place in [Place::Centre(Id::new(12)), Place::Agency(Id::new(7))] {
            assert_eq!(Place::from_key(&place.key()), Some(place));
        }
        for wrong in ["", "c", "x1", "a1b", "ă1"] {
            assert_eq!(Place::from_key(wrong), None, "{wrong}");
        }
    }

    /// FLW-09: whoever works at a desk of the Centre stands there, all others who handle dossiers in their agency.
    #[test]
    fn flw_09_everybody_hands_over_where_they_work() {
        let who = |roles: &[Role], centre: Option<i64>| Who {
            officer: Id::new(1),
            agency: Id::new(2),
            unit: Id::new(3),
            centre: centre.map(Id::new),
            roles: roles.to_vec(),
            bound: Bound::default(),
        };
        assert_eq!(place_of(&who(&[Role::IntakeOfficer], Some(9))), Some(Place::Centre(Id::new(9))));
        assert_eq!(place_of(&who(&[Role::Courier], Some(9))), Some(Place::Centre(Id::new(9))));
        assert_eq!(place_of(&who(&[Role::Specialist], Some(9))), Some(Place::Agency(Id::new(2))));
        assert_eq!(place_of(&who(&[Role::Cashier], Some(9))), None);
        assert_eq!(place_of(&who(&[Role::TopAdmin], None)), None);
    }
}
