//! `simulate`: years of a made-up province in memory, against all invariants of the rules.

use super::{Failure, Report, args::Global, args::SimulateArgs, open, profiles};
use crate::{
    demo::Dice,
    simulate::{self, Plan, Summary},
};
use platform::random::Random;
use serde_json::json;
use std::fmt::Write;

/// No data base is opened: the profile comes from `--profile` or the configuration.
pub fn run(global: &Global, args: &SimulateArgs) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    let asked =
        config.profile.as_deref().ok_or_else(|| Failure::Usage("which province? --profile NAME|FILE".into()))?;
    let chosen = profiles::named(asked)?;
    let plan = Plan { dossiers: args.dossiers, years: args.years };
    match simulate::run(&chosen.profile, plan, Dice(Random::seeded(args.seed))) {
        Ok(summary) => Ok(told(chosen.name(), args, &summary)),
        Err(e) => Err(Failure::Failed(format!("{}, seed {}: {e}", chosen.name(), args.seed))),
    }
}

fn told(profile: &str, args: &SimulateArgs, s: &Summary) -> Report {
    let mut text = format!(
        "{profile}, seed {}: {} steps, {} dossiers in {} years, every invariant held\n",
        args.seed, s.steps, s.dossiers, args.years
    );
    // Writing to a text cannot fail.
    let _ = writeln!(text, "decided: {} early, {} on time, {} late", s.early, s.on_time, s.late);
    let _ = writeln!(text, "calendar changed {} times, {} due dates moved", s.calendar_changes, s.redated);
    let _ = writeln!(text, "fees: {} đ owed, {} đ paid", s.owed, s.paid);
    for (head, counts) in [("ended as", &s.ends), ("refused by", &s.refusals), ("events", &s.events)] {
        let counts: Vec<_> = counts.iter().map(|(what, n)| format!("{what} {n}")).collect();
        let _ = writeln!(text, "{head}: {}", counts.join(", "));
    }
    let json = json!({ "profile": profile, "seed": args.seed, "years": args.years, "summary": s });
    Report::good(text, json)
}
