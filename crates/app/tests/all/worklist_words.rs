//! The work list: one opinion for many, words that find what a row says, counts of what it shows (FLW-07).

use crate::worklist::{code, desk};
use motcua::dossier::Done;

/// FLW-07: many at once with one opinion, and many sent back for one reason; each in its own unit, the way back kept.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_one_opinion_goes_into_many_and_one_reason_sends_many_back() {
    let d = desk().await;
    let (a, b) = (d.assigned(&d.ha).await, d.assigned(&d.ha).await);
    let foreign = d.assigned(&d.minh).await;
    let pick = |done: &Done| format!("{}:{}", done.id, done.state.version);
    let (first, second, others) = (pick(&a), pick(&b), pick(&foreign));
    let ticked = [("hs", first.as_str()), ("hs", &second), ("hs", &others)];
    let ve = ("ve", "loc=toi&han=tuan");
    let asked = d.post(&d.ha, "/can-bo/nhieu", &[&[("act", "opine"), ve], &ticked[..]].concat()).await.expect(200);
    assert!(asked.text().contains("3 hồ sơ đã chọn") && asked.text().contains(code(&a)));
    let empty = [&[("act", "opine"), ("da-hoi", "1"), ("once", "o1"), ve], &ticked[..]].concat();
    let empty = d.post(&d.ha, "/can-bo/nhieu", &empty).await.expect(422);
    assert!(empty.text().contains("dùng chung cho các hồ sơ") && empty.text().contains("Xin chọn đề nghị"));
    let said = [("act", "opine"), ("da-hoi", "1"), ("once", "o1"), ("opinion", "grant"), ("text", "Đủ điều kiện."), ve];
    let form = [&said[..], &ticked[..]].concat();
    for _ in 0..2 {
        let told = d.many(&d.ha, &form).await;
        assert!(told.contains("2 hồ sơ đã xong") && told.contains("1 hồ sơ chưa thực hiện được"), "{told}");
        assert!(
            told.contains("/can-bo?loc=toi&#38;han=tuan") || told.contains("/can-bo?loc=toi&amp;han=tuan"),
            "{told}"
        );
    }
    let waiting = d.view(&d.leader, "loc=cho").await;
    assert!(waiting.contains(code(&a)) && waiting.contains(code(&b)) && !waiting.contains(code(&foreign)));
    // Both come back for one reason.
    let now = |done: &Done| format!("{}:{}", done.id, done.state.version + 2);
    let (first, second) = (now(&a), now(&b));
    let back = [
        ("act", "return"),
        ("da-hoi", "1"),
        ("once", "o2"),
        ("text", "Bổ sung căn cứ."),
        ("hs", &first),
        ("hs", &second),
    ];
    let told = d.many(&d.leader, &back).await;
    assert!(told.contains("2 hồ sơ đã xong") && told.contains("Hoàn tác 2 hồ sơ"), "{told}");
    let mine = d.view(&d.ha, "loc=tra-lai").await;
    assert!(mine.contains(code(&a)) && mine.contains(code(&b)));
}

/// FLW-07: the words of a filter find the code, the applicant and the holder as well as the procedure.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_words_find_the_code_the_applicant_and_the_holder() {
    let d = desk().await;
    let (a, b) = (d.assigned(&d.ha).await, d.assigned(&d.minh).await);
    let found = |page: &str| (page.contains(code(&a)), page.contains(code(&b)));
    let ask = |words: &str| serde_urlencoded::to_string([("loc", "phong"), ("tu", words)]).unwrap();
    assert_eq!(found(&d.view(&d.ha, &ask(code(&a))).await), (true, false), "the code");
    assert_eq!(found(&d.view(&d.ha, &ask("can bo minh")).await), (false, true), "the holder, without marks");
    let name = crate::world::applicant().applicant.name;
    assert_eq!(found(&d.view(&d.ha, &ask(&name)).await), (true, true), "the applicant");
    assert_eq!(found(&d.view(&d.ha, &ask("khong co ai ten nay zzz")).await), (false, false));
}
