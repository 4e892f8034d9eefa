use super::{Bound, Fields, Role};
use crate::{
    id::Id,
    people::{Agency, Centre, Officer, Unit},
};

/// The officer on whose behalf a command runs: home agency and unit, post at a centre, roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The account.
    pub officer: Id<Officer>,
    /// The home agency.
    pub agency: Id<Agency>,
    /// The unit inside the home agency.
    pub unit: Id<Unit>,
    /// The centre at which the officer is posted, if any.
    pub centre: Option<Id<Centre>>,
    /// What the officer is appointed to do.
    pub roles: Vec<Role>,
    /// To which fields the officer is bound, at the counter and in all work (STF-01).
    pub bound: Bound,
}

impl Who {
    /// The system itself, when a term runs out: no account has this number.
    pub const SYSTEM: Id<Officer> = Id::new(0);

    /// The system, acting for the centre's agency.
    pub const fn system(agency: Id<Agency>) -> Self {
        Self::nobody(Self::SYSTEM, agency)
    }
    /// A citizen who acts online: no account has this number either, and it holds no role. Whose dossier it is, the application
    /// knows by the contact that was proved.
    pub const CITIZEN: Id<Officer> = Id::new(-1);

    /// A citizen, at the agency of the centre that will look at what is sent.
    pub const fn citizen(agency: Id<Agency>) -> Self {
        Self::nobody(Self::CITIZEN, agency)
    }
    /// Who is no officer: without a role, and bound to nothing.
    const fn nobody(officer: Id<Officer>, agency: Id<Agency>) -> Self {
        let bound = Bound { officer: Fields::all(), counter: Fields::all() };
        Self { officer, agency, unit: Id::new(0), centre: None, roles: Vec::new(), bound }
    }
    /// Whether a citizen acts.
    pub fn is_citizen(&self) -> bool {
        self.officer == Self::CITIZEN
    }
    /// Whether nobody but the clock acts.
    pub fn is_system(&self) -> bool {
        self.officer == Self::SYSTEM
    }
    /// Holds at least this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
    /// Holds a role for which `test` is true.
    pub fn any(&self, test: impl Fn(Role) -> bool) -> bool {
        self.roles.iter().copied().any(test)
    }
    /// What this officer may read. Reading is wider than acting and never implies it.
    pub fn scope(&self) -> Scope {
        if self.is_system() || self.any(Role::reads_province) {
            return Scope::Province;
        }
        if self.is_citizen() {
            return Scope::Public;
        }
        if self.roles == [Role::NationalPortal] {
            return Scope::Delivered { by: self.officer };
        }
        Scope::Officer {
            agency: self.any(Role::works_in_agency).then_some(self.agency),
            centre: self.centre.filter(|_| self.any(Role::serves_at_a_desk)),
        }
    }
}

/// Who is asking. Every query that reads dossiers takes one; out of scope is the same as not there (404).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Anybody who knows a dossier code: the public view only, nothing personal.
    Public,
    /// An officer: dossiers in which the agency takes or took part, and those taken in at the centre of the post.
    Officer {
        /// The agency whose dossiers may be read, for roles that work inside an agency.
        agency: Option<Id<Agency>>,
        /// The centre whose dossiers may be read, for roles that work at its counters.
        centre: Option<Id<Centre>>,
    },
    /// The national portal: the dossiers that its account delivered, and no others (LNK-01).
    Delivered {
        /// The account.
        by: Id<Officer>,
    },
    /// The whole province, for those who supervise or answer for it.
    Province,
}

impl Scope {
    /// Whether one dossier is within reach, given the agencies that take or took part and the centre that took it in.
    pub fn reaches(&self, participants: &[Id<Agency>], at: Id<Centre>) -> bool {
        match self {
            Scope::Public | Scope::Province => true,
            // Who delivered a dossier stands in its state; agencies and centres say nothing about it.
            Scope::Delivered { .. } => false,
            Scope::Officer { agency, centre } => {
                agency.is_some_and(|a| participants.contains(&a)) || *centre == Some(at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(roles: &[Role]) -> Who {
        Who {
            officer: Id::new(1),
            agency: Id::new(2),
            unit: Id::new(3),
            centre: Some(Id::new(4)),
            roles: roles.to_vec(),
            bound: Bound::default(),
        }
    }

    /// ADM-02: rights by role, agency and centre.
    #[test]
    fn adm_02_a_role_reads_only_where_it_works() {
        let here = (vec![Id::new(2)], Id::new(9));
        let counter = (vec![Id::new(7)], Id::new(4));
        for &role in Role::ALL {
            let scope = who(&[role]).scope();
            let province = role.reads_province();
            assert_eq!(scope.reaches(&here.0, here.1), province || role.works_in_agency(), "{role}");
            let desk = role.takes_in() || matches!(role, Role::ReturnDesk | Role::Cashier);
            assert_eq!(scope.reaches(&counter.0, counter.1), province || desk, "{role}");
        }
    }

    /// ADM-01: delegated administration never lets an agency administrator make another administrator.
    #[test]
    fn adm_01_only_the_top_administrator_makes_administrators() {
        for &role in Role::ALL {
            assert!(Role::TopAdmin.may_grant(role));
            assert!(!Role::Specialist.may_grant(role));
        }
        assert!(!Role::AgencyAdmin.may_grant(Role::AgencyAdmin));
        assert!(!Role::AgencyAdmin.may_grant(Role::TopAdmin));
        assert!(Role::AgencyAdmin.may_grant(Role::Specialist));
    }
}
