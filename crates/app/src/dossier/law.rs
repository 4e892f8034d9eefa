use crate::{app::App, catalogue::Governing, reference::Reference};
use domain::{
    dossier::{Desk, Intake, Law},
    profile::Profile,
    time::Instant,
};

/// What governs a dossier at this moment; `None` when its centre is not there any more.
pub fn law<'a>(app: &'a App, reference: &'a Reference, governing: &'a Governing, intake: &Intake) -> Option<Law<'a>> {
    law_at(app.now(), &app.profile, reference, governing, intake)
}

/// The same at another moment, for whoever has no application.
pub fn law_at<'a>(
    now: Instant,
    profile: &'a Profile,
    reference: &'a Reference,
    governing: &'a Governing,
    intake: &Intake,
) -> Option<Law<'a>> {
    let centre = reference.centre(intake.centre)?;
    let (confirmed_at, confirming_agency) = reference.confirmed_at(centre);
    Some(Law {
        now,
        profile,
        procedure: &governing.procedure,
        process: &governing.process,
        calendar: reference.calendar_of(intake.centre),
        clock: &reference.clock,
        desk: Desk {
            centre_agency: centre.agency,
            agency_unit: reference.units_of(intake.agency).next().map(|u| u.id),
            police: reference.agency(intake.agency).is_some_and(|a| a.police),
            upper: reference.main_centre().map_or(centre.id, |c| c.id),
            provincial: centre.level == "province",
            confirmed_at,
            confirming_agency,
        },
    })
}
