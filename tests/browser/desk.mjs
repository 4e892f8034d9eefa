// The officer's desk by the keyboard, the scanner and the thumb.
import assert from "node:assert/strict";
import { AGENCY, PEOPLE } from "./product.mjs";
import { appraise, approve, assign, enterResult, takeIn } from "./steps.mjs";

export const deskTests = [];
const test = (name, body) => deskTests.push({ name, body });

const CARD = "022190004567|101234567|Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5, Khu 3, Hồng Gai, Hạ Long, Quảng Ninh|25042021";
/** Seven cases, each with papers of its own. */
const CASES = "1.013225";
const TELEX = "022190004567|101234567|Ddoox Thij Anhs Nguyeetj|14031990|Nuwx|Toor 5, Khu 3, Hoongf Gai, Haj Long, Quangr Ninh|25042021";

/** Fingers that count what they press. */
function fingers(visitor) {
  const counted = { keys: 0 };
  counted.press = async (key) => {
    counted.keys += 1;
    await visitor.page.keyboard.press(key);
    // Fingers are slower than scanners; the page tells them apart by that.
    await visitor.page.waitForTimeout(70);
  };
  counted.type = async (text) => {
    for (const key of text) await counted.press(key);
  };
  return counted;
}

/** The counter's form of the first procedure offered; gives its address. */
async function toForm(officer) {
  await officer.go("/can-bo/tiep-nhan");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  return new URL(officer.page.url()).pathname;
}

/** The same of the first procedure whose first two cases ask for other papers. */
async function withCases(officer) {
  await officer.go("/can-bo/tiep-nhan");
  await officer.page.locator("#procedure").fill(CASES);
  await officer.press("Tìm thủ tục");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  return new URL(officer.page.url()).pathname;
}

/** A scanner: fast keys, Enter at the end. */
async function scan(visitor, text) {
  for (const key of text) await visitor.page.keyboard.insertText(key);
  await visitor.page.keyboard.press("Enter");
}

test("a dossier is taken in by at most forty keys, the card by the scanner", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  await takeIn(officer);
  await officer.go("/can-bo");
  const hand = fingers(officer);
  const began = Date.now();
  await officer.leave(() => hand.press("n"));
  await officer.leave(() => hand.press("1"));
  const at = () => officer.page.evaluate(() => document.activeElement.id);
  assert.equal(await at(), "card", "the scanner's field waits");
  const papers = await officer.page.locator(".checklist > li").count();
  assert.ok(papers >= 4, `only ${papers} papers`);
  const agency = officer.page.locator("select#agency");
  if ((await agency.count()) && !(await agency.inputValue())) {
    while ((await at()) !== "agency") await hand.press("Shift+Tab");
    const words = await agency.locator(`option[value="${AGENCY}"]`).textContent();
    await hand.type(words.slice(0, 6));
    assert.equal(await agency.inputValue(), AGENCY);
    await hand.press("F2");
  }
  await scan(officer, CARD);
  assert.equal(await officer.page.locator('[name="applicant.name"]').inputValue(), "Đỗ Thị Ánh Nguyệt");
  assert.equal(await at(), "applicant.phone", "the one thing that no card says");
  await hand.type("0912345678");
  await hand.press("F7");
  await officer.leave(() => hand.press("F9"));
  assert.match(await officer.title(), /Giấy tiếp nhận/);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`  ${hand.keys} keys, ${seconds} s`);
  assert.ok(seconds <= 90, `${seconds} seconds`);
  assert.ok(hand.keys <= 40, `${hand.keys} keys`);
});

test("a scanner with Telex on fills the applicant as well, wherever the cursor stands", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  await takeIn(officer);
  await officer.go("/can-bo/tiep-nhan");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  const field = (name) => officer.page.locator(`[name="applicant.${name}"]`);
  await field("phone").fill("0912 345 678");
  await field("phone").focus();
  await scan(officer, CARD);
  assert.equal(await field("identity").inputValue(), "022190004567");
  assert.equal(await field("phone").inputValue(), "0912 345 678", "the field in which it landed keeps its own text");
  await officer.page.locator("#card").focus();
  await officer.leave(() => scan(officer, TELEX));
  assert.equal(await field("name").inputValue(), "Đỗ Thị Ánh Nguyệt");
  assert.equal(await field("phone").inputValue(), "0912 345 678");
});

test("a card typed in Telex fills a fresh form, and what it filled in is not emptied again", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  await toForm(officer);
  await officer.page.locator("#card").focus();
  await officer.leave(() => scan(officer, TELEX));
  const field = (name) => officer.page.locator(`[name="applicant.${name}"]`);
  assert.equal(await field("name").inputValue(), "Đỗ Thị Ánh Nguyệt");
  assert.equal(await field("identity").inputValue(), "022190004567");
  assert.equal(await officer.page.locator("#card").inputValue(), "");
});

test("the next citizen's form is empty, whether the last one was taken in, left or passed over", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const form = await toForm(officer);
  const name = officer.page.locator('[name="applicant.name"]');
  const kept = officer.page.locator("[data-keep-note]");
  await name.fill("Nguyễn Văn Bình");
  await officer.go("/can-bo");
  await officer.go(form);
  assert.equal(await name.inputValue(), "");
  await officer.page.getByRole("button", { name: "Khôi phục nội dung đã nhập" }).click();
  assert.equal(await name.inputValue(), "Nguyễn Văn Bình");
  await officer.follow("Bỏ qua");
  await officer.go(form);
  assert.equal(await kept.count(), 0);
  await takeIn(officer);
  await officer.go(form);
  assert.equal(await kept.count(), 0);
  assert.equal(await name.inputValue(), "");
});

test("ticks stay with their papers when another case is chosen", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const form = await withCases(officer);
  const box = (nth) => officer.page.locator(`[name="components.${nth}.full"]`);
  const papers = () => officer.page.locator('[name^="components."][name$=".id"]').evaluateAll((all) => all.map((one) => one.value));
  const before = await papers();
  await box(0).check();
  await officer.page.locator("#variant").selectOption({ index: 1 });
  await officer.press("Cập nhật giấy tờ");
  const after = await papers();
  assert.notDeepEqual(after, before, form);
  for (const [i, paper] of after.entries()) assert.equal(await box(i).isChecked(), paper === before[0], paper);
});

test("a session that ends over a typed form loses nothing of it", async ({ come, product }) => {
  const officer = await come({ login: PEOPLE.intake });
  await toForm(officer);
  const name = officer.page.locator('[name="applicant.name"]');
  await name.fill("Nguyễn Văn Bình");
  await officer.page.locator('[name="components.0.full"]').check();
  await officer.context.clearCookies({ name: "motcua" });
  await officer.press(/Tiếp nhận và in giấy hẹn/);
  assert.equal(await officer.title(), "Đăng nhập");
  await officer.fill("Tên đăng nhập", PEOPLE.intake);
  await officer.page.getByLabel("Mật khẩu").fill(product.password);
  await officer.press("Đăng nhập");
  assert.equal(await name.inputValue(), "Nguyễn Văn Bình");
  assert.ok(await officer.page.locator('[name="components.0.full"]').isChecked());
});

test("a specialist walks the list by keys and opens a dossier beside it", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const [{ code }, other] = [await takeIn(officer), await takeIn(officer)];
  for (const each of [code, other.code]) await assign(await come({ login: PEOPLE.head }), each);
  const specialist = await come({ login: PEOPLE.specialist });
  await specialist.go("/can-bo?loc=toi");
  const hand = fingers(specialist);
  await hand.press("j");
  await specialist.page.locator("[data-detail] .work-head").waitFor();
  assert.match(new URL(specialist.page.url()).search, /hs=H49/);
  await hand.press("x");
  assert.equal(await specialist.page.locator(".rows-pick:checked").count(), 1);
  assert.ok(await specialist.page.locator(".bulk").isVisible());
  await hand.press("?");
  assert.ok(await specialist.page.locator("dialog[open]").isVisible());
  await hand.press("Escape");
  await specialist.judge();
  // From one dossier to the next without the list between.
  await specialist.go(`/can-bo/ho-so/${code}/tham-dinh`);
  await specialist.page.locator('[name="opinion"][value="grant"]').check();
  await specialist.page.locator("#text").fill("Đủ điều kiện.");
  await specialist.press(/Lưu ý kiến/);
  const onward = await specialist.page.locator('.flash a[data-key="]"]').getAttribute("href");
  assert.ok(onward && !onward.endsWith(code), onward);
  await specialist.leave(() => hand.press("]"));
  assert.equal(new URL(specialist.page.url()).pathname, onward);
  // A note that names nobody keeps its text and says so.
  await specialist.page.locator("#text").fill("Nhờ @khongcoai xem giúp.");
  await specialist.press("Thêm ghi chú");
  assert.ok(await specialist.page.locator("#text-error").isVisible());
  assert.equal(await specialist.page.locator("#text").inputValue(), "Nhờ @khongcoai xem giúp.");
});

test("a leader approves several on a phone with one confirmation", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const [head, specialist] = [await come({ login: PEOPLE.head }), await come({ login: PEOPLE.specialist })];
  const codes = [];
  for (let i = 0; i < 2; i += 1) {
    const { code } = await takeIn(officer);
    await assign(head, code);
    await appraise(specialist, code);
    codes.push(code);
  }
  const leader = await come({ login: PEOPLE.leader, width: 390 });
  await leader.go("/can-bo/duyet");
  for (const code of codes) {
    const box = leader.page.locator(".approval", { hasText: code }).locator(".data-pick");
    await box.check();
  }
  await leader.press(/Phê duyệt các hồ sơ đã chọn/);
  await leader.press(/Phê duyệt \d+ hồ sơ/);
  const done = await leader.main().textContent();
  for (const code of codes) assert.ok(done.includes(code), `${code} is not among those done`);
});

test("two officers on one dossier see each other, and the slower one keeps what was typed", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const { code } = await takeIn(officer);
  const [head, specialist] = [await come({ login: PEOPLE.head }), await come({ login: PEOPLE.specialist })];
  await assign(head, code);
  await specialist.go(`/can-bo/ho-so/${code}`);
  await specialist.page.waitForLoadState("networkidle");
  await head.go(`/can-bo/ho-so/${code}`);
  const hint = head.page.locator("[data-presence]");
  await hint.waitFor({ state: "visible" });
  assert.match(await hint.textContent(), /Đang được .+ mở/);
  // It comes while somebody works: nothing moves away under a hand, and it goes when it is closed.
  const places = () => head.main().locator("h1, .actions a").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  const beside = await places();
  await hint.getByRole("button", { name: "Đóng" }).click();
  await hint.waitFor({ state: "hidden" });
  assert.deepEqual(await places(), beside);
  await specialist.go(`/can-bo/ho-so/${code}/tham-dinh`);
  await specialist.page.locator('[name="opinion"][value="grant"]').check();
  await specialist.fill("Nội dung thẩm định, căn cứ", "Đủ điều kiện theo Điều 5.");
  await assign(head, code);
  await specialist.press("Lưu ý kiến và trình");
  assert.ok(await specialist.page.locator(".conflict").isVisible(), "what the other did is shown");
  assert.equal(await specialist.page.locator("#text").inputValue(), "Đủ điều kiện theo Điều 5.");
  await specialist.press("Lưu ý kiến và trình");
  assert.match(await specialist.main().textContent(), /Đã trình phê duyệt/);
});

test("an opinion is kept on the server while it is written, and a wrong number is told while it is typed", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const { code } = await takeIn(officer);
  await assign(await come({ login: PEOPLE.head }), code);
  const specialist = await come({ login: PEOPLE.specialist });
  await specialist.go(`/can-bo/ho-so/${code}/tham-dinh`);
  await specialist.page.locator("#text").pressSequentially("Còn thiếu bản vẽ");
  await specialist.page.locator("[data-draft-told]", { hasText: "Đã lưu nháp" }).waitFor();
  const elsewhere = await come({ login: PEOPLE.specialist });
  await elsewhere.go(`/can-bo/ho-so/${code}/tham-dinh`);
  assert.equal(await elsewhere.page.locator("#text").inputValue(), "Còn thiếu bản vẽ");

  await officer.go("/can-bo/tiep-nhan");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  const number = officer.page.locator('[name="applicant.identity"]');
  const wrong = officer.page.locator('[id="applicant.identity-error"]');
  await officer.page.locator('[name="applicant.kind"]').selectOption("business");
  await number.pressSequentially("5700100257");
  await wrong.filter({ hasText: "sai một chữ số" }).waitFor();
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  await number.press("Backspace");
  await number.press("6");
  await wrong.waitFor({ state: "detached" });
});

test("the counts of the views are live", async ({ come }) => {
  const head = await come({ login: PEOPLE.head });
  await head.go("/can-bo?loc=cho");
  const count = () => head.page.locator('[data-count="cho"]').first().textContent();
  const before = await count();
  await takeIn(await come({ login: PEOPLE.intake }));
  await head.page.waitForFunction((was) => document.querySelector('[data-count="cho"]').textContent !== was, before);
});

test("what is to be done stays within reach on a tablet", async ({ come }) => {
  for (const login of [PEOPLE.intake, PEOPLE.specialist, PEOPLE.desk]) {
    const officer = await come({ login, width: 1024 });
    for (const page of ["/can-bo", "/can-bo/tim?q=khong-co"]) await officer.go(page);
  }
  const officer = await come({ login: PEOPLE.desk, width: 1024 });
  for (const page of ["/can-bo/tra-ket-qua?loc=lau", "/can-bo/tra-ket-qua?loc=buu-chinh", "/can-bo/tra-ket-qua/bang-ke", "/can-bo/so-theo-doi"]) {
    await officer.go(page);
  }
  const head = await come({ login: PEOPLE.head, width: 1024 });
  await head.go("/can-bo/chua-xu-ly");
  // The counter and the leader with a dossier of their own: choosing, the form, the slip, one receipt for two, the cards, the page.
  const counter = await come({ login: PEOPLE.intake, width: 1024 });
  await takeIn(counter);
  const { code } = await takeIn(counter);
  await counter.follow(/Giấy hẹn chung cho \d+ hồ sơ/);
  await counter.press("Lập giấy hẹn chung");
  await assign(head, code);
  await appraise(await come({ login: PEOPLE.specialist, width: 1024 }), code);
  const leader = await come({ login: PEOPLE.leader, width: 1024 });
  await leader.go("/can-bo/duyet");
  await approve(leader, code);
  await enterResult(await come({ login: PEOPLE.clerk, width: 1024 }), code);
  await officer.go(`/can-bo/ho-so/${code}/tra-ket-qua`);
});

test("one opinion goes into several dossiers from the list, and the report leads back to it", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const head = await come({ login: PEOPLE.head });
  const codes = [];
  for (let i = 0; i < 2; i += 1) {
    const { code } = await takeIn(officer);
    await assign(head, code);
    codes.push(code);
  }
  for (const [width, script] of [[1440, true], [390, false]]) {
    const specialist = await come({ login: PEOPLE.specialist, width, script });
    await specialist.go(`/can-bo?loc=toi&tu=${codes[0]}`);
    assert.equal(await specialist.page.locator(".rows-pick").count(), 1, "the code narrows the list");
    await specialist.page.locator(".rows-pick").check();
    await specialist.press("Ghi ý kiến chung và trình");
    await specialist.press("Lưu ý kiến và trình");
    assert.ok(await specialist.page.locator("#text-error").isVisible(), "nothing is written that nobody wrote");
    await specialist.page.locator('[name="opinion"][value="grant"]').check();
    await specialist.page.locator("#text").fill("Hồ sơ đủ điều kiện.");
    await specialist.press("Lưu ý kiến và trình");
    assert.match(await specialist.main().textContent(), /1 hồ sơ đã xong/);
    await specialist.follow("Về danh sách");
    assert.match(new URL(specialist.page.url()).search, /loc=toi&tu=/);
    codes.shift();
  }
});

test("second thoughts are one click away, at a desk and on a phone without scripts", async ({ come }) => {
  const counter = await come({ login: PEOPLE.intake });
  for (const [width, script] of [[1440, true], [390, false]]) {
    const { code } = await takeIn(counter);
    await assign(await come({ login: PEOPLE.head }), code);
    const head = await come({ login: PEOPLE.head, width, script });
    await head.go(`/can-bo/ho-so/${code}?xong=assignments`);
    await head.press("Hoàn tác");
    const told = await head.main().textContent();
    assert.match(told, /Đã hoàn tác; hồ sơ trở lại như trước/);
    assert.match(told, /Hoàn tác bước vừa làm/, "it stands in the history");
    assert.equal(await head.page.locator("#undo").count(), 0);
  }
});

test("the receiver signs on the screen, and the slip shows it; paper stays the default", async ({ come }) => {
  const counter = await come({ login: PEOPLE.intake });
  const { code } = await takeIn(counter);
  await assign(await come({ login: PEOPLE.head }), code);
  await appraise(await come({ login: PEOPLE.specialist }), code);
  await approve(await come({ login: PEOPLE.leader }), code);
  await enterResult(await come({ login: PEOPLE.clerk }), code);
  const plain = await come({ login: PEOPLE.desk, width: 390, script: false });
  await plain.go(`/can-bo/ho-so/${code}/tra-ket-qua`);
  assert.equal(await plain.page.locator("canvas").isVisible(), false);
  const desk = await come({ login: PEOPLE.desk });
  await desk.go(`/can-bo/ho-so/${code}/tra-ket-qua`);
  await desk.page.locator('[name="to"]').first().check();
  await desk.page.locator('[name="identity"]').fill("022190004567");
  const sheet = desk.page.locator("canvas");
  await sheet.scrollIntoViewIfNeeded();
  const at = await sheet.boundingBox();
  const move = (x, y) => desk.page.mouse.move(at.x + at.width * x, at.y + at.height * y);
  await move(0.1, 0.6);
  await desk.page.mouse.down();
  for (let i = 1; i <= 30; i += 1) await move(0.1 + i * 0.025, 0.5 + 0.3 * Math.sin(i / 2));
  await desk.page.mouse.up();
  assert.match(await desk.page.locator("[data-sign-told]").textContent(), /Đã có chữ ký/);
  await desk.press(/Trả kết quả/);
  const address = await desk.page.locator('a.slip[href*=".pdf"]').first().evaluate((link) => link.href);
  assert.match(await desk.pdf(address), /Đã ký trên màn hình/);
});
