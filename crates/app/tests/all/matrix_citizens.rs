//! Everybody else over every route that names what a citizen has: a draft, an upload on its way, a request to supplement, what was
//! sent (SEC-01, ADM-03); and every route that names anything at all is walked somewhere.

use crate::{
    desk::{multipart, pairs},
    matrix::{Route, routes},
    online::{Home, home},
};
use domain::accounts::{Role, Scope};
use motcua::dossier::store::{self, Key};
use platform::db::{Query, params, sql};

/// A citizen's draft, a file of it that is half here, and a dossier that was guided to be completed.
struct Own {
    h: Home,
    session: String,
    draft: String,
    upload: String,
    code: String,
}

async fn own() -> Own {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let sent = h.fill(&session).await;
    let done = h.submit(&session, &sent).await.expect(303).location().to_owned();
    let code = done.strip_prefix("/da-nop/").unwrap().to_owned();
    h.guide(&code).await;
    let draft = h.open(&session).await;
    let (case, papers) = h.required();
    let about = [("variant", case.as_str()), ("agency", &h.agency)];
    h.send(&session, &format!("{draft}/truong-hop"), &about).await.expect(303);
    let file = [("giay", papers[0].as_str()), ("ten", "to.pdf"), ("co", "2097152"), ("dau", &"a".repeat(64))];
    let begun = h.send(&session, &format!("{draft}/tai-len"), &file).await.expect(200).json();
    Own { upload: begun["id"].as_str().unwrap().to_owned(), h, session, draft, code }
}

impl Own {
    /// The route with what is this citizen's; nothing for the routes of others.
    fn address(&self, route: &Route) -> Option<String> {
        let by_draft = route.path.strip_prefix("/ban-nhap/{id}").map(|rest| format!("{}{rest}", self.draft));
        let by_upload = || (route.path == "/tai-len/{id}").then(|| format!("/tai-len/{}?tu=0", self.upload));
        let by_code = || {
            let is_own = ["/bo-sung/{code}", "/da-nop/{code}", "/rut-ho-so/{code}"]
                .iter()
                .any(|head| route.path.starts_with(head));
            is_own.then(|| route.path.replace("{code}", &self.code))
        };
        by_draft.or_else(by_upload).or_else(by_code)
    }
    /// All that somebody else could have changed.
    fn kept(&self) -> (Vec<(i64, String)>, i64, u32) {
        let key = Key::Code(self.code.clone());
        self.h
            .w
            .app
            .db
            .read_blocking(move |q| {
                let all = sql!("SELECT id, body FROM drafts ORDER BY id");
                let drafts = q.rows(all, params![], |r| Ok((r.get(0)?, r.get(1)?)))?;
                let come = q.one(sql!("SELECT COUNT(*) FROM online_uploads"), params![], |r| r.get(0))?;
                let state = store::find(q, &Scope::Province, &key)?.unwrap().state;
                Ok::<_, platform::db::DbError>((drafts, come, state.version))
            })
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_objects_what_a_citizen_has_opens_to_nobody_else() {
    let o = own().await;
    let w = &o.h.w;
    let mut others =
        vec![("nobody".to_owned(), String::new()), ("another citizen".into(), o.h.enter("0987654321").await)];
    for &role in Role::ALL {
        let who = w.officer_at(&format!("la.{role}"), "H19.18", &[role], None).await;
        others.push((role.to_string(), w.sign_in(&who).await));
    }
    let before = o.kept();
    let walked: Vec<(Route, String)> = routes().into_iter().filter_map(|r| o.address(&r).map(|at| (r, at))).collect();
    assert!(walked.len() >= 18, "{walked:?}");
    for (who, cookie) in &others {
        for (route, at) in &walked {
            let call = w.call(route.method, at).cookie(cookie);
            let typed = [("act", "next"), ("applicant.name", "Kẻ lạ")];
            let with_files = ["/giay-to", "/to-khai", "/bo-sung/{code}"].iter().any(|end| route.path.ends_with(end));
            let call = match route.method {
                "GET" => call,
                "PUT" => call.header("piece-sha256", "").bytes("application/octet-stream", "x"),
                _ if with_files => multipart(call, &pairs(&typed), &[]),
                _ => call.form(&typed),
            };
            let answer = call.send().await;
            let status = answer.status.as_u16();
            // To the sign-in; or to what anybody sees who knows the code, as after a second click.
            let away = |to: &str| to.starts_with("/cong-dan/dang-nhap") || to == format!("/tra-cuu/{}", o.code);
            let led_away = status == 303 && away(answer.location());
            assert!(led_away || matches!(status, 401 | 404), "{who} {} {at}: {status}", route.method);
        }
    }
    assert_eq!(o.kept(), before, "nothing has changed");
    // The same doors open to their owner: the walk above does not pass because nothing is there.
    // This procedure has no e-form to fill.
    let pages = walked.iter().filter(|(r, _)| r.method == "GET" && !r.path.ends_with("/to-khai"));
    for (route, at) in pages {
        let status = w.get(at).cookie(&o.session).send().await.status.as_u16();
        assert!(matches!(status, 200 | 303), "the owner {} {at}: {status}", route.path);
    }
}

/// A new route that names an object belongs to one of the walks, or to what is the same for everybody.
#[test]
fn sec_01_objects_every_route_that_names_one_is_walked() {
    /// With a dossier, its branches, files and slips: `matrix`, `matrix_objects`.
    const DOSSIERS: [&str; 4] = ["/can-bo/ho-so/{", "/api/v1/dossiers/{", "/can-bo/phieu/{", "/api/v1/slips/{"];
    /// With what an officer made: `matrix_objects`, and where the page has its own tests.
    const OFFICERS: [&str; 15] = [
        "/can-bo/vang-mat/",
        "/api/v1/backups/{",
        "/can-bo/may-quet/{",
        "/can-bo/vuong-mac/{",
        "/api/v1/unclear_cases/{",
        "/can-bo/nhieu/{",
        "/can-bo/giao-nhan/{",
        "/can-bo/truc-tuyen/{",
        "/can-bo/tong-dai/{",
        "/can-bo/phieu-chung/{",
        "/can-bo/giay-hen-chung/{",
        "/can-bo/du-lieu-ca-nhan/{",
        "/can-bo/doanh-nghiep/{",
        "/can-bo/uy-quyen/{",
        "/api/v1/enterprises/{",
    ];
    /// With what is this citizen's: above, and the vault's own tests.
    const CITIZENS: [&str; 11] = [
        "/ban-nhap/{",
        "/bo-sung/{",
        "/da-nop/{",
        "/rut-ho-so/{",
        "/tai-len/{",
        "/cong-dan/kho/{",
        "/cong-dan/du-lieu/{",
        "/cong-dan/uy-quyen/{",
        "/cong-dan/tai-khoan/thiet-bi/{",
        "/kho/{",
        "/can-bo/kho/{",
    ];
    /// Administration, where the role is the right and nothing has an owner but agency and centre: `matrix`, `matrix_objects`.
    const KEEPERS: [&str; 3] = ["/can-bo/quan-tri/", "/can-bo/thu-tuc/{", "/can-bo/tiep-nhan/{"];
    /// The same for everybody, or opened by a secret in the address or a second thing that is asked for.
    const PUBLIC: [&str; 9] = [
        "/thu-tuc/{",
        "/api/v1/procedures/{",
        "/api/v1/lists/{",
        "/nop-ho-so/{",
        "/tra-cuu/{",
        "/vi-sao/{",
        "/xac-minh/{",
        "/chup/{",
        "/assets/{",
    ];
    let known: Vec<&str> = [&DOSSIERS[..], &OFFICERS, &CITIZENS, &KEEPERS, &PUBLIC].concat();
    let strange = routes().into_iter().filter(|r| r.path.contains('{'));
    let strange: Vec<_> = strange.filter(|r| !known.iter().any(|head| r.path.starts_with(head))).collect();
    assert!(strange.is_empty(), "{strange:?}");
    for head in known {
        let is_there = routes().iter().any(|r| r.path.starts_with(head)) || head == "/assets/{";
        assert!(is_there, "no route begins with {head} any more");
    }
}
