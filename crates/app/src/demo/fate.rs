use super::{beside::Aside, dice::Dice};
use domain::catalogue::StepKind;

/// What becomes of a dossier, other than its ordinary way to the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Ordinary,
    Draft,
    Submitted,
    TurnedAway,
    Refused,
    SentBack,
    Declined,
    /// Forgotten at a step: in the end overdue.
    Stuck(StepKind),
    /// The result waits at the return desk.
    Unclaimed,
    /// Something comes in between.
    Beside(Aside),
}

/// The first dossiers of a demo: one of each fate, however few there are, on a day on which it still shows.
pub fn first_ones(past_days: usize) -> Vec<(usize, Fate)> {
    const EACH: [(usize, Fate); 10] = [
        (22, Fate::Ordinary),
        (1, Fate::Draft),
        (1, Fate::Submitted),
        (18, Fate::TurnedAway),
        (21, Fate::Refused),
        (23, Fate::SentBack),
        (24, Fate::Declined),
        (27, Fate::Stuck(StepKind::Assign)),
        (28, Fate::Stuck(StepKind::Appraise)),
        (29, Fate::Stuck(StepKind::Approve)),
    ];
    let asides = Aside::ALL.into_iter().zip(0..).map(|(aside, n)| {
        // Terms and pauses of those that wait have not run out when the demo ends.
        (if aside.waits() { 3 + n % 6 } else { 17 + n }, Fate::Beside(aside))
    });
    EACH.into_iter().chain(asides).map(|(ago, fate)| (ago.min(past_days), fate)).collect()
}

/// What becomes of a dossier that came in so many working days before the demo ends.
pub fn fate(days_ago: usize, dice: &Dice) -> Fate {
    match (dice.below(100), days_ago) {
        // Drafts and what nobody has opened yet are as old as a day.
        (0..10, ..=1) => Fate::Draft,
        (10..35, ..=1) => Fate::Submitted,
        (0..12, 3..=8) => pick(&Aside::ALL, dice, |a| a.waits()),
        // Forgotten ones are found in the end.
        (0..3, 20..=30) => Fate::Stuck(StepKind::Assign),
        (3..8, 20..=30) => Fate::Stuck(StepKind::Appraise),
        (8..10, 20..=30) => Fate::Stuck(StepKind::Approve),
        (10..18, 10..=30) | (10, 31..) => Fate::Unclaimed,
        (60..63, _) => Fate::TurnedAway,
        (63..66, _) => Fate::Refused,
        (66..72, _) => Fate::SentBack,
        (72..77, _) => Fate::Declined,
        (77..83, 4..) => pick(&Aside::ALL, dice, |a| !a.waits()),
        _ => Fate::Ordinary,
    }
}

fn pick(all: &[Aside], dice: &Dice, fits: impl Fn(&Aside) -> bool) -> Fate {
    let fitting: Vec<Aside> = all.iter().copied().filter(fits).collect();
    dice.pick(&fitting).map_or(Fate::Ordinary, |aside| Fate::Beside(*aside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::random::Random;

    #[test]
    fn the_first_ones_show_every_fate_that_needs_showing() {
        let first = first_ones(30);
        assert_eq!(first.len(), 18);
        assert!(Aside::ALL.iter().all(|a| first.iter().any(|(_, fate)| *fate == Fate::Beside(*a))));
        assert!(first.iter().all(|(ago, _)| (1..=30).contains(ago)));
    }

    #[test]
    fn nothing_waits_for_months() {
        let dice = Dice(Random::seeded(2));
        for _ in 0..5_000 {
            let fate = fate(60, &dice);
            let waits = matches!(fate, Fate::Draft | Fate::Submitted | Fate::Stuck(_));
            assert!(!waits && !matches!(fate, Fate::Beside(aside) if aside.waits()), "{fate:?}");
        }
    }
}
