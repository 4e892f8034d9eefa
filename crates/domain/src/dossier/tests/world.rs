//! One procedure, its agency, its centre, the people who work there, and a dossier on its way.

use crate::{
    accounts::{Bound, Role, Who},
    catalogue::{Channel, ProcedureVersion, Process, default_process},
    deadline::{Calendar, ClockRules, HolidayRules, TimeLimit, WorkingWeek, default_sessions},
    dossier::{
        Applicant, ApplicantKind, Command, Decision, Desk, Dossier, DossierCode, Event, Facts, Glimpse, Handover,
        Intake, LastAct, Law, Numbers, People, ReceivedComponent, Refusal, ResultBy, ResultRecord, SlipRef,
        StoredEvent, chain_hash, decide, evolve,
    },
    id::Id,
    interlink::Link,
    people::Agency,
    profile::{Level, Profile},
    time::Instant,
};
use std::sync::LazyLock;

pub use super::published::*;

/// The competent agency, the one to which the centre belongs, and one that has no part.
pub const COMPETENT: i64 = 10;
pub const OF_THE_CENTRE: i64 = 20;
pub const STRANGE: i64 = 30;
/// The centre, and another one.
pub const HERE: i64 = 1;
pub const ELSEWHERE: i64 = 2;

pub const INTAKE: i64 = 1;
pub const HEAD: i64 = 3;
pub const SPECIALIST: i64 = 4;
pub const COLLEAGUE: i64 = 5;
pub const LEADER: i64 = 6;
pub const CLERK: i64 = 7;
pub const RETURN_DESK: i64 = 8;
pub const DEPUTY: i64 = 9;
pub const CASHIER: i64 = 11;
/// They work in the agency that has no part until it is asked.
pub const OTHER_HEAD: i64 = 12;
pub const OTHER_SPECIALIST: i64 = 10;

/// Monday, an hour after opening.
pub const MONDAY: &str = "2025-10-06T08:30:00+07:00";

pub static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let (week, rules) = (WorkingWeek::default(), HolidayRules::default());
    Calendar::from_rules(7, week, default_sessions(), &rules, [], 2024..=2027).unwrap()
});

pub fn profile(key: &str) -> Profile {
    let text = match key {
        "dong-nai" => include_str!("../../../../../profiles/dong-nai.toml"),
        "quang-nam" => include_str!("../../../../../profiles/quang-nam.toml"),
        "vinh-long" => include_str!("../../../../../profiles/vinh-long.toml"),
        "quang-ninh" => include_str!("../../../../../profiles/quang-ninh.toml"),
        "thua-thien-hue" => include_str!("../../../../../profiles/thua-thien-hue.toml"),
        other => panic!("no profile {other}"),
    };
    Profile::parse(text, key).unwrap()
}

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn who(officer: i64, roles: &[Role], agency: i64, centre: Option<i64>) -> Who {
    let unit = Id::new(agency * 10);
    Who {
        officer: Id::new(officer),
        agency: Id::new(agency),
        unit,
        centre: centre.map(Id::new),
        roles: roles.to_vec(),
        bound: Bound::default(),
    }
}

/// The people who work here.
pub fn staff(officer: i64) -> Who {
    match officer {
        INTAKE => who(INTAKE, &[Role::IntakeOfficer], OF_THE_CENTRE, Some(HERE)),
        HEAD => who(HEAD, &[Role::UnitHead], COMPETENT, None),
        OTHER_HEAD => who(OTHER_HEAD, &[Role::UnitHead], STRANGE, None),
        OTHER_SPECIALIST => who(OTHER_SPECIALIST, &[Role::Specialist], STRANGE, None),
        LEADER => who(LEADER, &[Role::AgencyLeader], COMPETENT, None),
        CLERK => who(CLERK, &[Role::Clerk], COMPETENT, None),
        DEPUTY => who(DEPUTY, &[Role::CentreDeputy], OF_THE_CENTRE, Some(HERE)),
        CASHIER => who(CASHIER, &[Role::Cashier], OF_THE_CENTRE, Some(HERE)),
        RETURN_DESK => who(RETURN_DESK, &[Role::ReturnDesk], OF_THE_CENTRE, Some(HERE)),
        other => who(other, &[Role::Specialist], COMPETENT, None),
    }
}

/// Everything a decision reads, with a history that grows.
pub struct World {
    pub profile: Profile,
    pub procedure: ProcedureVersion,
    pub process: Process,
    pub clock: ClockRules,
    /// The competent agency is the police.
    pub police: bool,
    /// The centre is the province's, not a commune's.
    pub provincial: bool,
    pub people: Option<People>,
    pub numbers: Numbers,
    pub now: Instant,
    pub history: Vec<StoredEvent>,
    pub state: Option<Dossier>,
}

impl World {
    pub fn new(province: &str) -> Self {
        let limit = TimeLimit::WorkingDays(10);
        Self {
            profile: super::beside::plain(province),
            procedure: procedure(limit),
            process: default_process(Level::Province, limit),
            clock: ClockRules::default(),
            police: false,
            provincial: true,
            people: Some(people()),
            numbers: numbers(1),
            now: at(MONDAY),
            history: Vec::new(),
            state: None,
        }
    }

    /// With another statutory limit.
    pub fn limited(mut self, limit: TimeLimit) -> Self {
        self.procedure = procedure(limit);
        self.process = default_process(Level::Province, limit);
        self
    }

    /// What the rules answer; nothing changes.
    pub fn ask(&self, who: &Who, command: &Command) -> Result<Vec<Event>, Refusal> {
        let assignee = match command {
            Command::Assign { officer, .. } | Command::Link(Link::Give { officer, .. }) => Some(staff(officer.raw())),
            _ => None,
        };
        self.ask_with(who, command, assignee.as_ref())
    }

    pub fn ask_with(&self, who: &Who, command: &Command, assignee: Option<&Who>) -> Result<Vec<Event>, Refusal> {
        let (people, numbers, last) = (self.people.as_ref(), &self.numbers, LastAct::of(&self.history));
        let facts = Facts { who, law: self.law(), assignee, people, numbers, last: last.as_ref() };
        decide(self.state.as_ref(), command, &facts)
    }

    /// What governs the dossier now.
    pub fn law(&self) -> Law<'_> {
        Law {
            now: self.now,
            profile: &self.profile,
            procedure: &self.procedure,
            process: &self.process,
            calendar: &CALENDAR,
            clock: &self.clock,
            desk: Desk {
                centre_agency: Id::new(OF_THE_CENTRE),
                agency_unit: Some(Id::new(COMPETENT * 10)),
                police: self.police,
                provincial: self.provincial,
                upper: Id::new(ELSEWHERE),
                confirmed_at: Id::new(HERE),
                confirming_agency: Id::new(OF_THE_CENTRE),
            },
        }
    }

    /// Does it, when the rules allow it.
    pub fn act(&mut self, who: &Who, command: &Command) -> Result<(), Refusal> {
        for what in self.ask(who, command)? {
            let seq = u32::try_from(self.history.len()).unwrap() + 1;
            let body = serde_json::to_string(&what).unwrap();
            let previous = self.history.last().map_or("", |l| l.hash.as_str());
            let hash = chain_hash(previous, seq, self.now, who, &body);
            // TRK-01: a glimpse at the text sees the way as whoever reads all of it does, for every event there is.
            let glimpse = Glimpse::of_text(&body).unwrap();
            assert_eq!(glimpse, Glimpse::of(&what));
            assert!(glimpse.end.is_none_or(|end| end.words() == what.words()));
            let line = StoredEvent { seq, at: self.now, officer: who.officer, agency: who.agency, body, hash };
            self.state = Some(evolve(self.state.take(), &line, &what).unwrap());
            self.history.push(line);
        }
        Ok(())
    }

    pub fn dossier(&self) -> &Dossier {
        self.state.as_ref().unwrap()
    }
}

/// Where a dossier can stand on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Draft,
    Submitted,
    Accepted,
    Appraisal,
    Appraised,
    Approval,
    Issue,
    Return,
    Returned,
    Refused,
}

impl Stage {
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Submitted,
        Self::Accepted,
        Self::Appraisal,
        Self::Appraised,
        Self::Approval,
        Self::Issue,
        Self::Return,
        Self::Returned,
        Self::Refused,
    ];

    /// Who has it there, when somebody has.
    pub fn holder(self) -> Option<Who> {
        match self {
            Self::Draft | Self::Submitted => Some(staff(INTAKE)),
            Self::Accepted => Some(staff(HEAD)),
            Self::Appraisal | Self::Appraised => Some(staff(SPECIALIST)),
            Self::Approval => Some(staff(LEADER)),
            Self::Issue => Some(staff(CLERK)),
            Self::Return => Some(staff(RETURN_DESK)),
            Self::Returned | Self::Refused => None,
        }
    }
}

/// A world whose dossier has come as far as `stage`, by those whose work it is.
pub fn dossier_at(stage: Stage) -> World {
    brought_to(World::new("quang-ninh"), stage)
}

pub fn brought_to(mut world: World, stage: Stage) -> World {
    let online = Intake { channel: Channel::Online, ..intake() };
    let path: Vec<(i64, Command)> = match stage {
        Stage::Draft => vec![(INTAKE, Command::Draft { intake: intake(), received_at: None })],
        Stage::Submitted => vec![(INTAKE, Command::Submit(online))],
        Stage::Refused => vec![(INTAKE, take_in()), (HEAD, refuse())],
        _ => vec![
            (INTAKE, take_in()),
            (HEAD, assign(SPECIALIST)),
            (SPECIALIST, appraise()),
            (SPECIALIST, Command::SubmitForApproval),
            (LEADER, approve()),
            (CLERK, result()),
            (RETURN_DESK, hand_over()),
        ],
    };
    let steps = match stage {
        Stage::Draft | Stage::Submitted | Stage::Accepted => 1,
        Stage::Appraisal | Stage::Refused => 2,
        Stage::Appraised => 3,
        Stage::Approval => 4,
        Stage::Issue => 5,
        Stage::Return => 6,
        Stage::Returned => 7,
    };
    for (officer, command) in path.iter().take(steps) {
        world.act(&staff(*officer), command).unwrap_or_else(|why| panic!("{command:?}: {why:?}"));
    }
    world
}

// ---- commands as they are usually given ---------------------------------------------------------------------------

pub fn take_in() -> Command {
    Command::TakeIn { intake: intake(), received_at: None, fees: None }
}
pub fn refuse() -> Command {
    Command::Refuse { reason: "Không thuộc thẩm quyền.".into(), directions: None, files: vec!["5c".repeat(32)] }
}
pub fn assign(officer: i64) -> Command {
    Command::Assign { unit: None, officer: Id::new(officer) }
}
pub fn appraise() -> Command {
    Command::Appraise { opinion: Decision::Grant, text: "Đủ điều kiện.".into() }
}
pub fn approve() -> Command {
    Command::Approve { decision: Decision::Grant, reason: None }
}
pub fn send_back(step: Option<&str>) -> Command {
    Command::ReturnToStep { step: step.map(str::to_owned), reason: "Bổ sung căn cứ.".into() }
}
pub fn result() -> Command {
    let date = jiff::civil::date(2025, 10, 6);
    Command::RecordResult(ResultRecord {
        number: "12/GPXD".into(),
        date,
        signer: "Trần Thị Bích".into(),
        files: vec![],
    })
}
pub fn hand_over() -> Command {
    Command::HandOver(to_applicant())
}
pub fn to_applicant() -> Handover {
    Handover {
        to: "applicant".into(),
        identity: Some("022085001234".into()),
        authorisation: None,
        how: ResultBy::Counter,
        tracking: None,
        without_slip: None,
        originals_compared: false,
        signature: None,
    }
}

/// Every command that a known dossier can be given, with the name that buttons have.
pub fn commands() -> Vec<(&'static str, Command)> {
    vec![
        ("acceptances", Command::Accept { fees: None }),
        ("refusals", refuse()),
        ("assignments", assign(SPECIALIST)),
        ("appraisals", appraise()),
        ("submissions", Command::SubmitForApproval),
        ("approvals", approve()),
        ("returns_to_step", send_back(None)),
        ("results", result()),
        ("handovers", hand_over()),
    ]
}

// ---- what is handed in --------------------------------------------------------------------------------------------

pub fn intake() -> Intake {
    Intake {
        procedure: Id::new(100),
        procedure_code: "1.009994".into(),
        variant: None,
        process: Id::new(101),
        agency: Id::<Agency>::new(COMPETENT),
        centre: Id::new(HERE),
        channel: Channel::Counter,
        result_by: ResultBy::Counter,
        components: vec![brought("don"), brought("ban-ve")],
        sets: 1,
        late: None,
        people: "00".repeat(32),
    }
}

pub fn brought(id: &str) -> ReceivedComponent {
    ReceivedComponent { id: id.into(), originals: 1, ..ReceivedComponent::default() }
}

pub fn people() -> People {
    let applicant = Applicant {
        kind: ApplicantKind::Citizen,
        name: "Nguyễn Văn An".into(),
        identity: Some("022085001234".into()),
        phone: Some("0912345678".into()),
        email: None,
        address: None,
    };
    People { applicant, owner: None, proxy: None, form: serde_json::Value::Null }
}

pub fn numbers(n: u32) -> Numbers {
    let day = jiff::civil::date(2025, 10, 6);
    let slip = SlipRef { id: Id::new(9000 + i64::from(n)), number: format!("{n:05}/2025") };
    Numbers { code: Some(DossierCode::new("H49.24", day, n)), slip: Some(slip) }
}
