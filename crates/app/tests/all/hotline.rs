//! TRK-03, LNK-06: an operator finds a dossier while the caller speaks and tells what the tracking page tells.

use crate::world::{World, applicant};
use domain::{accounts::Role, dossier::Command};
use motcua::{
    dossier::{Order, Target},
    reads,
};

const PROCEDURE: &str = "1.000080";

/// A world with two dossiers of one applicant: their codes, the operator's session.
async fn world() -> (World, Vec<String>, String) {
    let w = World::sqlite();
    w.procedures(&[PROCEDURE]).await;
    let who = w.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let mut codes = Vec::new();
    for _ in 0..2 {
        let command = Command::TakeIn { intake: w.intake(&who, PROCEDURE), received_at: None, fees: None };
        let done = w.order(&who, Order { target: Target::New(Box::new(applicant())), command }).await.unwrap();
        codes.push(done.state.code.unwrap().to_string());
    }
    let operator = w.officer("tong.dai", "H49.28", &[Role::HotlineOperator]).await;
    let session = w.sign_in(&operator).await;
    (w, codes, session)
}

async fn find(w: &World, session: &str, q: &str) -> crate::call::Answer {
    w.post("/can-bo/tong-dai").cookie(session).form(&[("q", q)]).send().await
}

#[tokio::test]
async fn trk_03_a_dossier_is_found_by_code_telephone_or_identity_number_and_the_list_names_nobody() {
    let (w, codes, session) = world().await;
    let by_code = find(&w, &session, &codes[0].to_lowercase()).await.expect(303);
    assert_eq!(by_code.location(), format!("/can-bo/tong-dai/{}", codes[0]));
    for number in ["0912 345 678", "+84912345678"] {
        let page = find(&w, &session, number).await.expect(200);
        assert!(codes.iter().all(|c| page.text().contains(c)), "{number}: {}", page.text());
        assert!(!page.text().contains("Nguyễn Thị Mẫu"), "{}", page.text());
    }
    for (q, what) in [("0987654321", "Không thấy hồ sơ nào"), ("", "Xin nhập mã hồ sơ")] {
        let page = find(&w, &session, q).await.expect(422);
        assert!(page.text().contains(what) && page.text().contains("aria-describedby=\"q-hint q-error\""), "{q}");
    }
}

/// SEC-01: the caller proves to be on the dossier before a name is told; guessing is slowed; each look is written down.
#[tokio::test]
async fn trk_03_what_is_told_before_and_after_the_caller_was_checked() {
    let (w, codes, session) = world().await;
    let at = format!("/can-bo/tong-dai/{}", codes[0]);
    let open = w.get(&at).cookie(&session).send().await.expect(200);
    assert!(open.text().contains("Đã tiếp nhận hồ sơ của ông/bà"), "{}", open.text());
    let hides = |text: &str| !text.contains("Nguyễn Thị Mẫu") && !text.contains("0912345678");
    assert!(hides(open.text()), "{}", open.text());

    let prove = |digits: &'static str| w.post(&at).cookie(&session).form(&[("so_cuoi", digits)]).send();
    let wrong = prove("0000").await.expect(422);
    assert!(hides(wrong.text()) && wrong.text().contains("aria-describedby=\"so_cuoi-error\""), "{}", wrong.text());
    let right = prove("5678").await.expect(200);
    assert!(right.text().contains("Nguyễn Thị Mẫu") && !right.text().contains("0912345678"), "{}", right.text());

    reads::flush(&w.app).await.unwrap();
    let supervisor = w.officer("giam.sat", "H49.28", &[Role::Supervisor]).await;
    let log = w.get("/can-bo/nhat-ky-xem").cookie(&w.sign_in(&supervisor).await).send().await.expect(200);
    assert!(log.text().contains("Trả lời qua tổng đài"), "{}", log.text());

    for _ in 0..20 {
        prove("1111").await;
    }
    prove("5678").await.expect(429);
}

#[tokio::test]
async fn adm_02_only_the_hotlines_operators_have_its_page() {
    let (w, codes, _) = world().await;
    let other = w.officer("lan", "H49.28", &[Role::IntakeOfficer]).await;
    let session = w.sign_in(&other).await;
    w.get("/can-bo/tong-dai").cookie(&session).send().await.expect(403);
    find(&w, &session, &codes[0]).await.expect(403);
    w.get(&format!("/can-bo/tong-dai/{}", codes[0])).cookie(&session).send().await.expect(403);
    let work = w.get("/can-bo").cookie(&session).send().await.expect(200);
    assert!(!work.text().contains("/can-bo/tong-dai"));
}
