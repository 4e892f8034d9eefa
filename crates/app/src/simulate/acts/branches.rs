//! What other agencies do beside a dossier: opinions, verifications, parts (ILK-01 … ILK-05, FLW-03).

use super::commands::Given;
use crate::{
    demo::Dice,
    simulate::{
        DAY,
        life::Life,
        province::{AGENCIES, Province},
    },
};
use domain::{
    accounts::{Role, Who},
    catalogue::Process,
    dossier::{Command, CommandName},
    id::Id,
    interlink::{
        Body, Branch, Link, Part, PartAsked, PartResult, Travel, Visit, answers, finishes, forwards, gives, passes_on,
    },
    people::Agency,
    profile::Level,
    time::Instant,
};

/// `None` where there is nothing of the kind to do, as when anybody tries anything.
pub fn of(
    name: CommandName,
    who: &Who,
    life: &Life,
    province: &Province,
    now: Instant,
    dice: &Dice,
    well_formed: bool,
) -> Option<Given> {
    let text = if well_formed { "Theo hồ sơ kèm theo." } else { " " }.to_owned();
    let links = &life.state.links;
    let link = match name {
        CommandName::Consultations => {
            let asked = if well_formed { vec![(another(life), None)] } else { Vec::new() };
            Link::Consult { asked, content: text, due_at: within(life, now) }
        }
        CommandName::Replies => {
            let open = links.consultations.iter().find(|c| answers(who, &life.state, c).is_some());
            Link::Reply { id: open.map_or(1, |c| c.id), text, files: Vec::new() }
        }
        CommandName::ConsultationReports => {
            let open = links.consultations.iter().find(|c| !c.is_answered() && c.reported_at.is_none());
            Link::Report { id: open.map_or(1, |c| c.id) }
        }
        CommandName::BranchChanges => change(life, now, dice, text),
        CommandName::Verifications => {
            let appointed = links.open_visits().next().map(|v| v.id);
            let visit = (appointed.is_some() || dice.percent(50)).then(|| visit(now, &text));
            Link::Verify { visit, findings: text, conclusion: None, appointed }
        }
        CommandName::Visits => Link::Appoint { visit: visit(within(life, now), &text), applicant: dice.percent(80) },
        CommandName::VisitChanges => {
            let id = links.open_visits().next().map_or(1, |v| v.id);
            if dice.percent(50) {
                Link::CallOff { id, reason: text }
            } else {
                Link::Postpone { id, at: within(life, now), place: None, reason: text }
            }
        }
        CommandName::Children => open(life, now, dice, text),
        CommandName::Parts => part(who, life, province, dice, text, now),
        _ => return None,
    };
    Some(Given { command: Command::Link(link), well_formed })
}

fn visit(at: Instant, content: &str) -> Visit {
    let participants = vec!["Trần Thị Bích".to_owned()];
    Visit { at, place: "Thửa đất số 1".into(), participants, content: content.to_owned() }
}

/// What is still waited for is taken back, or gets another date.
fn change(life: &Life, now: Instant, dice: &Dice, reason: String) -> Link {
    let links = &life.state.links;
    let asked = links.consultations.iter().find(|c| !c.is_answered()).map(|c| (Branch::Consultation, c.id));
    let part = links.unfinished().next().map(|p| (Branch::Part, p.id));
    let (what, id) = asked.or(part).unwrap_or((Branch::Part, 1));
    if dice.percent(50) {
        return Link::Recall { what, id, reason };
    }
    Link::Redate { what, id, due_at: within(life, now), reason }
}

/// The agency that has the dossier asks the other one.
fn another(life: &Life) -> Id<Agency> {
    AGENCIES.into_iter().find(|a| *a != life.state.intake.agency).unwrap_or(AGENCIES[0])
}

/// Before the dossier's own date; a day ahead where that is near or past, which the rules refuse.
fn within(life: &Life, now: Instant) -> Instant {
    let ahead = now.plus_millis(DAY);
    life.state.due_at.map_or(ahead, |due| {
        if due > now {
            Instant::from_millis(i64::midpoint(now.millis(), due.millis()).max(now.millis() + 1))
        } else {
            ahead
        }
    })
}

fn open(life: &Life, now: Instant, dice: &Dice, work: String) -> Link {
    let due_at = within(life, now);
    let asked = |body, needs| PartAsked {
        posted: body != Body::Agency(life.state.intake.agency),
        body,
        level: Level::Province,
        unit: None,
        work: work.clone(),
        due_at,
        needs,
        one_stop: None,
    };
    let travel = if dice.percent(50) { Travel::Paper } else { Travel::Electronic };
    let mut parts = vec![asked(Body::Agency(another(life)), Vec::new())];
    if dice.percent(30) {
        let needs = if travel == Travel::Electronic { vec![1] } else { Vec::new() };
        parts.push(asked(Body::Outside("Bộ Xây dựng".into()), needs));
    }
    Link::Open { travel, parts }
}

fn part(who: &Who, life: &Life, province: &Province, dice: &Dice, text: String, now: Instant) -> Link {
    let (d, process): (_, &Process) = (&life.state, &life.of(province).process);
    let find = |may: &dyn Fn(&Part) -> bool| d.links.parts.iter().find(|p| may(p)).map(|p| p.id);
    if let Some(id) = find(&|p| passes_on(who, d, p)) {
        return Link::PassOn { id };
    }
    let result = || PartResult {
        text: text.clone(),
        number: None,
        date: None,
        signer: None,
        files: Vec::new(),
        by: who.officer,
        at: now,
    };
    let finished = find(&|p| finishes(who, d, p, process));
    match find(&|p| gives(who, d, p)) {
        Some(id) if finished.is_none() || dice.percent(30) => {
            let colleagues = province.specialists(who.agency);
            let given = dice.pick(&colleagues).filter(|_| forwards(who)).map_or(who.officer, |w| w.officer);
            Link::Give { id, officer: given }
        }
        _ => Link::Finish { id: finished.unwrap_or(1), result: result() },
    }
}

/// Officers who work in agencies: to them parts are given.
pub fn assignee<'a>(province: &'a Province, command: &Command) -> Option<&'a Who> {
    let Command::Link(Link::Give { officer, .. }) = command else { return None };
    province.staff.iter().find(|w| w.officer == *officer && w.any(Role::works_in_agency))
}
