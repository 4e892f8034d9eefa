use super::store::Source;
use domain::{
    accounts::{Role, Who},
    catalogue::Place,
    dossier::{CONFIRM_POOL, LEADER_POOL, confirms, waits_for},
};

/// Which part of the work is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// What I hold and what waits for somebody like me.
    #[default]
    All,
    /// What I hold in person.
    Mine,
    /// What waits for somebody to take it.
    Waiting,
    /// What my unit has, whoever holds it.
    Unit,
    /// What my agency is asked, and its parts in others' dossiers.
    Branches,
    /// What was sent back to me.
    SentBack,
    /// What I passed on and others have not finished.
    Others,
    /// What I did today.
    Today,
}

impl View {
    pub const ALL: [Self; 8] =
        [Self::All, Self::Mine, Self::Waiting, Self::Unit, Self::Branches, Self::SentBack, Self::Others, Self::Today];
    /// As the address has it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "tat-ca",
            Self::Mine => "toi",
            Self::Waiting => "cho",
            Self::Unit => "phong",
            Self::Branches => "phoi-hop",
            Self::SentBack => "tra-lai",
            Self::Others => "ben-khac",
            Self::Today => "xong",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "Tất cả việc chờ tôi",
            Self::Mine => "Tôi đang giữ",
            Self::Waiting => "Chờ người nhận",
            Self::Unit => "Phòng tôi",
            Self::Branches => "Phối hợp, cho ý kiến",
            Self::SentBack => "Trả lại cho tôi",
            Self::Others => "Đang chờ bên khác",
            Self::Today => "Xong hôm nay",
        }
    }
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|v| v.key() == key).unwrap_or_default()
    }
    /// The views of an officer: only those who work in an agency have a unit with dossiers, and parts in others'.
    pub fn of(who: &Who) -> Vec<Self> {
        let in_agency = who.any(Role::works_in_agency);
        Self::ALL.into_iter().filter(|v| !matches!(v, Self::Unit | Self::Branches) || in_agency).collect()
    }
    /// Where its dossiers lie for all as whom an officer may act at this moment; what one passed on oneself is one's own.
    pub fn sources_of(self, who: &Who, identities: &[Who], names: &[String]) -> Vec<Source> {
        let looking = if matches!(self, Self::Others | Self::Today) { std::slice::from_ref(who) } else { identities };
        let mut found = Vec::new();
        for source in looking.iter().flat_map(|who| self.sources(who, names)) {
            if !found.contains(&source) {
                found.push(source);
            }
        }
        found
    }
    /// Where its dossiers lie; nothing for what was done today, which is read from the history.
    fn sources(self, who: &Who, names: &[String]) -> Vec<Source> {
        match self {
            Self::All => {
                let mut all = vec![Source::Held(who.officer)];
                all.extend(pools(who, names));
                all.extend(branches(who));
                all
            }
            Self::Mine => vec![Source::Held(who.officer)],
            Self::Waiting => pools(who, names),
            Self::Unit if who.any(Role::works_in_agency) => vec![Source::Unit(who.unit)],
            Self::Branches => branches(who),
            Self::SentBack => vec![Source::SentBack(who.officer)],
            Self::Others => vec![Source::Sent(who.officer)],
            Self::Unit | Self::Today => Vec::new(),
        }
    }
    /// Every row is one on which this officer may act.
    pub const fn is_to_do(self) -> bool {
        matches!(self, Self::All | Self::Mine | Self::Waiting | Self::Branches | Self::SentBack)
    }
}

fn pools(who: &Who, names: &[String]) -> Vec<Source> {
    let at = |name: &String| match (waits_for(name, who)?, who.centre) {
        ((Place::Agency, _), _) => Some(Source::AgencyPool(who.agency, name.clone())),
        ((Place::Centre, _), Some(centre)) => Some(Source::CentrePool(centre, name.clone())),
        ((Place::Centre, _), None) => None,
    };
    // What waits for a Centre's head to confirm is no step of a process, so it is in nobody's list of pools.
    let confirmed = who.centre.filter(|_| who.any(confirms));
    let confirmed = confirmed.map(|centre| Source::CentrePool(centre, CONFIRM_POOL.to_owned()));
    // Nor is what waits for the leader whose name is on the paper (CLK-05).
    let signed = who.is(Role::AgencyLeader).then(|| Source::AgencyPool(who.agency, LEADER_POOL.to_owned()));
    names.iter().filter_map(at).chain(confirmed).chain(signed).collect()
}

fn branches(who: &Who) -> Vec<Source> {
    let agency = who.any(Role::works_in_agency).then_some(Source::Branches(who.agency));
    let one_stop = who.centre.filter(|_| who.any(Role::takes_in)).map(Source::OneStop);
    agency.into_iter().chain(one_stop).collect()
}
