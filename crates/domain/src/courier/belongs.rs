use super::{Load, Place};
use crate::{
    dossier::{Dossier, Intake, Law, ReceivedComponent, ResultBy, Status, agency_returns},
    interlink::{Body, Stage, Travel},
};

/// Where paper of one kind is made or handed in, and where the dossier's state wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// What it is.
    pub load: Load,
    /// Where it first lies.
    pub from: Place,
    /// Where it is wanted now.
    pub to: Place,
}

/// Sheets and sets that were handed in: originals, certified and plain copies together.
pub fn papers(intake: &Intake) -> u32 {
    intake.components.iter().map(ReceivedComponent::on_paper).sum()
}

/// Where the paper of a dossier belongs at this moment; nothing for what came and goes without paper, or is over.
pub fn belongs(d: &Dossier, law: &Law) -> Vec<Belongs> {
    let centre = Place::Centre(d.intake.centre);
    // An agency in whose house the one-stop unit stands needs no courier.
    let house = |place| if place == Place::Agency(law.desk.centre_agency) { centre } else { place };
    let agency = house(Place::Agency(d.intake.agency));
    let dossier = handed_in(d, agency, house).map(|to| Belongs { load: Load::Dossiers, from: centre, to });
    let result = awaits_the_desk(d, law).then_some(Belongs { load: Load::Results, from: agency, to: centre });
    dossier.into_iter().chain(result).collect()
}

/// Where what the applicant handed in is wanted.
fn handed_in(d: &Dossier, agency: Place, house: impl Fn(Place) -> Place) -> Option<Place> {
    if papers(&d.intake) == 0 || d.accepted_at.is_none() {
        return None;
    }
    match d.status {
        // CLK-10, VL 4.4a: papers go back to the applicant through the Centre.
        Status::Refused { to_give_back: true, .. } | Status::Stopped { .. } | Status::Withdrawn { .. } => {
            Some(Place::Centre(d.intake.centre))
        }
        Status::Draft
        | Status::Submitted { .. }
        | Status::GuidanceRequested { .. }
        | Status::Refused { to_give_back: false, .. } => None,
        _ => Some(serial_part(d).map_or(agency, house)),
    }
}

/// ILK-01: on paper the dossier lies with the agency whose part is open.
fn serial_part(d: &Dossier) -> Option<Place> {
    if d.links.travel != Some(Travel::Paper) {
        return None;
    }
    d.links.parts.iter().find_map(|p| match (&p.stage, &p.body, p.via) {
        (Stage::AtOneStop { .. }, _, Some(via)) => Some(Place::Centre(via)),
        (Stage::Open { .. }, Body::Agency(agency), _) => Some(Place::Agency(*agency)),
        _ => None,
    })
}

/// VL 4.4a: the result on paper goes to the Centre, unless the agency hands it over itself or nobody wants paper.
fn awaits_the_desk(d: &Dossier, law: &Law) -> bool {
    let on_paper = d.intake.result_by != ResultBy::Online && d.result.is_some();
    matches!(d.status, Status::Decided { .. }) && on_paper && !agency_returns(law)
}
