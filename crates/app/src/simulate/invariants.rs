//! What must hold of every dossier after every step, whatever anybody did.

use super::{fault::Holds, life::Life, province::Province};
use domain::{
    accounts::{Role, Who},
    deadline::{TimeLimit, due_at},
    dossier::{Dossier, Event, Status, confirms, due_moments, follows_the_calendar, new_date},
    profile::{ApologyMoment, ApologyWriter, Approver},
    time::Instant,
};

/// What holds at any moment.
pub fn hold(life: &Life, province: &Province, now: Instant) -> Holds {
    let d = &life.state;
    let check = |rule: &'static str, holds: bool, what: &str| {
        if holds { Ok(()) } else { Err(life.broken(rule, format!("{what} at {now}"))) }
    };
    check("replay gives the stored state", life.replica() == d, "what was written makes another state")?;
    check("an open dossier has one holder", d.status.is_open() == d.holder.is_some(), "holder and status disagree")?;
    check("no dossier hangs", has_an_end_in_sight(life, province, now), "nothing is due, and nobody would be called")?;
    check(
        "a code belongs to whoever was let in",
        d.accepted_at.is_none() || d.code.is_some(),
        "accepted without a code",
    )?;
    counts(life, province)?;
    date_is_the_ledgers(life, province)
}

/// Every open dossier has a deadline of its own, whether it runs, waits or lies at a desk; a draft is nobody's yet, and a limit
/// of none promises no day.
fn has_an_end_in_sight(life: &Life, province: &Province, now: Instant) -> bool {
    let d = &life.state;
    let free = d.status == Status::Draft || d.limit == Some(TimeLimit::None);
    let law = province.law(life.of(province), d.intake.agency, now);
    !d.status.is_open() || free || !due_moments(d, &law).is_empty()
}

/// GR-1 and GR-2: no more often than the profile says.
fn counts(life: &Life, province: &Province) -> Holds {
    let (d, profile) = (&life.state, province.profile);
    let too_many = |what: &str, n: u32, most: u32| {
        if n <= most {
            Ok(())
        } else {
            Err(life.broken("GR-1, GR-2: no more often than the profile says", format!("{n} {what}")))
        }
    };
    too_many("guidances", d.guidances, profile.guidance.max)?;
    too_many("supplements", d.supplements, profile.supplement.max)?;
    if let Some(most) = profile.supplement.total_max {
        too_many("guidances and supplements", d.guidances + d.supplements, most)?;
    }
    if let Some(most) = profile.apology.max_reappointments {
        too_many("re-appointments", u32::try_from(d.apologies.len()).unwrap_or(u32::MAX), most)?;
    }
    Ok(())
}

/// The due date is a pure function of ledger, limit and calendar.
fn date_is_the_ledgers(life: &Life, province: &Province) -> Holds {
    if !follows_the_calendar(&life.state) {
        return Ok(());
    }
    match new_date(&life.state, &province.calendar, province.clock()) {
        Ok(None) => Ok(()),
        Ok(Some(date)) => Err(life.broken("the due date is the ledger's", format!("the ledger says {date}"))),
        Err(e) => Err(life.broken("the ledger is in order", e.to_string())),
    }
}

/// What holds of the step that was just taken.
pub fn step(before: &Dossier, life: &Life, who: &Who, province: &Province, now: Instant) -> Holds {
    let steps = usize::try_from(life.state.version.saturating_sub(before.version)).unwrap_or(usize::MAX);
    for line in life.last(steps) {
        let Ok(event) = serde_json::from_str::<Event>(&line.body) else {
            return Err(life.broken("every event can be read back", line.body.clone()));
        };
        of_event(before, &event, life, who, province, now)?;
    }
    Ok(())
}

fn of_event(before: &Dossier, event: &Event, life: &Life, who: &Who, province: &Province, now: Instant) -> Holds {
    let profile = province.profile;
    let check = |rule: &'static str, holds: bool| {
        if holds { Ok(()) } else { Err(life.broken(rule, format!("{} by {:?} at {now}", event.key(), who.roles))) }
    };
    let deputy = who.any(confirms);
    match event {
        Event::SupplementRequested { items, .. } => {
            check("GR-1: the whole list at once", !items.is_empty())?;
            check("CLK-04: within the window", in_window(before, life, province, now))?;
            check(
                "CLK-06: the deputy director confirms",
                profile.approval.supplement_by != Approver::CentreDeputy || deputy,
            )
        }
        Event::Suspended { until, .. } => {
            check("FLW-08: a suspension ends", *until > now)?;
            check(
                "CLK-06: the deputy director confirms",
                profile.approval.suspension_by != Approver::CentreDeputy || deputy,
            )
        }
        Event::Refused { files, holder, .. } if before.accepted_at.is_some() => {
            let rules = &profile.refusal;
            let deputy_said = profile.approval.no_resolution_by != Approver::CentreDeputy || deputy;
            check("CLK-06: the deputy director confirms", deputy_said)?;
            check("DN 16.1e: the signed notice is scanned", !rules.scan_required || !files.is_empty())?;
            let in_time = before.due_at.is_none_or(|due| now <= due);
            check("CLK-10: a refusal is told within the limit", !rules.within_limit || in_time)?;
            check("CLK-10: the papers go back", rules.given_back_by.is_some() == holder.is_some())
        }
        Event::Apologised { from, due_at, late, files, .. } => {
            check("DN 16.1e: the signed letter is scanned", !profile.apology.scan_required || !files.is_empty())?;
            check("GR-2: the new date is later", due_at > from && *due_at > now)?;
            let by_agency = who.any(Role::works_in_agency);
            check(
                "HUE 3.3b: the Centre apologises",
                profile.apology.written_by == ApologyWriter::Agency || !by_agency,
            )?;
            check("GR-2: D−1, or a breach that the Centre confirms", *late && deputy || in_time(*from, province, now))
        }
        Event::SupplementCompleted { received_at, due_at, .. } => {
            let zero = fresh(life, *received_at, province);
            check("CLK-04: the limit counts again from zero", *due_at == zero)
        }
        Event::Decided { .. } => {
            check("GR-4: appraised before it is approved", before.opinion.is_some())?;
            let exempt = before.limit.is_some_and(|l| !domain::dossier::needs_receipt(profile, l));
            check("QN 6.2: with form 01", !profile.approval.form01 || before.receipt.is_some() || exempt)
        }
        Event::SubmittedForApproval { .. } | Event::PassedOn { .. } => {
            check("ILK-01: every part is finished before the lead goes on", before.links.unfinished().next().is_none())
        }
        Event::LateEntryConfirmed => {
            let other = before.late.as_ref().is_some_and(|late| late.by != who.officer);
            check("INT-13: a second officer confirms", other)
        }
        // CLK-10: the papers of a refused dossier are nobody's pledge.
        Event::HandedOver { .. } => {
            check("GR-5: nothing is owed", !before.status.is_alive() || before.unpaid().is_none())
        }
        // CLK-10, DN 9.2i: a stop is no resolution; only the system's own lapse needs nobody's word.
        Event::Stopped { files, .. } if !who.is_system() => {
            let rules = &profile.refusal;
            let deputy_said = profile.approval.no_resolution_by != Approver::CentreDeputy || deputy;
            check("CLK-06: the deputy director confirms a stop", deputy_said)?;
            check("DN 16.1e: the signed notice is scanned", !rules.scan_required || !files.is_empty())?;
            let in_time = !before.status.clock_runs() || before.due_at.is_none_or(|due| now <= due);
            check("CLK-10: a stop is told within the limit", !rules.within_limit || in_time)
        }
        Event::Stopped { .. } | Event::Withdrawn { .. } => check(
            "an ended dossier stays ended",
            before.status.is_alive() && !matches!(before.status, Status::Decided { .. }),
        ),
        _ => Ok(()),
    }
}

fn in_window(before: &Dossier, life: &Life, province: &Province, now: Instant) -> bool {
    let of_sector = life.of(province).procedure.flags.supplement_window_working_days;
    let days = of_sector.or(province.profile.supplement.window_working_days);
    let (Some(days), Some(from)) = (days, before.accepted_at) else { return true };
    let end = due_at(from, TimeLimit::WorkingDays(days), &province.calendar, province.clock());
    end.is_ok_and(|end| end.is_some_and(|end| now <= end))
}

/// A calendar day before the due date's day, where the profile asks for it.
fn in_time(from: Instant, province: &Province, now: Instant) -> bool {
    let rules = &province.profile.apology;
    match (rules.moment, rules.min_days_before) {
        (ApologyMoment::BeforeDue, Some(days)) => {
            let last = from.day().checked_sub(jiff::Span::new().days(i64::from(days)));
            last.is_ok_and(|last| now.day() <= last)
        }
        (ApologyMoment::BeforeDue, None) => true,
        (ApologyMoment::OnceOverdue, _) => now > from,
    }
}

fn fresh(life: &Life, from: Instant, province: &Province) -> Option<Instant> {
    let limit = life.state.limit.unwrap_or(TimeLimit::None);
    due_at(from, limit, &province.calendar, province.clock()).ok().flatten()
}
