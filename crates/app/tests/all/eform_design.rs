//! CAT-06, ADM-02: who keeps the catalogue makes, tries and publishes forms.

use crate::{call::Answer, desk::hidden, world::World};
use domain::accounts::Role;

/// Đăng ký khai sinh, settled by communes.
const BIRTH: &str = "1.001193";

struct Designer {
    w: World,
    session: String,
}

impl Designer {
    async fn new(w: World) -> Self {
        w.procedures(&[BIRTH]).await;
        let control = w.officer("kiem.soat", "H49.24", &[Role::ProcedureControl]).await;
        let session = w.sign_in(&control).await;
        Self { w, session }
    }
    async fn page(&self, at: &str) -> Answer {
        self.w.get(at).cookie(&self.session).send().await.expect(200)
    }
    /// Sends a form of a page with the page's own hidden fields.
    async fn act(&self, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.page(page).await;
        let version = if shown.text().contains("name=\"version\"") { hidden(&shown, "version") } else { String::new() };
        let once = hidden(&shown, "once");
        let mut all = vec![("once", once.as_str()), ("version", version.as_str())];
        all.extend_from_slice(fields);
        self.w.post(to).cookie(&self.session).form(&all).send().await
    }
}

async fn designed(w: World) {
    let d = Designer::new(w).await;
    let list = "/can-bo/quan-tri/bieu-mau";
    let begun = d.act(list, list, &[("act", "new"), ("procedure", BIRTH), ("symbol", "tk")]).await.expect(303);
    let at = begun.location().split('?').next().unwrap().to_owned();
    assert!(d.page(&at).await.text().contains("1.001193.TK"), "the second version of the carried form");
    let publish = d.act(&at, &at, &[("act", "publish")]).await.expect(422);
    assert!(publish.text().contains("Cần ít nhất một ca thử phải đạt."), "CAT-06: tried before it is published");

    let field = [("key", "ngay_sinh"), ("label", "Ngày sinh"), ("kind", "date"), ("date_past", "1"), ("required", "1")];
    let new = format!("{at}/muc?phan=0");
    d.act(&new, &new, &field).await.expect(303);
    let twice = d.act(&new, &new, &field).await.expect(422);
    assert!(twice.text().contains("key-error") && twice.text().contains("cùng tên trường"), "{}", twice.text());
    let group = [
        ("key", "con"),
        ("label", "Con"),
        ("kind", "group"),
        ("group_item", "Con"),
        ("group_min", "0"),
        ("group_max", "3"),
    ];
    d.act(&new, &new, &group).await.expect(303);
    let inner = format!("{at}/muc?phan=0&nhom=con");
    d.act(&inner, &inner, &[("key", "ten"), ("label", "Tên"), ("kind", "text"), ("text_max", "9")]).await.expect(303);

    let preview = format!("{at}/xem-thu");
    let added =
        d.act(&preview, &preview, &[("act", "them:to_khai.con"), ("to_khai.con.0.ten", "An")]).await.expect(200);
    assert!(added.text().contains("to_khai.con.1.ten") && added.text().contains("value=\"An\""));
    let judged = d.act(&preview, &preview, &[("act", "check"), ("to_khai.ngay_sinh", "07/10/2025")]).await.expect(422);
    assert!(judged.text().contains("to_khai.ngay_sinh-error") && judged.text().contains("to_khai.ho_ten-error"));
    let good = [("act", "case"), ("to_khai.ho_ten", "Mẫu"), ("to_khai.ngay_sinh", "01/10/2025"), ("case_name", "Đủ")];
    d.act(&preview, &preview, &good).await.expect(303);
    let bad = [("act", "case"), ("to_khai.ho_ten", "Mẫu"), ("case_name", "Thiếu ngày"), ("case_fails", "ngay_sinh")];
    d.act(&preview, &preview, &bad).await.expect(303);
    let trial = d.page(&format!("{preview}?ca=0")).await;
    assert!(trial.text().contains("value=\"01/10/2025\""), "a trial can be looked at again");
    let printed = d.act(&preview, &preview, &[("act", "print"), ("to_khai.ho_ten", "Mẫu")]).await.expect(200);
    assert!(printed.body.starts_with(b"%PDF"));
    d.act(&at, &at, &[("act", "up:0.ngay_sinh")]).await.expect(303);
    let stale =
        d.w.post(&at).cookie(&d.session).form(&[("act", "head"), ("title", "x"), ("version", "1")]).send().await;
    assert!(stale.expect(422).text().contains("Người khác vừa lưu"), "GR-8");
    d.act(&at, &at, &[("act", "publish")]).await.expect(303);

    let published = d.w.app.reference().forms.of(BIRTH).unwrap().clone();
    assert_eq!((published.number, published.form.sections[0].fields[0].key.as_str()), (2, "ngay_sinh"));
    let frozen = d.act(&at, &at, &[("act", "head"), ("title", "khác")]).await.expect(422);
    assert!(frozen.text().contains("đã công bố"));
    let compared = d.page(&format!("{at}/so-sanh")).await;
    assert!(compared.text().contains("ks_ho_ten") && compared.text().contains("ngay_sinh"));
    assert!(d.page(list).await.text().contains("Đã được thay thế"));
    for (path, begins) in [(format!("{at}/in.pdf"), &b"%PDF"[..]), (format!("{at}/tai-ve"), &b"{"[..])] {
        assert!(d.page(&path).await.body.starts_with(begins));
    }
    let file = d.page(&format!("{at}/tai-ve")).await;
    let other = file.text().replace("\"symbol\": \"TK\"", "\"symbol\": \"TK2\"");
    d.act(list, list, &[("act", "file"), ("definition", &other)]).await.expect(303);
    let broken = d.act(list, list, &[("act", "file"), ("definition", "{\"x\": 1}")]).await.expect(422);
    assert!(broken.text().contains("Không đọc được tệp ở dòng 1"));
    let admin = d.w.officer("quan.tri", "H49.24", &[Role::TopAdmin]).await;
    let admin = d.w.sign_in(&admin).await;
    let trace = d.w.get("/can-bo/quan-tri/nhat-ky").cookie(&admin).send().await.expect(200);
    for act in ["form.begin", "form.change", "form.publish"] {
        assert!(trace.text().contains(act), "{act} is not in the trace: {}", trace.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_06_a_form_is_made_tried_and_published_on_pages() {
    designed(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_06_a_form_is_made_tried_and_published_on_pages_over_postgresql() {
    designed(World::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_02_only_who_keeps_the_catalogue_makes_forms() {
    let w = World::sqlite();
    let specialist = w.officer("chuyen.vien", "H49.24", &[Role::Specialist]).await;
    let session = w.sign_in(&specialist).await;
    w.get("/can-bo/quan-tri/bieu-mau").cookie(&session).send().await.expect(403);
    w.post("/can-bo/quan-tri/bieu-mau").cookie(&session).form(&[("act", "new")]).send().await.expect(403);
}
