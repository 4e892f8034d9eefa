//! Commands beside the straight way, as they are usually given.
use super::world::{OF_THE_CENTRE, World, at, numbers, profile};
use crate::{
    accounts::Who,
    dossier::{Command, FeeMoment, Problem, ReceivedComponent, RequestItem},
    id::Id,
    profile::{Approver, Profile},
};

/// The province's rules without the leader's word on form 04 (VL 4.3e, QN 6.3), which `leader_word.rs` looks at.
pub fn plain(province: &str) -> Profile {
    let mut profile = profile(province);
    profile.approval.apology_by = Approver::Agency;
    profile
}

/// One line of form 02.
pub fn item(component: &str) -> RequestItem {
    RequestItem { component: Some(component.into()), problem: Problem::Wrong, note: "Xin nộp bản đúng.".into() }
}
pub fn guide(items: Vec<RequestItem>) -> Command {
    Command::Guide { items, reason: None }
}
pub fn ask_supplement(items: Vec<RequestItem>) -> Command {
    let files = vec!["5c".repeat(32)];
    Command::RequestSupplement { items, reason: Some("Bản vẽ chưa đúng tỷ lệ.".into()), files }
}
pub fn bring(components: Vec<ReceivedComponent>) -> Command {
    Command::Supplement { components, answers: Vec::new(), received_at: None }
}
pub fn suspend(until: &str) -> Command {
    Command::Suspend { reason: "Chờ kết quả giám định.".into(), until: at(until) }
}
pub fn apologise(new_due_at: &str) -> Command {
    Command::Apologise {
        reason: "Chờ ý kiến cơ quan khác.".into(),
        new_due_at: Some(at(new_due_at)),
        files: vec!["5c".repeat(32)],
        late: false,
    }
}
pub fn late(command: Command) -> Command {
    match command {
        Command::Apologise { reason, new_due_at, files, .. } => {
            Command::Apologise { reason, new_due_at, files, late: true }
        }
        other => other,
    }
}
pub fn withdraw() -> Command {
    Command::Withdraw { reason: "Không còn nhu cầu.".into() }
}
pub fn stop() -> Command {
    Command::Stop { reason: "Người nộp đã thôi dự án.".into(), files: vec!["5c".repeat(32)] }
}
pub fn fee(when: FeeMoment) -> Command {
    Command::RequireFee { amount: 150_000, reason: "Lệ phí cấp phép".into(), when }
}
pub fn cancel_fee() -> Command {
    Command::CancelFee { reason: "Nhầm hồ sơ.".into() }
}
pub fn pay() -> Command {
    Command::RecordPayment { amount: 150_000, paid_at: None, proof: "BL 000123".into() }
}
pub fn system() -> Who {
    Who::system(Id::new(OF_THE_CENTRE))
}
/// The next number, as the store would give it.
pub fn after(world: &mut World, moment: &str) {
    world.now = at(moment);
    world.numbers = numbers(u32::try_from(world.history.len()).unwrap() + 1);
}
