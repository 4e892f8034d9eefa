//! What is written for a step and not given yet, and the wordings an agency uses again (FLW-03, RES-01).

use crate::desk::{Desk, PDF, desk, hidden, multipart, pairs};
use domain::accounts::Role;

const WORDS: &str = "Hồ sơ đủ điều kiện theo Điều 12.";

/// A dossier on the specialist's desk; its code.
async fn assigned(d: &Desk) -> String {
    let code = d.take_in().await;
    let officer = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &officer)]).await.expect(303);
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_03_opinions_a_draft_waits_on_the_server_for_its_writer_alone_and_goes_with_the_step() {
    let d = desk().await;
    let code = assigned(&d).await;
    let page = format!("/can-bo/ho-so/{code}/tham-dinh");
    let draft = [("act", "draft"), ("opinion", "decline"), ("text", WORDS)];
    let kept = d.step(&d.specialist, &code, "tham-dinh", &draft).await.expect(303);
    assert_eq!(kept.location(), format!("{page}?xong=draft"));
    let again = d.page(&d.specialist, kept.location()).await.expect(200);
    assert!(again.text().contains(WORDS) && again.text().contains("value=\"decline\" checked"));
    assert!(again.text().contains("Đã lưu nháp lúc 06/10/2025"));
    let shown = d.page(&d.head, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(!shown.text().contains(WORDS), "nobody else reads it");
    d.w.post(&page).cookie(&d.head).form(&draft).send().await.expect(403);
    // As the script saves it, while one types.
    let quiet = d.step(&d.specialist, &code, "tham-dinh", &[&draft[..], &[("quiet", "1")]].concat()).await;
    quiet.expect(204);
    let given = d.step(&d.specialist, &code, "tham-dinh", &[("opinion", "grant"), ("text", "Đủ.")]).await;
    given.expect(303);
    let after = d.page(&d.specialist, &page).await.expect(200);
    assert!(after.text().contains("Đủ.") && !after.text().contains(WORDS), "the opinion given stands in its place");
    d.step(&d.specialist, &code, "tham-dinh", &draft).await.expect(303);
    d.step(&d.specialist, &code, "tham-dinh", &[("act", "undraft")]).await.expect(303);
    assert!(!d.page(&d.specialist, &page).await.expect(200).text().contains(WORDS));
}

#[tokio::test(flavor = "multi_thread")]
async fn res_01_opinions_a_draft_of_the_result_keeps_its_files() {
    let d = desk().await;
    let code = d.take_in().await;
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let page = format!("/can-bo/ho-so/{code}/ket-qua");
    let form = d.page(&d.clerk, &page).await.expect(200);
    let texts = [("once", hidden(&form, "once")), ("version", hidden(&form, "version"))];
    let mut texts: Vec<_> = texts.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    texts.extend(pairs(&[("act", "draft"), ("number", "118/TL"), ("date", ""), ("signer", "")]));
    let call = d.w.post(&page).cookie(&d.clerk);
    multipart(call, &texts, &[("files", "ket-qua.pdf", PDF)]).send().await.expect(303);
    let again = d.page(&d.clerk, &page).await.expect(200);
    assert!(again.text().contains("value=\"118/TL\"") && again.text().contains("ket-qua.pdf"));
    let mut rest = texts.clone();
    rest.retain(|(n, _)| n == "once" || n == "version");
    rest.extend(pairs(&[("number", "118/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")]));
    rest.push(("kept".into(), hidden(&again, "kept")));
    multipart(d.w.post(&page).cookie(&d.clerk), &rest, &[]).send().await.expect(303);
    let shown = d.page(&d.clerk, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(shown.text().contains("ket-qua.pdf"));
}

/// RES-01: what was attached on Friday is there on Monday, and goes with the draft.
#[tokio::test(flavor = "multi_thread")]
async fn res_01_opinions_the_files_of_a_draft_stay_as_long_as_the_draft() {
    const DAY_MS: i64 = 86_400_000;
    let d = desk().await;
    let code = d.take_in().await;
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let page = format!("/can-bo/ho-so/{code}/ket-qua");
    let form = d.page(&d.clerk, &page).await.expect(200);
    let mut texts = pairs(&[("act", "draft"), ("number", "118/TL"), ("date", ""), ("signer", "")]);
    texts.extend(["once", "version"].map(|name| (name.to_owned(), hidden(&form, name))));
    multipart(d.w.post(&page).cookie(&d.clerk), &texts, &[("files", "ket-qua.pdf", PDF)]).send().await.expect(303);
    let clerk = d.w.app.reference().officers().find(|o| o.login == "van").unwrap().who.clone();
    let monday = d.w.another_process(3 * DAY_MS);
    motcua::worker::orphans(&monday.app).await.unwrap();
    let cookie = monday.sign_in(&clerk).await;
    let again = monday.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(again.text().contains("ket-qua.pdf"), "three days later the file is still with the draft");
    // Kept once more, as the page has it, then given: the file belongs to the dossier.
    let mut rest = pairs(&[("number", "118/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")]);
    rest.extend(["once", "version", "kept"].map(|name| (name.to_owned(), hidden(&again, name))));
    let kept = [&rest[..], &pairs(&[("act", "draft")])[..]].concat();
    multipart(monday.post(&page).cookie(&cookie), &kept, &[]).send().await.expect(303);
    multipart(monday.post(&page).cookie(&cookie), &rest, &[]).send().await.expect(303);
    let shown = monday.get(&format!("/can-bo/ho-so/{code}")).cookie(&cookie).send().await.expect(200);
    let sha256 = hidden(&again, "kept");
    assert!(shown.text().contains("ket-qua.pdf"));
    let much_later = d.w.another_process(9 * DAY_MS);
    motcua::worker::orphans(&much_later.app).await.unwrap();
    let cookie = much_later.sign_in(&clerk).await;
    much_later.get(&format!("/can-bo/ho-so/{code}/tep/{sha256}")).cookie(&cookie).send().await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_03_opinions_an_agency_keeps_its_wordings_and_no_other_agency_sees_them() {
    let d = desk().await;
    let code = assigned(&d).await;
    let act = |fields: Vec<(&'static str, String)>| {
        let (d, code) = (&d, code.clone());
        async move {
            let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            d.step(&d.specialist, &code, "tham-dinh", &fields).await
        }
    };
    let said = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(n, v)| (*n, (*v).to_owned())).collect::<Vec<_>>();
    let nameless = act(said(&[("act", "keep_phrase"), ("text", WORDS)])).await.expect(422);
    assert!(nameless.text().contains("Xin đặt tên cho mẫu ý kiến.") && nameless.text().contains(WORDS));
    let kept = act(said(&[("act", "keep_phrase"), ("text", WORDS), ("phrase_name", "Đủ điều kiện")])).await.expect(200);
    let id = kept.text().split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let put = act(vec![("act", "phrase".into()), ("phrase", id.clone()), ("text", "Đã xem.".into())]).await.expect(200);
    assert!(put.text().contains(&format!("Đã xem.\n{WORDS}")));
    let twice = format!("Đã xem.\n{WORDS}");
    let same = act(vec![("act", "phrase".into()), ("phrase", id.clone()), ("text", twice.clone())]).await.expect(200);
    assert!(same.text().matches(WORDS).count() == 1, "never twice");

    // A colleague has it, too; another agency removes nothing of it.
    let colleague = d.w.officer("minh", &d.agency, &[Role::Specialist]).await;
    let theirs = d.w.sign_in(&colleague).await;
    let other = assigned(&d).await;
    d.step(&d.head, &other, "phan-cong", &[("officer", &colleague.officer.to_string())]).await.expect(303);
    let page = format!("/can-bo/ho-so/{other}/tham-dinh");
    assert!(d.page(&theirs, &page).await.expect(200).text().contains("Đủ điều kiện (thủ tục này)"));
    act(vec![("act", "remove_phrase".into()), ("phrase", id)]).await.expect(200);
    assert!(!d.page(&theirs, &page).await.expect(200).text().contains("Đủ điều kiện (thủ tục này)"));
}

/// INT-02: what is wrong with a number is said while it is typed, in the words of the form.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_numbers_are_checked_while_they_are_typed() {
    let d = desk().await;
    let told = |kind: &'static str, number: &'static str| {
        let d = &d;
        let call = d.w.post("/kiem-tra-so").cookie(&d.intake).form(&[("loai", kind), ("so", number)]);
        async move { call.send().await.expect(200).json() }
    };
    for (kind, number) in
        [("citizen", "022190004567"), ("citizen", "C1234567"), ("business", "5700100256"), ("citizen", "")]
    {
        assert_eq!(told(kind, number).await["wrong"], "", "{kind} {number}");
    }
    let digit = told("business", "5700100257").await;
    assert_eq!(
        (digit["wrong"].as_str().unwrap(), &digit["short"]),
        ("Mã số thuế bị sai một chữ số. Xin đối chiếu lại với giấy đăng ký.", &false.into())
    );
    let growing = told("citizen", "0221900").await;
    assert!(growing["wrong"].as_str().unwrap().contains("12 chữ số") && growing["short"] == true);
    assert!(told("citizen", "000190004567").await["wrong"].as_str().unwrap().contains("mã tỉnh"));
}

/// Two files of a dossier stand side by side, each with its paper; out of scope there is nothing.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_opinions_files_are_seen_side_by_side() {
    let d = desk().await;
    let other = [PDF, b"% another\n"].concat();
    let form = d.intake_form(&[]).await;
    let files = [("components.0.files", "cu.pdf", PDF), ("components.0.files", "moi.pdf", &other[..])];
    let done = d.send_intake(&form, &files).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let code = slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/can-bo/ho-so/{code}/so-sanh");
    let page = d.page(&d.intake, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(page.text().contains(&path), "the dossier leads there");
    let both = d.page(&d.intake, &path).await.expect(200);
    assert_eq!(both.text().matches("<iframe").count(), 2);
    assert!(both.text().contains("title=\"cu.pdf\"") && both.text().contains("title=\"moi.pdf\""));
    let hash = both.text().split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let same = d.page(&d.intake, &format!("{path}?trai={hash}&phai={hash}")).await.expect(200);
    assert_eq!(same.text().matches(&format!("/tep/{hash}#")).count(), 2, "what was asked for stands on both sides");
    d.page(&d.stranger, &path).await.expect(404);
}
