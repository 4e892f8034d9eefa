// From home: the wizard on a phone, on a desk, and without scripts; then the officer's list. Đồng Nai has a portal of its own.
import assert from "node:assert/strict";

export const onlineTests = [];
const test = (name, body) => onlineTests.push({ name, body, profile: "dong-nai" });

const PROCEDURE = "1.000080";
const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** Enters as somebody with this number; the demo asks for no code. */
async function enter(visitor, phone) {
  await visitor.go(`/nop-ho-so/${PROCEDURE}`);
  await visitor.press("Bắt đầu");
  await visitor.page.locator("#lien_he").fill(phone);
  await visitor.press("Vào");
  assert.match(await visitor.title(), /Nộp hồ sơ trực tuyến/, "back to where the way began");
}

/** Walks the pages up to the last; gives the commune that was chosen. */
async function walk(visitor) {
  await visitor.press("Bắt đầu");
  const cases = visitor.page.locator('[name="variant"]');
  if (await cases.count()) await cases.first().check();
  const agency = visitor.page.locator("select#agency");
  let commune = "";
  if (await agency.count()) {
    commune = (await agency.locator("option").nth(1).textContent()).trim();
    await agency.selectOption({ index: 1 });
  }
  await visitor.press("Tiếp tục");
  await visitor.press("Tiếp tục");
  assert.ok(await visitor.page.locator("#applicant\\.name-error").isVisible(), "a name is needed");
  await visitor.page.locator('[name="applicant.name"]').fill("Nguyễn Thị Mẫu");
  assert.match(await visitor.page.locator('[name="applicant.phone"]').inputValue(), /0912/);
  await visitor.press("Tiếp tục");
  const empty = { name: "rong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) };
  const good = { name: "to-khai.pdf", mimeType: "application/pdf", buffer: PDF };
  await visitor.page.locator('input[type="file"]').first().setInputFiles(empty);
  const off = visitor.page.getByRole("button", { name: /^Bỏ.*rong\.pdf/ });
  const scripted = await off.count();
  if (!scripted) await visitor.press("Gửi tệp lên, ở lại trang này");
  assert.match(await visitor.main().textContent(), /tệp rỗng/, "said at once, with the way to mend it");
  if (scripted) await off.click();
  for (const field of await visitor.page.locator('input[type="file"]').all()) await field.setInputFiles(good);
  await visitor.press("Tiếp tục");
  await visitor.page.locator('[name="result_by"]').first().check();
  await visitor.press("Tiếp tục");
  return commune;
}

for (const [width, script] of [[390, true], [1440, true], [390, false]]) {
  test(`a citizen hands in from home at ${width} px${script ? "" : " without scripts"}, once`, async ({ come }) => {
    const phone = `0912345${width % 900}${script ? 1 : 2}`.padEnd(10, "0").slice(0, 10);
    const citizen = await come({ width, script });
    await enter(citizen, phone);
    await walk(citizen);
    const address = citizen.page.url();
    await citizen.press("Nộp hồ sơ");
    assert.ok(await citizen.page.locator("#agreed-error").isVisible(), "only after the declaration");
    await citizen.page.locator('[name="agreed"]').check();
    await citizen.press("Nộp hồ sơ");
    assert.match(await citizen.title(), /Đã nộp hồ sơ/);
    const done = citizen.page.url();
    assert.match(await citizen.main().textContent(), /to-khai\.pdf/);
    await citizen.go(address);
    assert.equal(citizen.page.url(), done, "the way back leads to what was sent");
    await citizen.go("/cong-dan");
    await citizen.follow(/./);
    await citizen.go(done.replace("/da-nop/", "/tra-cuu/"));
    assert.match(await citizen.main().textContent(), /Nguyễn Thị Mẫu/);
    await citizen.go(done.replace("/da-nop/", "/xac-minh/"));
    assert.match(await citizen.main().textContent(), /chưa trả kết quả/);
    if (width === 1440) return;
    // Second thoughts: it is taken back from where it is followed, with a reason.
    await citizen.go(done.replace("/da-nop/", "/tra-cuu/"));
    await citizen.follow(/Rút hồ sơ/);
    await citizen.press("Rút hồ sơ này");
    assert.ok(await citizen.page.locator("#reason-error").isVisible(), "a reason is needed");
    await citizen.page.locator("#reason").fill("Tôi nộp nhầm thủ tục.");
    await citizen.press("Rút hồ sơ này");
    assert.match(await citizen.title(), /đã rút hồ sơ/);
  });
}

test("a draft keeps itself while somebody types, is taken up on another device, and is dropped", async ({ come }) => {
  const phone = await come({ width: 390 });
  await enter(phone, "0987654321");
  await phone.press("Bắt đầu");
  const draft = new URL(phone.page.url()).pathname.split("/").slice(0, 3).join("/");
  await phone.go(`${draft}/nguoi-nop`);
  await phone.page.locator('[name="applicant.name"]').fill("Nguyễn Thị Dở Dang");
  // Some seconds after the last key, without a button.
  await phone.page.getByText(/Đã tự lưu lúc/).waitFor();
  await phone.judge();
  // The line is gone and the page with it: what the server did not hear of, this browser still knows.
  await phone.page.locator('[name="applicant.address"]').fill("Tổ 5, khu phố 3");
  await phone.page.reload({ waitUntil: "load" });
  assert.equal(await phone.page.locator('[name="applicant.address"]').inputValue(), "Tổ 5, khu phố 3");
  await phone.page.getByText(/Đã tự lưu lúc/).waitFor();
  const desk = await come({ width: 1440 });
  await desk.go("/cong-dan/dang-nhap");
  await desk.page.locator("#lien_he").fill("0987 654 321");
  await desk.press("Vào");
  await desk.follow("Làm tiếp");
  assert.match(new URL(desk.page.url()).pathname, /^\/ban-nhap\//);
  await desk.go(`${draft}/nguoi-nop`);
  assert.equal(await desk.page.locator('[name="applicant.name"]').inputValue(), "Nguyễn Thị Dở Dang");
  assert.equal(await desk.page.locator('[name="applicant.address"]').inputValue(), "Tổ 5, khu phố 3");
  await desk.follow("Tất cả các việc của hồ sơ này");
  assert.match(await desk.main().textContent(), /Các việc cần làm/);
  await desk.go("/cong-dan");
  await desk.press("Bỏ bản nháp");
  assert.match(await desk.main().textContent(), /Đã bỏ bản nháp/);
  // At a kiosk the next person finds nothing of it in the browser either.
  const kept = () => phone.page.evaluate(() => Object.values(sessionStorage).join(" "));
  await phone.page.locator('[name="applicant.name"]').fill("Nguyễn Thị Riêng");
  assert.match(await kept(), /Riêng/);
  await phone.go("/cong-dan");
  await phone.press("Thoát");
  assert.ok(!/Riêng/.test(await kept()), "what was typed outlives the session");
});

test("an officer sees what waits to be checked, and the administrator what was told", async ({ come }) => {
  const citizen = await come({ width: 390 });
  await enter(citizen, "0912345777");
  await walk(citizen);
  await citizen.page.locator('[name="agreed"]').check();
  await citizen.press("Nộp hồ sơ");
  // The counter of the commune to which it went: the last part of its identifier ends the demo's logins.
  const commune = new URL(citizen.page.url()).pathname.match(/\.(\d+)-\d{6}-/)[1];
  for (const width of [390, 1440]) {
    const officer = await come({ login: `tiepnhan1.${commune}`, width });
    await officer.go("/can-bo/truc-tuyen");
    await officer.leave(() => officer.page.locator(".rows-item a").first().click());
    assert.match(await officer.main().textContent(), /Giấy tờ theo danh mục công bố/);
    const admin = await come({ login: "quantri1", width });
    await admin.go("/can-bo/quan-tri/tin-nhan");
    await admin.go("/can-bo/quan-tri/tin-nhan/accepted/sms");
    await admin.press("Xem trước");
    assert.match(await admin.main().textContent(), /Da tiep nhan ho so/);
  }
});
