//! Delegated administration (ADM-01): whose accounts somebody keeps.

use super::{Role, Who};
use crate::{id::Id, people::Agency};

impl Who {
    /// Keeps accounts at all.
    pub fn is_administrator(&self) -> bool {
        self.any(|r| matches!(r, Role::TopAdmin | Role::AgencyAdmin))
    }
    /// Whether accounts, units and the trace of `agency` are within reach: all for the top administrator, the own ones
    /// for an agency administrator (QNI 12). Out of reach is the same as not there.
    pub fn administers(&self, agency: Id<Agency>) -> bool {
        self.is(Role::TopAdmin) || (self.is(Role::AgencyAdmin) && self.agency == agency)
    }
    /// Whether this officer may give and take away every one of these roles.
    pub fn may_grant_all(&self, roles: &[Role]) -> bool {
        roles.iter().all(|&other| self.any(|own| own.may_grant(other)))
    }
    /// Whether an account may be changed: within reach, and holding nothing that the administrator could not give.
    /// Otherwise an agency administrator would enter as a higher one by resetting a password.
    pub fn may_keep_account(&self, agency: Id<Agency>, roles: &[Role]) -> bool {
        self.administers(agency) && self.may_grant_all(roles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Bound;

    fn who(role: Role) -> Who {
        Who {
            officer: Id::new(1),
            agency: Id::new(2),
            unit: Id::new(3),
            centre: None,
            roles: vec![role],
            bound: Bound::default(),
        }
    }

    /// ADM-01
    #[test]
    fn adm_01_an_agency_administrator_keeps_the_own_agency_and_nobody_higher() {
        let (own, other) = (Id::new(2), Id::new(9));
        let admin = who(Role::AgencyAdmin);
        assert!(admin.may_keep_account(own, &[Role::Specialist, Role::UnitHead]));
        assert!(!admin.may_keep_account(other, &[Role::Specialist]));
        assert!(!admin.may_keep_account(own, &[Role::Specialist, Role::TopAdmin]));
        assert!(!admin.may_keep_account(own, &[Role::AgencyAdmin]));
        assert!(who(Role::TopAdmin).may_keep_account(other, &[Role::TopAdmin]));
    }

    /// ADM-01
    #[test]
    fn adm_01_no_other_role_keeps_accounts() {
        for &role in Role::ALL {
            let keeps = matches!(role, Role::TopAdmin | Role::AgencyAdmin);
            assert_eq!(who(role).is_administrator(), keeps, "{role}");
            assert_eq!(who(role).may_keep_account(Id::new(2), &[Role::Specialist]), keeps, "{role}");
        }
    }
}
