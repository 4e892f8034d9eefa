//! What slips hold when the product issues them: frozen with the command, printed as often as asked.

use crate::{lifecycle::Case, world::World};
use documents::{Channel, Form};
use domain::{accounts::Role, dossier::Dossier, id::Id};
use motcua::dossier::store;
use serde_json::json;

/// The newest slip of a dossier.
pub fn newest(w: &World, id: Id<Dossier>) -> Form {
    let slips = w.app.db.read_blocking(move |q| store::slips_of(q, id)).unwrap();
    serde_json::from_str(&slips.last().unwrap().data).unwrap()
}

fn id_of(c: &Case) -> Id<Dossier> {
    Id::new(c.last["id"].as_str().unwrap().parse().unwrap())
}

/// FEE-01, INT-03: the lines of the catalogue are cases of which one applies; a receipt names them and adds nothing up.
#[tokio::test]
async fn fee_01_a_receipt_names_each_fee_by_its_case() {
    let w = World::sqlite();
    w.procedures(&["1.115602", "1.004194"]).await;
    let who = w.officer("lan", "H49.28", &[Role::IntakeOfficer]).await;
    let Form::Receipt(receipt) = newest(&w, w.take_in(&who, "1.115602").await.id) else { panic!("a receipt") };
    assert_eq!(receipt.fees.len(), 36);
    assert!(receipt.fees.iter().all(|fee| fee.text.contains("Giấy chứng nhận") && fee.amount.is_some()));
    let Form::Receipt(receipt) = newest(&w, w.take_in(&who, "1.004194").await.id) else { panic!("a receipt") };
    let amounts: Vec<_> = receipt.fees.iter().map(|fee| fee.amount).collect();
    assert_eq!(amounts, [Some(10_000), Some(15_000), None], "who is exempt is told, too");
}

/// RES-02, QN 8.1: a receipt that was not shown is not ticked; why stands on the slip and in the history.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_a_lost_receipt_is_not_ticked_and_its_reason_is_kept() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    c.does("specialist", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    c.does("specialist", "submissions", json!({})).await;
    c.does("leader", "approvals", json!({"decision": "grant"})).await;
    let result = json!({"number": "12/TLKH", "date": "2025-10-06", "signer": "Phạm Văn Lãnh", "files": []});
    c.does("clerk", "results", result).await;
    let lost = json!({"to": "applicant", "identity": "022099012345", "how": "counter", "without_slip": "Bị mất khi chuyển nhà"});
    c.does("desk", "handovers", lost).await;
    let Form::Handover(slip) = newest(&c.w, id_of(&c)) else { panic!("a handover") };
    assert!(!slip.papers_shown.receipt);
    assert_eq!(slip.papers_shown.without_receipt.as_deref(), Some("Bị mất khi chuyển nhà"));
    assert!(matches!(slip.channel, Channel::Counter { .. }));
    let id = id_of(&c);
    let events = c.w.app.db.read_blocking(move |q| store::events(q, id, 0)).unwrap();
    assert!(events.last().unwrap().body.contains("Bị mất khi chuyển nhà"));
}

/// CLK-10: after acceptance the agency refuses in its own name; the slip is the owner's, whoever handed in.
#[tokio::test(flavor = "multi_thread")]
async fn clk_10_a_refusal_bears_the_name_of_who_refuses_and_of_the_owner() {
    let mut c = Case::empty(World::sqlite()).await;
    let mut body = c.body.clone();
    body["owner"] = json!({"kind": "citizen", "name": "Lê Thị Chủ", "identity": "022088012345"});
    c.open(&body).await;
    c.does("head", "assignments", json!({"to": {"officer": "specialist"}})).await;
    c.does("specialist", "refusals", json!({"reason": "Không thuộc thẩm quyền."})).await;
    let Form::Refusal(slip) = newest(&c.w, id_of(&c)) else { panic!("a refusal") };
    let reference = c.w.app.reference();
    let agency = reference.agency_by_identifier(&c.agency).unwrap().name.clone();
    assert_eq!((slip.centre.as_str(), slip.letterhead.unit.as_str()), (agency.as_str(), agency.as_str()));
    assert_eq!(slip.owner.name, "Lê Thị Chủ");
    assert_eq!(slip.submitter.as_deref(), Some("Nguyễn Thị Mẫu"));
}
