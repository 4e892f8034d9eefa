//! INT-02: questions that lead to the case, at the counter and in the catalogue's pages; nothing needs JavaScript.

use crate::desk::{Desk, PROCEDURE, desk};
use domain::catalogue::{ProcedureVersion, Variant, read_answers};

/// The desk, with the procedure's cases behind two questions.
async fn asking() -> (Desk, Vec<Variant>) {
    let d = desk().await;
    let version = d.w.app.reference().procedure(PROCEDURE).unwrap().version;
    let app = d.w.app.clone();
    let governing = d.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut amended: ProcedureVersion = governing.procedure.clone();
    let first = amended.variants[0].clone();
    let case = |id: &str, answers: &str| Variant {
        id: id.into(),
        name: format!("Trường hợp {id}"),
        answers: read_answers(answers).unwrap(),
        ..first.clone()
    };
    amended.variants = vec![
        case("trong-nuoc", "Cha mẹ là ai? = Công dân Việt Nam"),
        case("moi", "Cha mẹ là ai? = Có người nước ngoài\nĐã đăng ký lần nào chưa? = Chưa"),
        case("lai", "Cha mẹ là ai? = Có người nước ngoài\nĐã đăng ký lần nào chưa? = Rồi"),
    ];
    amended.ways.iter_mut().for_each(|w| w.variant = None);
    amended.publication.effective_from = Some(jiff::civil::date(2025, 10, 1));
    d.w.put_in_force(&amended).await;
    (d, amended.variants)
}

/// The cases that the page offers.
fn offered(page: &str) -> Vec<String> {
    let list = page.split("id=\"variant\"").nth(1).unwrap().split("</select>").next().unwrap();
    list.split("value=\"").skip(1).map(|o| o.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn int_02_at_the_counter_each_answer_leaves_fewer_cases_and_the_last_is_chosen() {
    let (d, cases) = asking().await;
    let page = d.page(&d.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}")).await.expect(200);
    assert!(page.text().contains("Cha mẹ là ai?") && page.text().contains("Đã đăng ký lần nào chưa?"));
    assert_eq!(offered(page.text()), ["trong-nuoc", "moi", "lai"]);

    let form = d.intake_form(&[("act", "again"), ("hoi.0", "Có người nước ngoài")]).await;
    let page = d.send_intake(&form, &[]).await.expect(200);
    assert_eq!(offered(page.text()), ["moi", "lai"]);
    assert!(page.text().contains("value=\"Đỗ Thị Ánh Nguyệt\""), "nothing typed is lost");

    let form = d.intake_form(&[("act", "again"), ("hoi.0", "Có người nước ngoài"), ("hoi.1", "Rồi")]).await;
    let page = d.send_intake(&form, &[]).await.expect(200);
    assert_eq!(offered(page.text()), ["lai"]);

    let form = d.intake_form(&[("act", "again"), ("hoi.0", "Công dân Việt Nam")]).await;
    let page = d.send_intake(&form, &[]).await.expect(200);
    assert_eq!(offered(page.text()), [cases[0].id.as_str()]);
    assert!(!page.text().contains("Đã đăng ký lần nào chưa?"), "a question that tells nothing is not asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn int_02_answers_that_lead_elsewhere_than_the_chosen_case_are_shown_before_anything_is_taken_in() {
    let (d, _) = asking().await;
    let answers = [("hoi.0", "Có người nước ngoài"), ("hoi.1", "Rồi")];
    let form = d.intake_form(&answers).await;
    let page = d.send_intake(&form, &[]).await.expect(422);
    assert!(page.text().contains("Câu trả lời dẫn đến trường hợp này"));
    assert_eq!(offered(page.text()), ["lai"]);
    let form = d.intake_form(&[answers[0], answers[1], ("variant", "lai")]).await;
    d.send_intake(&form, &[]).await.expect(303);
}
