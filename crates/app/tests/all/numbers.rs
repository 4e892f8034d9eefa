//! Codes and slip numbers without gaps: however many counters at once, and whatever is refused in between.

use crate::world::{World, applicant};
use domain::{
    accounts::{Role, Who},
    dossier::{Command, Intake, Refusal},
};
use motcua::{
    dossier::{Order, Target, store::Key},
    error::AppError,
};
use std::collections::BTreeSet;

const PROCEDURE: &str = "1.013222";
const AT_ONCE: u32 = 100;

async fn counter(w: &World) -> Who {
    w.procedures(&[PROCEDURE]).await;
    w.officer("quay.mot", "H49.24", &[Role::IntakeOfficer]).await
}

fn opening(command: Command) -> Order {
    Order { target: Target::New(Box::new(applicant())), command }
}

fn without_papers(w: &World, who: &Who) -> Intake {
    Intake { components: Vec::new(), ..w.intake(who, PROCEDURE) }
}

/// The numbers of the codes and of the receipts given so far.
async fn a_hundred_counters_at_once(w: World) {
    let who = counter(&w).await;
    let (complete, incomplete) = (w.intake(&who, PROCEDURE), without_papers(&w, &who));
    let asked = (0..AT_ONCE + AT_ONCE / 4).map(|n| {
        let intake = if n % 5 == 4 { incomplete.clone() } else { complete.clone() };
        w.order(&who, opening(Command::TakeIn { intake, received_at: None, fees: None }))
    });
    let (mut codes, mut receipts, mut refused) = (BTreeSet::new(), BTreeSet::new(), 0);
    for answer in futures_util::future::join_all(asked).await {
        match answer {
            Ok(done) => {
                codes.insert(done.state.code.unwrap().to_string());
                receipts.insert(done.state.receipt.unwrap().number.split('/').next().unwrap().parse().unwrap());
            }
            Err(AppError::Refused(Refusal::Incomplete { .. }, _)) => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    let expected: BTreeSet<String> = (1..=AT_ONCE).map(|n| format!("H49.24-251006-{n:04}")).collect();
    assert_eq!((codes, refused), (expected, AT_ONCE / 4));
    assert_eq!(receipts, (1..=AT_ONCE).collect::<BTreeSet<u32>>());
}

/// INT-03: each number is used once, and none is lost to a refusal.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_a_hundred_counters_share_one_series_without_gaps_on_sqlite() {
    a_hundred_counters_at_once(World::sqlite()).await;
}

/// INT-03: the same over the server.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_a_hundred_counters_share_one_series_without_gaps_on_postgres() {
    a_hundred_counters_at_once(World::postgres()).await;
}

/// INT-02, INT-03: a draft that lacks a paper stays a draft, and its number goes to the next dossier.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_a_draft_that_is_not_accepted_keeps_no_number() {
    let w = World::sqlite();
    let who = counter(&w).await;
    let draft =
        w.order(&who, opening(Command::Draft { intake: without_papers(&w, &who), received_at: None })).await.unwrap();
    let target = Target::Known { key: Key::Id(draft.id), version: draft.state.version };
    let refused = w.order(&who, Order { target, command: Command::Accept { fees: None } }).await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Incomplete { .. }, _))));
    let next = w.take_in(&who, PROCEDURE).await;
    assert_eq!(next.state.code.unwrap().as_str(), "H49.24-251006-0001");
    assert!(next.state.receipt.unwrap().number.starts_with("1/2025/"));
}
