//! Settings that contradict each other.

use super::error::Contradiction;
use super::{ApologyMoment, Centre, Profile};
use crate::deadline::TimeLimit;
use std::collections::HashSet;

pub(super) fn check(profile: &Profile) -> Result<(), Contradiction> {
    identifiers_are_unique_and_belong_to_the_province(profile)?;
    centres_are_unique_and_belong_to_an_agency(profile)?;
    a_shared_place_is_somebodys(profile)?;
    apology_says_when(profile)?;
    warnings_are_possible(profile)?;
    requests_end(profile)?;
    sessions_follow_each_other(profile)
}

fn identifiers_are_unique_and_belong_to_the_province(profile: &Profile) -> Result<(), Contradiction> {
    let province = profile.province.identifier.as_str();
    let mut seen = HashSet::new();
    for agency in &profile.agencies {
        let id = agency.identifier.as_str();
        if !seen.insert(id) {
            return Err(wrong("agencies.identifier", id, format!("{id} is given twice")));
        }
        if id != province && !id.strip_prefix(province).is_some_and(|rest| rest.starts_with('.')) {
            return Err(wrong("agencies.identifier", id, format!("{id} does not begin with {province}.")));
        }
    }
    Ok(())
}

fn centres_are_unique_and_belong_to_an_agency(profile: &Profile) -> Result<(), Contradiction> {
    let mut seen = HashSet::new();
    for Centre { code, agency, counters, .. } in &profile.centres {
        if !seen.insert(code.as_str()) {
            return Err(wrong("centres.code", code, format!("{code} is given twice")));
        }
        if profile.agency(agency).is_none() {
            return Err(wrong("centres.agency", agency, format!("no agency is {agency}")));
        }
        if counters.is_empty() {
            return Err(wrong("centres.counters", code, format!("{code} has no counter")));
        }
    }
    if profile.main_centre().is_none() {
        return Err(wrong("centres", "[[centres]]", "no centre has the level province".to_owned()));
    }
    Ok(())
}

fn a_shared_place_is_somebodys(profile: &Profile) -> Result<(), Contradiction> {
    for agency in &profile.agencies {
        let Some(other) = agency.seat_with.as_deref() else { continue };
        if agency.seats.is_some() || profile.agency(other).is_none_or(|a| a.seats.is_none()) {
            let message = format!("{} shares the place of {other}, which has none of its own", agency.identifier);
            return Err(wrong("agencies.seat_with", other, message));
        }
    }
    Ok(())
}

fn apology_says_when(profile: &Profile) -> Result<(), Contradiction> {
    let apology = &profile.apology;
    if (apology.moment == ApologyMoment::BeforeDue) == apology.min_days_before.is_some() {
        return Ok(());
    }
    let message = "min_days_before goes with moment = \"before_due\" and only with it";
    Err(wrong("apology.min_days_before", "[apology]", message.to_owned()))
}

fn warnings_are_possible(profile: &Profile) -> Result<(), Contradiction> {
    if profile.calendar.near_due.percent > 100 {
        return Err(wrong("calendar.near_due.percent", "near_due", "more than 100".to_owned()));
    }
    if profile.calendar.hours_per_day == 0 {
        return Err(wrong("calendar.hours_per_day", "hours_per_day", "must not be 0".to_owned()));
    }
    let reminders = &profile.returning.unclaimed_reminders;
    if !reminders.is_sorted_by(|a, b| a < b) {
        let key = "returning.unclaimed_reminders";
        return Err(wrong(key, "unclaimed_reminders", "must grow".to_owned()));
    }
    Ok(())
}

fn requests_end(profile: &Profile) -> Result<(), Contradiction> {
    let rules = profile.personal_data;
    let limits = [rules.first_answer, rules.correction, rules.copy];
    if limits.contains(&TimeLimit::None) {
        let message = "a request about personal data has an end".to_owned();
        return Err(wrong("personal_data", "[personal_data]", message));
    }
    Ok(())
}

fn sessions_follow_each_other(profile: &Profile) -> Result<(), Contradiction> {
    let of_centres = profile.centres.iter().filter_map(|c| c.sessions.as_ref());
    for sessions in std::iter::once(&profile.calendar.sessions).chain(of_centres) {
        let each_runs_forward = sessions.iter().all(|s| s.from < s.to);
        if sessions.is_empty() || !each_runs_forward || !sessions.is_sorted_by(|a, b| a.to <= b.from) {
            let message = "sessions must be given, in order and apart".to_owned();
            return Err(wrong("sessions", "sessions", message));
        }
    }
    Ok(())
}

fn wrong(key: &'static str, needle: &str, message: String) -> Contradiction {
    Contradiction { key, needle: needle.to_owned(), message }
}
