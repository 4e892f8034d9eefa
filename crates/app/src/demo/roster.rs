use crate::{people::store::OfficerName, reference::Reference};
use domain::{
    accounts::{Role, Who},
    catalogue::{Place, Process},
    dossier::{Dossier, assigned_step, may_act},
    id::Id,
    people::{Agency, Centre, Officer},
};
use std::collections::HashMap;

/// Who works where, in the order of logins: the same number always chooses the same officer.
pub struct Roster {
    at_agency: HashMap<Id<Agency>, Vec<OfficerName>>,
    at_centre: HashMap<Id<Centre>, Vec<OfficerName>>,
    by_id: HashMap<Id<Officer>, Who>,
}

impl Roster {
    pub fn new(reference: &Reference) -> Self {
        let mut all: Vec<&OfficerName> = reference.officers().filter(|o| o.active).collect();
        all.sort_by(|a, b| a.login.cmp(&b.login));
        let mut made = Self { at_agency: HashMap::new(), at_centre: HashMap::new(), by_id: HashMap::new() };
        for officer in all {
            made.at_agency.entry(officer.who.agency).or_default().push(officer.clone());
            if let Some(centre) = officer.who.centre {
                made.at_centre.entry(centre).or_default().push(officer.clone());
            }
            made.by_id.insert(officer.id, officer.who.clone());
        }
        made
    }

    /// Those who take dossiers in at a centre.
    pub fn counters(&self, centre: Id<Centre>) -> Vec<Who> {
        let there = self.at_centre.get(&centre).map_or(&[][..], Vec::as_slice);
        there.iter().filter(|o| o.who.is(Role::IntakeOfficer)).map(|o| o.who.clone()).collect()
    }

    /// The holder in person, or one of those who may take it.
    pub fn actor(&self, d: &Dossier, process: &Process, number: usize) -> Option<Who> {
        let holder = d.holder.as_ref()?;
        if let Some(officer) = holder.officer {
            return self.by_id.get(&officer).cloned();
        }
        let there = match holder.centre {
            Some(centre) => self.at_centre.get(&centre),
            None => self.at_agency.get(&holder.agency),
        };
        let step = process.step(&holder.step);
        choose(there?, number, |who| may_act(who, holder, step)).map(|o| o.who.clone())
    }

    /// To whom a head gives the dossier.
    pub fn specialist(&self, d: &Dossier, process: &Process, number: usize) -> Option<Id<Officer>> {
        let there = self.at_agency.get(&d.holder.as_ref()?.agency)?;
        let roles = &assigned_step(d, process).filter(|s| s.actor.place == Place::Agency)?.actor.roles;
        let able = |who: &Who| roles.iter().any(|r| r.parse().is_ok_and(|role| who.is(role)));
        choose(there, number, able).map(|o| o.id)
    }

    /// The name of who signs for the agency.
    pub fn signer(&self, d: &Dossier) -> String {
        let there = self.at_agency.get(&d.intake.agency).map_or(&[][..], Vec::as_slice);
        choose(there, 0, |who| who.is(Role::AgencyLeader)).map(|o| o.name.clone()).unwrap_or_default()
    }
}

/// One of those who can, the same for the same number.
fn choose(all: &[OfficerName], number: usize, able: impl Fn(&Who) -> bool) -> Option<&OfficerName> {
    let able: Vec<&OfficerName> = all.iter().filter(|o| able(&o.who)).collect();
    able.get(number.checked_rem(able.len())?).copied()
}
