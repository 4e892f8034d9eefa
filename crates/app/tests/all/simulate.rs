//! The model test: the rules of each province on trial, at random, 20,000 steps a run. `motcua simulate` goes on to a million.

use motcua::{
    cli::embedded,
    demo::Dice,
    simulate::{Plan, Summary, run},
};
use platform::random::Random;

const PROVINCES: [&str; 5] = ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"];

fn lived(province: &str, dossiers: u32, seed: u64) -> Summary {
    let Ok(chosen) = embedded(province) else { panic!("no profile {province}") };
    let plan = Plan { dossiers, years: 2 };
    run(&chosen.profile, plan, Dice(Random::seeded(seed))).unwrap_or_else(|e| panic!("{province}, seed {seed}: {e}"))
}

/// GR-1 … GR-6, CLK-04, CLK-05, CLK-06: whatever anybody tries, every invariant holds after every step.
#[test]
fn twenty_thousand_random_steps_in_five_provinces_break_no_invariant() {
    let all: Vec<Summary> = PROVINCES.iter().map(|p| lived(p, 420, 7)).collect();
    let steps: u64 = all.iter().map(|s| s.steps).sum();
    assert!(steps >= 20_000, "{steps} steps");
    for (province, s) in PROVINCES.iter().zip(&all) {
        // The years were full: a trial in which nothing happens proves nothing.
        for event in
            ["supplement_requested", "apologised", "suspended", "fee_paid", "stopped", "withdrawn", "handed_over"]
                .into_iter()
                .chain(["consulted", "consultation_replied", "verified", "parts_opened", "part_finished"])
                .chain(["late_entry_confirmed"])
        {
            assert!(s.events.get(event).is_some_and(|n| *n > 5), "{province}: {event} {:?}", s.events.get(event));
        }
        for rule in ["GR-1", "GR-2", "GR-4", "GR-6", "INT-02", "INT-09"] {
            assert!(s.refusals.contains_key(rule), "{province}: {rule} never refused anything");
        }
        let ended: u64 = s.ends.values().sum();
        assert_eq!(ended, s.dossiers, "{province}: every dossier came to an end");
    }
}

/// CLK-06: only Đồng Nai's deputy director sees supplements, suspensions and refusals before they take effect; elsewhere
/// only a late apology is put before the Centre.
#[test]
fn proposals_wait_for_the_deputy_director_where_the_profile_says_so() {
    let proposed = |province| lived(province, 150, 3).events.get("proposed").copied().unwrap_or_default();
    assert!(proposed("dong-nai") > 3 * proposed("vinh-long"));
    assert_eq!(proposed("thua-thien-hue"), 0, "the Centre itself writes the apology (HUE 3.3b)");
}

#[test]
fn the_same_seed_lives_the_same_years_and_another_seed_others() {
    let text = |seed| serde_json::to_string(&lived("quang-nam", 40, seed)).unwrap();
    assert_eq!(text(11), text(11));
    assert_ne!(text(11), text(12));
}
