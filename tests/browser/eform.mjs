// CAT-06: the e-form on a phone, on a desk, and without scripts; then the officer's screen, the paper, and the designer's pages.
import assert from "node:assert/strict";

export const eformTests = [];
const test = (name, body) => eformTests.push({ name, body, profile: "dong-nai" });

const PROCEDURE = "1.010041";
const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** Enters, answers which case it is, says who asks; leads to the form. */
async function begin(visitor, phone) {
  await visitor.go(`/nop-ho-so/${PROCEDURE}`);
  await visitor.press("Bắt đầu");
  await visitor.page.locator("#lien_he").fill(phone);
  await visitor.press("Vào");
  await visitor.press("Bắt đầu");
  await choose(visitor);
  await visitor.page.locator('[name="applicant.name"]').fill("Nguyễn Thị Mẫu");
  await visitor.page.locator('[name="applicant.identity"]').fill("075190004567");
  await visitor.press("Tiếp tục");
}

/** By the questions, where the procedure has some, else from the list of cases. */
async function choose(visitor) {
  if (!new URL(visitor.page.url()).pathname.endsWith("/truong-hop")) return;
  if (await visitor.button("Tìm trường hợp").count()) {
    for (const asked of await visitor.page.locator("fieldset:not(#variant)").all()) await asked.locator("input").first().check();
    await visitor.press("Tìm trường hợp");
  }
  const cases = visitor.page.locator('[name="variant"]');
  if (await cases.count()) await cases.first().check();
  const agency = visitor.page.locator("select#agency");
  if (await agency.count()) await agency.selectOption({ index: 1 });
  await visitor.press("Tiếp tục");
}

/** What is wrong is said when the field is left, and goes when it is mended. */
async function judgedWhileTyping(visitor, field) {
  const error = visitor.page.locator("#to_khai\\.ngay_sinh-error");
  await field("ngay_sinh").fill("31/02/1990");
  await field("ngay_sinh").blur();
  await error.filter({ hasText: "Ngày chưa đúng" }).waitFor();
  assert.equal(await field("ngay_sinh").getAttribute("aria-invalid"), "true");
  await field("ngay_sinh").fill("14/3/1990");
  await field("ngay_sinh").blur();
  await error.waitFor({ state: "detached" });
  assert.equal(await field("ngay_sinh").inputValue(), "14/03/1990", "written the usual way");
  await field("ngay_sinh").fill("");
}

for (const [width, script] of [[390, true], [1440, true], [390, false]]) {
  test(`a citizen fills in the e-form at ${width} px${script ? "" : " without scripts"}`, async ({ come }) => {
    const citizen = await come({ width, script });
    const field = (name) => citizen.page.locator(`[name="to_khai.${name}"]`);
    await begin(citizen, `09123${width}${script ? "11" : "22"}`.padEnd(10, "0").slice(0, 10));
    assert.match(await citizen.title(), /Tờ khai thay đổi thông tin cư trú/);
    assert.equal(await field("ho_ten").inputValue(), "Nguyễn Thị Mẫu", "filled from the applicant");
    if (script) await judgedWhileTyping(citizen, field);
    // The hidden first button is for the Enter key only.
    const next = () => citizen.leave(() => citizen.main().locator(".actions button").first().click());
    await field("muc_dich").fill("Bổ sung hồ sơ\nvay vốn");
    await field("dinh_danh").fill("12345");
    await next();
    assert.ok(await citizen.page.locator("#to_khai\\.ngay_sinh-error").isVisible(), "the day is missing");
    assert.match(await citizen.page.locator("#to_khai\\.dinh_danh-error").textContent(), /12 chữ số/);
    assert.equal(await field("dinh_danh").inputValue(), "12345", "nothing is lost");
    assert.match(await field("muc_dich").inputValue(), /vay vốn/);
    await field("dinh_danh").fill("075190004567");
    await field("ngay_sinh").fill("14/3/1990");
    await field("gioi_tinh").nth(1).check();
    await field("la_chu_ho").first().check();
    assert.equal(await field("chu_ho_ho_ten").isVisible(), !script, "asked only of who is not head of the household");
    await field("noi_dung").nth(1).check();
    await field("thanh_vien.0.ho_ten").fill("Nguyễn Văn An");
    await citizen.press("Thêm");
    assert.ok(await field("thanh_vien.1.ho_ten").isVisible(), "one more row");
    assert.equal(await field("thanh_vien.0.ho_ten").inputValue(), "Nguyễn Văn An");
    await citizen.press("Bỏ Thành viên 2");
    await field("thanh_vien.0.ngay_sinh").fill("06/10/2010");
    await field("thanh_vien.0.gioi_tinh").first().check();
    await field("thanh_vien.0.dinh_danh").fill("075210004567");
    await field("thanh_vien.0.quan_he").fill("con");
    await next();
    assert.match(await citizen.main().textContent(), /thay cho giấy này/);
    for (const file of await citizen.page.locator('input[type="file"]').all()) {
      await file.setInputFiles({ name: "giay.pdf", mimeType: "application/pdf", buffer: PDF });
    }
    await citizen.press("Tiếp tục");
    await citizen.page.locator('[name="result_by"]').first().check();
    await citizen.press("Tiếp tục");
    assert.match(await citizen.main().textContent(), /Nguyễn Văn An/);
    await citizen.page.locator('[name="agreed"]').check();
    await citizen.press("Nộp hồ sơ");
    assert.match(await citizen.title(), /Đã nộp hồ sơ/);
    const code = new URL(citizen.page.url()).pathname.split("/").pop();
    const officer = await come({ login: "giamsat1", width });
    await officer.go(`/can-bo/truc-tuyen/${code}`);
    assert.match(await officer.main().textContent(), /Bổ sung hồ sơ/);
    const paper = await officer.pdf(`/can-bo/ho-so/${code}/to-khai.pdf`);
    assert.ok(paper.includes("075210004567") && paper.includes("vay vốn") && paper.includes(code), paper);
    await officer.go(`/can-bo/ho-so/${code}`);
    await officer.main().getByText("Xem nội dung đã khai").click();
    await officer.photograph();
    assert.match(await officer.main().textContent(), /Mối quan hệ với chủ hộ/);
  });
}

for (const width of [390, 1440]) {
  test(`who keeps the catalogue makes a form at ${width} px`, async ({ come }) => {
    const control = await come({ login: "kiemsoat1", width });
    await control.go("/can-bo/quan-tri/bieu-mau");
    await control.page.locator("#procedure").fill(PROCEDURE);
    await control.page.locator("#symbol").fill(`W${width}`);
    await control.press("Lập bản nháp");
    assert.match(await control.main().textContent(), /Cần ít nhất một ca thử phải đạt/);
    await control.follow("Thêm mục");
    await control.page.locator("#label").fill("Ngày sinh");
    await control.page.locator("#key").fill("ngay_sinh");
    await control.page.locator("#kind").selectOption("date");
    await control.press("Lưu mục này");
    await control.follow("Xem thử");
    await control.press("Kiểm tra như khi nộp");
    assert.ok(await control.page.locator("#to_khai\\.ho_ten-error").isVisible(), "the name is missing");
    await control.page.locator('[name="to_khai.ho_ten"]').fill("Mẫu");
    await control.press("Kiểm tra như khi nộp");
    assert.match(await control.main().textContent(), /Khai như thế này là đạt/);
    await control.go(`/can-bo/quan-tri/thu-tuc/${PROCEDURE}`);
    assert.match(await control.main().textContent(), /Chạy thử dịch vụ trực tuyến/);
  });

  test(`a new version of a form is tried, published and compared at ${width} px`, async ({ come }) => {
    const control = await come({ login: "kiemsoat1", width });
    await control.go("/can-bo/quan-tri/bieu-mau");
    const inForce = control.page.locator(".rows-item", { hasText: "2.000635.TK" }).filter({ hasText: "Đang áp dụng" });
    await control.leave(() => inForce.getByRole("link").first().click());
    await control.press("Lập bản mới từ bản này");
    const draft = control.page.url().split("?")[0];
    const add = async (label, key, required) => {
      await control.follow("Thêm mục");
      await control.page.locator("#label").fill(label);
      await control.page.locator("#key").fill(key);
      if (required) await control.page.locator('[name="required"]').check();
      await control.press("Lưu mục này");
    };
    await add("Nghề nghiệp", `nghe_${width}`, true);
    assert.match(await control.main().textContent(), /Có ca thử chưa ra đúng kết quả/);
    assert.equal(await control.button("Công bố biểu mẫu").count(), 0, "not before the trials come out");
    await control.leave(() => control.page.locator(`button[value="drop:0.nghe_${width}"]`).click());
    await add("Ghi chú", `ghi_chu_${width}`, false);
    await control.press("Công bố biểu mẫu");
    assert.match(await control.main().textContent(), /Đã công bố biểu mẫu/);
    await control.go(`${draft}/so-sanh`);
    assert.match(await control.main().textContent(), /1 chỗ khác nhau/);
    assert.match(await control.main().textContent(), new RegExp(`ghi_chu_${width}`));
  });
}
