//! The made-up province: procedures with every kind of limit, the people of two agencies and of the Centre, the calendar.

use crate::simulate::SimError;
use domain::{
    accounts::{Bound, Role, Who},
    catalogue::{
        Channel, Component, Field, Flags, OnlineLevel, ProcedureVersion, Process, Publication, PublicationKind,
        SubmissionWay, Variant, default_process,
    },
    deadline::{Calendar, CalendarError, CalendarRow, ClockRules, Exception, HolidayRules, TimeLimit, WorkingWeek},
    dossier::{Desk, Law},
    id::Id,
    people::{Agency, Centre},
    profile::{Level, Profile},
    time::Instant,
};
use jiff::civil::Date;
use std::ops::RangeInclusive;

const CENTRE_AGENCY: Id<Agency> = Id::new(1);
pub const CENTRE: Id<Centre> = Id::new(2);
pub const AGENCIES: [Id<Agency>; 2] = [Id::new(10), Id::new(20)];

/// One procedure with the process that handles it.
pub struct Offer {
    pub procedure: ProcedureVersion,
    pub process: Process,
}

/// Everything that stays while dossiers come and go; only the calendar changes.
pub struct Province<'a> {
    pub profile: &'a Profile,
    pub staff: Vec<Who>,
    pub offers: Vec<Offer>,
    pub calendar: Calendar,
    clock: ClockRules,
    years: RangeInclusive<i16>,
    closed: Vec<CalendarRow>,
}

impl<'a> Province<'a> {
    pub fn new(profile: &'a Profile, years: RangeInclusive<i16>) -> Result<Self, SimError> {
        let offers = LIMITS.into_iter().enumerate().map(|(number, limit)| offer(number, limit));
        Ok(Self {
            profile,
            staff: staff(),
            offers: offers.collect::<Result<_, _>>()?,
            calendar: calendar(profile, 1, &[], &years)?,
            clock: profile.calendar.clock_rules(),
            years,
            closed: Vec::new(),
        })
    }

    /// An administrator closes the offices for one more day (CLK-01).
    pub fn close(&mut self, day: Date) -> Result<(), CalendarError> {
        self.closed
            .push(CalendarRow { day, exception: Exception::off("Nghỉ theo quyết định của Chủ tịch") });
        let version = self.calendar.version() + 1;
        self.calendar = calendar(self.profile, version, &self.closed, &self.years)?;
        Ok(())
    }

    /// What governs a dossier of this offer now.
    pub fn law<'b>(&'b self, offer: &'b Offer, agency: Id<Agency>, now: Instant) -> Law<'b> {
        Law {
            now,
            profile: self.profile,
            procedure: &offer.procedure,
            process: &offer.process,
            calendar: &self.calendar,
            clock: &self.clock,
            desk: Desk {
                police: false,
                upper: CENTRE,
                centre_agency: CENTRE_AGENCY,
                agency_unit: Some(Id::new(agency.raw() + 1)),
                provincial: true,
                confirmed_at: CENTRE,
                confirming_agency: CENTRE_AGENCY,
            },
        }
    }

    pub fn clock(&self) -> &ClockRules {
        &self.clock
    }

    /// Who acts when a term runs out.
    pub fn system() -> Who {
        Who::system(CENTRE_AGENCY)
    }

    /// One of the specialists of an agency.
    pub fn specialists(&self, agency: Id<Agency>) -> Vec<&Who> {
        self.staff.iter().filter(|w| w.agency == agency && w.is(Role::Specialist)).collect()
    }
}

fn calendar(
    profile: &Profile,
    version: i64,
    closed: &[CalendarRow],
    years: &RangeInclusive<i16>,
) -> Result<Calendar, CalendarError> {
    let (week, rules) = (WorkingWeek::MONDAY_TO_FRIDAY, HolidayRules::default());
    let sessions = profile.calendar.sessions.clone();
    Calendar::from_rules(version, week, sessions, &rules, closed.iter().cloned(), years.clone())
}

fn staff() -> Vec<Who> {
    let mut number = 100;
    let mut hire = |role: Role, agency: Id<Agency>, centre: Option<Id<Centre>>| {
        number += 1;
        Who {
            officer: Id::new(number),
            agency,
            unit: Id::new(agency.raw() + 1),
            centre,
            roles: vec![role],
            bound: Bound::default(),
        }
    };
    let mut all: Vec<Who> = [
        Role::IntakeOfficer,
        Role::IntakeOfficer,
        Role::PostEmployee,
        Role::ReturnDesk,
        Role::Cashier,
        Role::Supervisor,
        Role::CentreDeputy,
        Role::CentreDirector,
    ]
    .into_iter()
    .map(|role| hire(role, CENTRE_AGENCY, Some(CENTRE)))
    .collect();
    for agency in AGENCIES {
        let roles = [Role::UnitHead, Role::Specialist, Role::Specialist, Role::AgencyLeader, Role::Clerk];
        all.extend(roles.into_iter().map(|role| hire(role, agency, None)));
    }
    // Somebody of another province's centre: sees nothing, may do nothing.
    all.push(hire(Role::IntakeOfficer, Id::new(90), Some(Id::new(91))));
    all
}

const LIMITS: [TimeLimit; 9] = [
    TimeLimit::WorkingDays(5),
    TimeLimit::WorkingDays(1),
    TimeLimit::WorkingDays(15),
    TimeLimit::WorkingHours(8),
    TimeLimit::WorkingHours(20),
    TimeLimit::CalendarDays(21),
    TimeLimit::Months(2),
    TimeLimit::SameDay,
    TimeLimit::None,
];

fn offer(number: usize, limit: TimeLimit) -> Result<Offer, SimError> {
    let papers = [paper("don", true), paper("ban-ve", true), paper("uy-quyen", false)];
    let way = |channel| SubmissionWay { channel, limit, variant: None, note: String::new(), fees: Vec::new() };
    // Every third has a sector law with a window of its own (CLK-04).
    let flags = Flags { supplement_window_working_days: (number % 3 == 2).then_some(7), ..Flags::default() };
    let procedure = ProcedureVersion {
        code: format!("1.{:06}", 900 + number).parse()?,
        name: format!("Thủ tục số {number}"),
        field: Field { code: String::new(), name: "Lĩnh vực mô phỏng".into() },
        levels: Vec::new(),
        executing: Vec::new(),
        participating: Vec::new(),
        applicants: Vec::new(),
        steps: Vec::new(),
        ways: Channel::ALL.map(way).to_vec(),
        variants: vec![Variant {
            id: String::new(),
            name: String::new(),
            limit: None,
            components: papers.to_vec(),
            answers: Vec::new(),
        }],
        sets: 1,
        conditions: String::new(),
        legal_bases: Vec::new(),
        results: Vec::new(),
        online_level: OnlineLevel::Full,
        flags,
        publication: Publication {
            number: "01/QĐ-UBND".into(),
            issuer: "Ủy ban nhân dân tỉnh".into(),
            date: None,
            kind: PublicationKind::New,
            effective_from: None,
            replaced_by: None,
        },
    };
    Ok(Offer { procedure, process: default_process(Level::Province, limit) })
}

fn paper(id: &str, required: bool) -> Component {
    Component {
        id: id.into(),
        name: format!("Giấy {id}"),
        section: String::new(),
        originals: 1,
        copies: 0,
        required,
        form: None,
        form_file: None,
        e_form: false,
    }
}
