//! Reference data in memory: small, read on every page, changed rarely. Reloaded as a whole when its version moves.

mod acting;

pub use acting::Acting;

use crate::{
    catalogue::{Listed, facets::Facets, guidance, listing::Listing, process, store as catalogue_store},
    deadline::store as deadline_store,
    error::{AppError, FieldError},
    forms::Forms,
    lists::{events::LifeEvent, store as lists_store},
    notices::{self, Wordings},
    people::absences,
    people::store::{self as people_store, Agency, Centre, Counter, OfficerName, Unit},
};
use domain::{
    accounts::{
        Fields, Reserve, Role, StandIn, StandInKind, Who, absence_of, acting_by, identities, lent, same_for_all,
    },
    catalogue::{
        Channel, ProcedureVersion, Process,
        competence::Directory,
        search::{SearchIndex, Searchable, Synonym},
    },
    deadline::{Calendar, Cites, ClockRules},
    dossier::{OnBehalf, STEAD_POOLS},
    id::Id,
    lists::{Heirs, heirs},
    people,
    profile::Profile,
    text::fold,
    time::{Instant, day_text},
};
use jiff::civil::Date;
use platform::db::Query;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

pub struct Reference {
    /// The setting `reference_version` under which it was read.
    pub version: i64,
    /// The data base holds a made-up province.
    pub is_demo: bool,
    /// The legal day of which it tells: a version of a procedure takes effect by itself when its day comes (CAT-02).
    pub day: Date,
    pub agencies: Vec<Agency>,
    /// Who does the work of agencies that were merged into others (CAT-07).
    pub heirs: Heirs,
    /// Those that work today, by all their names: among them competence is found.
    pub directory: Arc<Directory>,
    pub units: Vec<Unit>,
    pub centres: Vec<Centre>,
    pub counters: Vec<Counter>,
    /// Procedures in force, by code.
    pub procedures: Vec<Listed>,
    /// Processes in force by the code of their procedure (CAT-04).
    processes: HashMap<String, Vec<process::store::Published>>,
    /// What was agreed on unclear points, by the code of the procedure (INT-12).
    guidance: HashMap<String, Vec<guidance::store::Note>>,
    /// Names of the pools in which dossiers wait (`domain::dossier::pool_of`).
    pub pools: Vec<String>,
    /// Who may apply and who handles each of them.
    pub facets: Facets,
    /// What their lists show.
    pub listing: Arc<Listing>,
    pub search: Arc<SearchIndex>,
    /// By which `search` was made.
    pub synonyms: Vec<Synonym>,
    pub life_events: Vec<LifeEvent>,
    /// E-forms in force, places, tested services (CAT-06, CAT-10).
    pub forms: Arc<Forms>,
    /// In which words citizens are told.
    pub wordings: Arc<Wordings>,
    pub clock: ClockRules,
    /// What the lines of a due date cite in this province.
    pub cites: Cites,
    /// Who stands in for whom, and when (FLW-07).
    pub stand_ins: Vec<StandIn>,
    /// Who steps in at which post of the Centre (STF-02).
    pub reserves: Vec<Reserve>,
    officers: HashMap<Id<people::Officer>, OfficerName>,
    /// Officers in charge, by procedure.
    in_charge: HashMap<String, Vec<Id<people::Officer>>>,
    agency_at: HashMap<Id<people::Agency>, usize>,
    identified: HashMap<String, usize>,
    calendars: HashMap<Id<people::Centre>, Arc<Calendar>>,
    /// Centres at which somebody confirms what agencies propose (CLK-06).
    confirming: HashSet<Id<people::Centre>>,
    /// For centres that keep the profile's hours.
    pub calendar: Arc<Calendar>,
}

impl Reference {
    /// Reads everything as it stands on the day of `now`.
    pub fn load(q: &mut impl Query, profile: &Profile, now: Instant) -> Result<Self, AppError> {
        Self::load_after(q, profile, now, None)
    }

    /// The same; what `before` knows and did not change is taken from there.
    pub fn load_after(
        q: &mut impl Query,
        profile: &Profile,
        now: Instant,
        before: Option<&Self>,
    ) -> Result<Self, AppError> {
        let version = crate::settings::reference_version(q)?;
        let agencies = people_store::agencies(q)?;
        let directory = directory(&agencies, before);
        let works: HashSet<_> = agencies.iter().filter(|a| a.active).map(|a| a.id).collect();
        let among_the_same = before.filter(|b| Arc::ptr_eq(&b.directory, &directory));
        let centres = people_store::centres(q)?;
        let procedures = catalogue_store::listed(q, now.day())?;
        let synonyms: Vec<_> = lists_store::synonyms(q)?.into_iter().map(|row| row.synonym).collect();
        let plan = deadline_store::plan(q, profile)?;
        let calendar = Arc::new(plan.calendar(None)?);
        let mut calendars = HashMap::new();
        for centre in centres.iter().filter(|c| c.sessions.is_some()) {
            calendars.insert(centre.id, Arc::new(plan.calendar(centre.sessions.clone())?));
        }
        let officers = people_store::officer_names(q)?;
        let facets = Facets::read(q, &directory, &procedures, among_the_same.map(|b| &b.facets))?;
        let life_events = lists_store::life_events(q)?;
        let confirms = |o: &&OfficerName| o.active && o.who.any(domain::dossier::confirms);
        Ok(Self {
            version,
            is_demo: crate::settings::get(q, crate::settings::DEMO)?.is_some(),
            day: now.day(),
            confirming: officers.iter().filter(confirms).filter_map(|o| o.who.centre).collect(),
            agency_at: agencies.iter().enumerate().map(|(i, a)| (a.id, i)).collect(),
            identified: agencies.iter().enumerate().map(|(i, a)| (a.identifier.clone(), i)).collect(),
            listing: listing(&procedures, &facets, &agencies, &life_events, among_the_same),
            facets,
            search: search(&procedures, &synonyms, before),
            life_events,
            forms: Arc::new(Forms::load(q, before.map(|b| b.forms.as_ref()))?),
            wordings: Arc::new(Wordings::new(notices::store::wordings(q)?)),
            synonyms,
            officers: officers.into_iter().map(|o| (o.id, o)).collect(),
            processes: by(process::store::published(q)?, |p| &p.code),
            guidance: by(guidance::store::current(q)?, |n| &n.code),
            in_charge: catalogue_store::in_charge(q)?,
            pools: process::store::pools(q)?.into_iter().chain(STEAD_POOLS.map(str::to_owned)).collect(),
            units: people_store::units(q)?,
            counters: people_store::counters(q)?,
            stand_ins: absences::store::recent(q)?,
            reserves: absences::store::reserves(q)?,
            clock: profile.calendar.clock_rules(),
            cites: profile.cites(),
            agencies,
            directory,
            centres,
            procedures,
            calendars,
            calendar,
            heirs: heirs(&lists_store::mergers(q)?, |agency| works.contains(&agency)),
        })
    }

    pub fn agency(&self, id: Id<people::Agency>) -> Option<&Agency> {
        self.agency_at.get(&id).map(|&i| &self.agencies[i])
    }
    pub fn agency_by_identifier(&self, identifier: &str) -> Option<&Agency> {
        self.identified.get(identifier).map(|&i| &self.agencies[i])
    }
    pub fn centre(&self, id: Id<people::Centre>) -> Option<&Centre> {
        self.centres.iter().find(|c| c.id == id)
    }
    pub fn centre_by_code(&self, code: &str) -> Option<&Centre> {
        self.centres.iter().find(|c| c.code == code)
    }
    /// The provincial centre, where an intake officer without a post works.
    pub fn main_centre(&self) -> Option<&Centre> {
        self.centres.iter().find(|c| c.level == "province").or_else(|| self.centres.first())
    }
    /// Where an agency's dossiers are taken in: a commune's own one-stop unit, else the provincial centre.
    pub fn centre_for(&self, agency: Id<people::Agency>) -> Option<&Centre> {
        let own = self.centres.iter().find(|c| c.active && c.agency == agency);
        own.or_else(|| self.main_centre())
    }
    /// The centre whose deputy director confirms for this one: its own, else the province's.
    pub fn confirmed_at(&self, centre: &Centre) -> (Id<people::Centre>, Id<people::Agency>) {
        let own = Some(centre).filter(|c| self.confirming.contains(&c.id));
        own.or_else(|| self.main_centre()).map_or((centre.id, centre.agency), |c| (c.id, c.agency))
    }
    pub fn unit(&self, id: Id<people::Unit>) -> Option<&Unit> {
        self.units.iter().find(|u| u.id == id)
    }
    pub fn units_of(&self, agency: Id<people::Agency>) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |u| u.agency == agency)
    }
    pub fn officer(&self, id: Id<people::Officer>) -> Option<&OfficerName> {
        self.officers.get(&id)
    }
    /// Who is in charge of a procedure, while they work here (CAT-01, STF-01).
    pub fn in_charge(&self, code: &str) -> impl Iterator<Item = &OfficerName> {
        let ids = self.in_charge.get(code).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.officer(*id)).filter(|o| o.active)
    }
    pub fn officers(&self) -> impl Iterator<Item = &OfficerName> {
        self.officers.values()
    }
    /// As whom an officer may act at this moment: as oneself unless absent, and as those for whom one stands in.
    pub fn identities(&self, who: &Who, now: Instant) -> Vec<Who> {
        identities(&self.bound(who), now, &self.stand_ins, |officer| self.who(officer), None)
    }
    /// The same for dossiers of one procedure: approval may be delegated for some and not for others.
    pub fn identities_on(&self, who: &Who, now: Instant, procedure: &str) -> Vec<Who> {
        identities(&self.bound(who), now, &self.stand_ins, |officer| self.who(officer), Some(procedure))
    }
    /// The same for the dossiers of a page, worked out once where it can be.
    pub fn acting<'a>(&'a self, who: &'a Who, now: Instant) -> Acting<'a> {
        let on_all = same_for_all(who.officer, now, &self.stand_ins).then(|| self.identities(who, now));
        Acting { reference: self, who, now, on_all }
    }
    /// The officer with what the post of an absent one lends for that time (STF-02).
    pub fn lent(&self, who: &Who, now: Instant) -> Who {
        lent(&self.bound(who), now, &self.stand_ins, |officer| self.who(officer))
    }
    /// The officer with the fields to which the appointment and the counter bind (ADM-02).
    fn bound(&self, who: &Who) -> Who {
        let bound = self.officer(who.officer).map(|o| o.who.bound.clone()).unwrap_or_default();
        Who { bound, ..who.clone() }
    }
    /// Numbers of the counters of a centre that take in a field: those that name it, else those that take all.
    pub fn counters_for(&self, centre: Id<people::Centre>, field: &str) -> Vec<u16> {
        let of_centre = self.counters.iter().filter(|k| k.centre == centre && k.fields.hold(field));
        let (all, named): (Vec<_>, Vec<_>) = of_centre.partition(|k| k.fields.names().is_empty());
        let nearest = if named.is_empty() { all } else { named };
        nearest.into_iter().map(|k| k.number).collect()
    }
    /// Fields as the catalogue writes them; one that it does not have is refused, while it has any.
    pub fn named_fields(&self, typed: &[String]) -> Result<Fields, FieldError> {
        let known = |name: &str| self.procedures.iter().find(|p| fold(&p.field) == fold(name)).map(|p| p.field.clone());
        let mut names = Vec::new();
        for name in Fields::named(typed).names() {
            match known(name) {
                Some(field) => names.push(field),
                None if self.procedures.is_empty() => names.push(name.clone()),
                None => {
                    let vi = format!(
                        "Danh mục thủ tục không có lĩnh vực “{name}”. Xin ghi đúng tên lĩnh vực, mỗi dòng một tên."
                    );
                    let en =
                        format!("The catalogue has no field “{name}”. Write the name as it stands there, one a line.");
                    return Err(FieldError::new("fields", "unknown", vi, en));
                }
            }
        }
        Ok(Fields::named(names))
    }
    /// For whom one acts in the name of another, and by which decision.
    pub fn on_behalf(
        &self,
        who: Id<people::Officer>,
        officer: Id<people::Officer>,
        procedure: &str,
        now: Instant,
    ) -> OnBehalf {
        let by = acting_by(who, officer, procedure, now, &self.stand_ins);
        let by = by.filter(|s| s.kind == StandInKind::Delegation).and_then(|s| s.decision.as_ref());
        let decision = by.map(|(number, day)| format!("Quyết định số {number} ngày {}", day_text(*day)));
        OnBehalf { officer, decision }
    }
    /// Leaders as they approve through officers to whom they delegated, today or later.
    pub fn delegating(&self) -> impl Iterator<Item = Who> + '_ {
        let still = |s: &&StandIn| s.kind == StandInKind::Delegation && s.ended_at.is_none() && s.to.day() >= self.day;
        self.stand_ins.iter().filter(still).filter_map(|s| {
            let (leader, delegate) = (self.who(s.officer)?, self.who(s.backup)?);
            Some(Who { centre: delegate.centre, roles: vec![Role::AgencyLeader], ..leader })
        })
    }
    fn who(&self, officer: Id<people::Officer>) -> Option<Who> {
        self.officer(officer).map(|o| o.who.clone())
    }
    /// The officer is away at this moment, so that a backup acts.
    pub fn is_away(&self, officer: Id<people::Officer>, now: Instant) -> bool {
        absence_of(officer, now, &self.stand_ins).is_some()
    }
    /// The working calendar of a centre (CLK-01: hours per centre).
    pub fn calendar_of(&self, centre: Id<people::Centre>) -> &Arc<Calendar> {
        self.calendars.get(&centre).unwrap_or(&self.calendar)
    }
    /// The name of an agency for a page.
    pub fn agency_name(&self, id: Id<people::Agency>) -> &str {
        self.agency(id).map_or("", |a| a.name.as_str())
    }
    /// The name of an officer for a page; a citizen who acts online is named by what they are.
    pub fn officer_name(&self, id: Id<people::Officer>) -> &str {
        let nobody = if id == Who::CITIZEN { "Người nộp" } else { "" };
        self.officer(id).map_or(nobody, |o| o.name.as_str())
    }
    /// The processes of a procedure that are in force.
    pub fn processes_of(&self, code: &str) -> &[process::store::Published] {
        self.processes.get(code).map_or(&[], Vec::as_slice)
    }
    /// The process in force that fits such a dossier best and keeps its limit; `None` where the procedure's default holds.
    /// Of two that fit alike the later published.
    pub fn process_for(
        &self,
        procedure: &ProcedureVersion,
        agency: Id<people::Agency>,
        channel: Channel,
        variant: &str,
    ) -> Option<Id<Process>> {
        let limit = procedure.limit_for(channel, variant);
        let fitting = self.processes_of(procedure.code.as_str()).iter().filter(|p| p.keeps(limit));
        let ranked = fitting.filter_map(|p| Some((p.scope.fits(agency, channel, variant)?, p)));
        ranked.max_by_key(|(rank, p)| (*rank, p.process)).map(|(_, p)| p.process)
    }
    /// What was agreed on unclear points of a procedure, the newest first.
    pub fn guidance_of(&self, code: &str) -> &[guidance::store::Note] {
        self.guidance.get(code).map_or(&[], Vec::as_slice)
    }
    pub fn procedure(&self, code: &str) -> Option<&Listed> {
        self.listing.place(code).map(|at| &self.procedures[at])
    }
}

/// The index over these procedures: the one from before when it says the same, for building takes a while.
fn search(procedures: &[Listed], synonyms: &[Synonym], before: Option<&Reference>) -> Arc<SearchIndex> {
    if let Some(before) = before.filter(|b| b.synonyms == synonyms && same(b, procedures)) {
        return Arc::clone(&before.search);
    }
    let all = procedures.iter().map(|p| Searchable { code: &p.code, name: &p.name, field: &p.field });
    Arc::new(SearchIndex::build(all, synonyms))
}

fn same(before: &Reference, procedures: &[Listed]) -> bool {
    before.procedures.iter().map(|p| p.version).eq(procedures.iter().map(|p| p.version))
}

/// What lists of these procedures show: as it was `among_the_same` agencies, when the procedures and occasions are the same.
fn listing(
    procedures: &[Listed],
    facets: &Facets,
    agencies: &[Agency],
    occasions: &[LifeEvent],
    among_the_same: Option<&Reference>,
) -> Arc<Listing> {
    match among_the_same {
        Some(before) if before.life_events == occasions && same(before, procedures) => Arc::clone(&before.listing),
        _ => Arc::new(Listing::of(procedures, facets, agencies, occasions)),
    }
}

/// The one from before when nothing changed: what was found among its agencies then still holds.
fn directory(agencies: &[Agency], before: Option<&Reference>) -> Arc<Directory> {
    let now = Directory::new(agencies.iter().filter(|a| a.active).filter_map(Agency::entry).collect());
    match before {
        Some(before) if *before.directory == now => Arc::clone(&before.directory),
        _ => Arc::new(now),
    }
}

/// Rows in groups, each group in the order of the rows.
fn by<T>(rows: Vec<T>, key: impl Fn(&T) -> &String) -> HashMap<String, Vec<T>> {
    let mut groups: HashMap<String, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row).clone()).or_default().push(row);
    }
    groups
}
