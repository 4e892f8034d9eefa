//! What a browser keeps of a form until the server has taken it (web/js/keep.js): the server's side of it, and which forms.

use crate::{call::Answer, world::World};
use domain::accounts::Role;
use std::path::Path;

const NUMBER: &str = "0123456789abcdef";
const TAKEN: &str = "motcua-taken-0123456789abcdef=1";
const SYNONYMS: &str = "/can-bo/quan-tri/danh-muc/tu-dong-nghia";

fn sending(session: &str) -> String {
    format!("{session}; motcua-sent={NUMBER}")
}

fn is_taken(answer: &Answer) -> bool {
    answer.headers.get_all("set-cookie").iter().any(|line| line.to_str().unwrap().starts_with(TAKEN))
}

fn is_an_answer(page: &Answer) -> bool {
    page.text().contains("<meta name=\"motcua-answer\"")
}

#[tokio::test]
async fn a_form_is_named_to_the_browser_when_it_was_taken_and_only_then() {
    let w = World::sqlite();
    let who = w.officer("quan.tri", "H49.24", &[Role::TopAdmin]).await;
    let session = w.sign_in(&who).await;
    let send = |pairs: &[(&str, &str)], cookie: &str| w.post(SYNONYMS).cookie(cookie).form(pairs).send();
    let good = [("phrase", "sổ đỏ"), ("means", "giấy chứng nhận quyền sử dụng đất")];

    let taken = send(&good, &sending(&session)).await.expect(303);
    assert!(is_taken(&taken), "{:?}", taken.headers);
    let refused = send(&[("phrase", ""), ("means", "")], &sending(&session)).await.expect(422);
    assert!(!is_taken(&refused) && is_an_answer(&refused));
    let away = send(&good, &sending("motcua=khong")).await.expect(303);
    assert!(away.location().starts_with("/dang-nhap") && !is_taken(&away));
    let odd = send(&good, &format!("{session}; motcua-sent=a=1; Path=/x")).await.expect(303);
    assert!(!odd.headers.contains_key("set-cookie"), "what is not a number of ours is not answered");

    let page = w.get(SYNONYMS).cookie(&sending(&session)).send().await.expect(200);
    assert!(!is_an_answer(&page) && !is_taken(&page));
    assert!(page.text().contains("data-who=\"quan.tri\""));
}

/// Forms without `data-keep` although something is typed or chosen in them, and why.
const NOT_KEPT: &[(&str, &str)] = &[
    ("accounts/", "secrets are never kept"),
    ("assistant/", "of a citizen nothing stays in a browser that may be shared"),
    ("online/", "a draft on the server keeps each page; of a citizen nothing stays in a browser that may be shared"),
    ("dossier/hotline/", "one line to search by, a person's number"),
    ("vault/look_up/", "the number of a person, and for what it is asked this once"),
    ("enterprises/list/", "one line to search by, often a person's number"),
    ("mandates/mine/", "of a citizen nothing stays in a browser that may be shared"),
    ("vault/", "of a citizen nothing stays in a browser that may be shared"),
    ("dossier/tracking/", "of a citizen nothing stays in a browser that may be shared"),
    ("dossier/phone/", "pictures only, on a telephone"),
    ("dossier/approvals/page.html", "ticks in a list that is another one the next time"),
    ("dossier/inbox/page.html:/can-bo/nhieu", "ticks in a list that is another one the next time"),
    ("dossier/return_desk/page.html:action=\"/can-bo/tim\"", "one line to search by, often a person's number"),
    ("http/officer.html:action=\"/can-bo/tim\"", "one line to search by, often a person's number"),
    ("catalogue/admin/imports/", "a file only"),
    ("lists/parts.html", "a file only"),
    ("forms/preview/", "a trial of a form, with made-up answers"),
    ("people/officer/page.html:action=\"/can-bo/quan-tri/can-bo/{{ card.id }}\"", "one tick beside a button"),
];

/// ADM-03: the time-out of a silent session loses nothing that took more than a click.
#[test]
fn every_form_that_takes_more_than_a_click_is_kept_or_says_why_not() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut pages = Vec::new();
    collect(root, root, &mut pages);
    let (mut faults, mut used) = (Vec::new(), vec![false; NOT_KEPT.len()]);
    let mut kept = 0;
    for (name, text) in &pages {
        for form in text.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let head = form.split('\n').next().unwrap_or_default();
            if !head.contains("method=\"post\"") || !takes_more_than_a_click(form) {
                continue;
            }
            if head.contains("data-keep=\"") {
                kept += 1;
                continue;
            }
            match NOT_KEPT.iter().position(|(form, _)| fits(form, name, head)) {
                Some(at) => used[at] = true,
                None => faults.push(format!("{name}: <form {}", head.chars().take(100).collect::<String>())),
            }
        }
    }
    assert!(kept > 30, "forms are written in another way now: {kept}");
    assert!(faults.is_empty(), "give them data-keep, or say in NOT_KEPT why not:\n{}", faults.join("\n"));
    let idle: Vec<_> = NOT_KEPT.iter().zip(used).filter(|(_, used)| !used).map(|(form, _)| form.0).collect();
    assert!(idle.is_empty(), "no such form any more: {idle:?}");
}

/// `folder/` or `page.html`, and after a colon a part of the form's tag.
fn fits(form: &str, name: &str, head: &str) -> bool {
    let (page, tag) = form.split_once(".html:").map_or((form, ""), |(page, tag)| (page, tag));
    name.starts_with(page) && head.contains(tag)
}

fn takes_more_than_a_click(form: &str) -> bool {
    let shown =
        form.split("<input").skip(1).any(|i| !i.split('>').next().unwrap_or_default().contains("type=\"hidden\""));
    let by_macro =
        form.split("{% call ").skip(1).any(|c| !["wrong", "errors", "marks", "flash"].iter().any(|m| named(c, m)));
    shown || by_macro || ["<textarea", "<select", "{% block"].iter().any(|mark| form.contains(mark))
}

fn named(call: &str, what: &str) -> bool {
    let name = call.split('(').next().unwrap_or_default();
    name.rsplit("::").next() == Some(what)
}

fn collect(root: &Path, folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, into);
        } else if path.extension().is_some_and(|e| e == "html") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            into.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}
