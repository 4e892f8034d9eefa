//! CAT-07: communes of before 1 July 2025 are found by whoever writes an address and by other systems.

use crate::world::World;
use domain::accounts::Role;
use motcua::accounts::KeyScope;

#[tokio::test]
async fn cat_07_an_old_name_typed_in_an_address_is_answered_with_todays() {
    let w = World::sqlite();
    let typed = [("dia_chi", "Tổ 3, khu 5, phường Hà Khánh, TP Hạ Long, Quảng Ninh")];
    let said = w.post("/dia-ban/ten-cu").form(&typed).send().await.expect(200).json();
    let item = &said["items"][0];
    assert_eq!(item["address"], "Tổ 3, khu 5, Phường Cao Xanh, Tỉnh Quảng Ninh", "{said}");
    assert!(item["words"].as_str().unwrap().starts_with("Phường Hà Khánh, Thành phố Hạ Long, Tỉnh Quảng Ninh nay là"));
    let today = [("dia_chi", "Tổ 3, khu 5, phường Cao Xanh, tỉnh Quảng Ninh")];
    let said = w.post("/dia-ban/ten-cu").form(&today).send().await.expect(200).json();
    assert_eq!(said["items"].as_array().unwrap().len(), 0, "{said}");
}

#[tokio::test]
async fn cat_07_anybody_looks_up_what_an_old_commune_is_today_and_the_intake_leads_there() {
    let w = World::sqlite();
    let page = w.get("/dia-ban?q=ha%20khanh%20ha%20long").send().await.expect(200);
    assert!(page.text().contains("Phường Hà Khánh, Thành phố Hạ Long") && page.text().contains("Phường Cao Xanh"));
    let none = w.get("/dia-ban?q=khong%20co%20xa%20nay").send().await.expect(200);
    assert!(none.text().contains("Chưa thấy xã, phường nào mang tên này"));
    // Of some the source does not say what they became: neither do we, but whom to ask.
    let unknown = motcua::lists::former("xã", 20_000).into_iter().find(|f| f.became.is_empty()).unwrap();
    let asked = motcua::http::encode(&unknown.whole());
    let page = w.get(&format!("/dia-ban?q={asked}")).send().await.expect(200);
    assert!(
        page.text().contains("chưa có dữ liệu") && page.text().contains("Xin hỏi Ủy ban nhân dân xã, phường nơi đó")
    );
    w.procedures(&["1.000080"]).await;
    let clerk = w.officer("lan.nt", "H49.28", &[Role::IntakeOfficer]).await;
    let session = w.sign_in(&clerk).await;
    let intake = w.get("/can-bo/tiep-nhan/1.000080").cookie(&session).send().await.expect(200);
    assert!(
        intake.text().contains("data-old-names=\"/dia-ban/ten-cu\"") && intake.text().contains("href=\"/dia-ban\"")
    );
}

#[tokio::test]
async fn cat_07_systems_find_the_communes_of_today_by_an_old_name() {
    let w = World::sqlite();
    let who = w.officer("he.thong", "H49.28", &[Role::Specialist]).await;
    let key = w.key(&who, &[KeyScope::DossierRead]).await;
    let ask = |former: &str| w.get(&format!("/api/v1/lists/communes?former={former}")).bearer(&key).send();
    let found = ask("ha%20khanh%20ha%20long").await.expect(200).json();
    let items = found["items"].as_array().unwrap();
    // The nearest first; it may have been parted among several.
    assert_eq!((&items[0]["code"], &items[0]["name"]), (&"06658".into(), &"Phường Cao Xanh".into()));
    assert_eq!(items[0]["former"][0], "Phường Hà Khánh, Thành phố Hạ Long, Tỉnh Quảng Ninh");
    assert_eq!(ask("khong%20co").await.expect(200).json()["items"].as_array().unwrap().len(), 0);
}
