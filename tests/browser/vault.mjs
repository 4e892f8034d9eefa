// STO-01, STO-02: a citizen's store of papers: added, shared, looked into for a purpose, taken home.
import assert from "node:assert/strict";

export const vaultTests = [];
const test = (name, body) => vaultTests.push({ name, body, profile: "dong-nai", identity: true });

const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

async function enter(visitor, name) {
  await visitor.go("/cong-dan");
  await visitor.follow(/Đăng nhập bằng/);
  await visitor.follow(name);
}

for (const [width, name, number, script] of [
  [390, "Nguyễn Thị Lan", "022190000011", true],
  [1440, "Trần Văn Minh", "022085000029", true],
]) {
  test(`vault: a citizen adds a paper at ${width} px, shares it, and reads who looked and what for`, async ({ come }) => {
    const citizen = await come({ width, script });
    await enter(citizen, name);
    await citizen.follow("Kho giấy tờ điện tử");
    await citizen.follow("Thêm giấy tờ");
    await citizen.page.locator("#den_ngay").fill("01/01/2099");
    await citizen.page.locator("#tep").setInputFiles({ name: "so-do.pdf", mimeType: "application/pdf", buffer: PDF });
    await citizen.press("Thêm vào kho");
    assert.ok(await citizen.page.locator("#ten-error").isVisible());
    assert.match(await citizen.main().textContent(), /so-do\.pdf/);
    await citizen.page.locator("#ten").fill("Giấy chứng nhận quyền sử dụng đất");
    await citizen.page.locator("#xac_nhan").check();
    await citizen.press("Thêm vào kho");
    assert.match(await citizen.main().textContent(), /Đã thêm giấy tờ vào kho/);
    await citizen.follow("Giấy chứng nhận quyền sử dụng đất");
    assert.match(await citizen.main().textContent(), /Đã được chủ xác nhận/);
    await citizen.page.locator("#cho_ai").fill("Ngân hàng, hồ sơ vay");
    await citizen.press("Tạo liên kết");
    const link = await citizen.page.locator("a[href*='/kho/']").filter({ hasText: /kho\/\d+-/ }).first().textContent();
    const bank = await come({ width });
    await bank.go(new URL(link).pathname);
    assert.match(await bank.main().textContent(), /so-do\.pdf/);

    const officer = await come({ login: "tiepnhan1", width: width === 390 ? 1440 : 390 });
    await officer.go("/can-bo/kho");
    await officer.page.locator("#so").fill(number);
    await officer.page.locator("#muc_dich").fill("Đối chiếu giấy tờ đất của người nộp");
    await officer.press("Ghi mục đích và xem");
    assert.match(await officer.main().textContent(), /Giấy chứng nhận quyền sử dụng đất/);

    await citizen.go("/cong-dan/kho/ai-da-xem");
    const seen = await citizen.main().textContent();
    assert.match(seen, /Đối chiếu giấy tờ đất của người nộp/);
    assert.match(seen, /Người có liên kết/);
    const archive = await citizen.context.request.get("/cong-dan/kho/tai-het");
    assert.equal(archive.headers()["content-type"], "application/zip");
    assert.ok((await archive.body()).includes("so-do.pdf"));

    await citizen.go("/cong-dan/kho");
    await citizen.follow("Giấy chứng nhận quyền sử dụng đất");
    await citizen.press("Không cho dùng lại nữa");
    await citizen.press(/Thu hồi/);
    await citizen.press("Bỏ giấy này khỏi kho");
    assert.match(await citizen.main().textContent(), /Đã bỏ giấy tờ khỏi kho/);
  });
}

test("vault: who has only proved a telephone is told what else must be proved", async ({ come }) => {
  const citizen = await come({ width: 390 });
  await citizen.go("/cong-dan/dang-nhap");
  await citizen.page.locator("#lien_he").fill("0912345698");
  await citizen.press("Vào");
  await citizen.go("/cong-dan/kho");
  assert.match(await citizen.main().textContent(), /Xin xác thực số định danh/);
});
