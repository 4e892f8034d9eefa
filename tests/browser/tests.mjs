// What people do, in their words.
import assert from "node:assert/strict";
import { catalogue } from "./catalogue.mjs";
import { interlink } from "./interlink.mjs";
import { visit } from "./visit.mjs";
import { lifecycle } from "./lifecycle.mjs";
import { PEOPLE } from "./product.mjs";
import { drawProcess } from "./process.mjs";
import { APPLICANT, advance, appraise, approve, assign, enterResult, handOver, lookUp, takeIn } from "./steps.mjs";

export const tests = [];
const test = (name, body) => tests.push({ name, body });

for (const width of [1440, 390]) {
  test(`a dossier goes from the counter to the returned result through six pairs of hands, at ${width} px`, async ({ come }) => {
    const officer = await come({ login: PEOPLE.intake, width });
    const { code, receipt } = await takeIn(officer);
    assert.match(code, /^H49\.24-\d{6}-\d{4}$/);
    for (const paper of receipt) {
      const text = await officer.pdf(paper);
      assert.ok(text.includes(code) && text.includes("Nguyễn Thị Ánh Nguyệt"), `${paper} does not name the dossier`);
    }
    await lookUp(await come({ width: 390 }), code, "Đã tiếp nhận");
    await assign(await come({ login: PEOPLE.head, width }), code);
    await appraise(await come({ login: PEOPLE.specialist, width }), code);
    await approve(await come({ login: PEOPLE.leader, width }), code);
    await enterResult(await come({ login: PEOPLE.clerk, width }), code);
    const slip = await handOver(await come({ login: PEOPLE.desk, width }), code);
    assert.ok((await officer.pdf(slip)).includes(code));
    await lookUp(await come({ width: 390 }), code, "Đã trả kết quả");
  });
}

test("the codes on a receipt that was issued lead to its dossier, by a citizen's telephone and by a scanner", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  await takeIn(officer);
  const { code, receipt } = await takeIn(officer);
  const citizen = await come({ width: 390 });
  for (const paper of receipt) {
    const { bar, qr } = await officer.scanned(paper);
    assert.ok(bar && qr, `${paper}: bar code ${bar}, QR code ${qr}`);
    await citizen.go(new URL(qr).pathname);
    assert.ok((await citizen.main().textContent()).includes(code), qr);
    await officer.go("/can-bo");
    await officer.page.locator("[data-scan]").fill(bar);
    await officer.leave(() => officer.page.keyboard.press("Enter"));
    assert.equal(new URL(officer.page.url()).pathname, `/can-bo/ho-so/${code}`);
  }
});

test("without scripts dossiers go the whole way, one by one and several at once", async ({ come }) => {
  const bare = (login) => come({ login, script: false });
  const officer = await bare(PEOPLE.intake);
  const codes = [(await takeIn(officer)).code, (await takeIn(officer)).code];
  const head = await bare(PEOPLE.head);
  await head.go("/can-bo?loc=cho");
  for (const code of codes) await head.page.getByLabel(`Chọn hồ sơ ${code}`).check();
  await head.page.getByLabel("Người nhận việc").selectOption({ label: PEOPLE.specialist });
  await head.press("Chuyển người giữ");
  const assigned = await head.main().textContent();
  for (const code of codes) assert.ok(assigned.includes(code), `${code} was not assigned`);
  const specialist = await bare(PEOPLE.specialist);
  for (const code of codes) await appraise(specialist, code);
  const leader = await bare(PEOPLE.leader);
  await leader.go("/can-bo/duyet");
  for (const box of await leader.page.locator(".data-pick").all()) await box.uncheck();
  for (const code of codes) await leader.page.locator(".approval", { hasText: code }).locator(".data-pick").check();
  await leader.press(/Phê duyệt các hồ sơ đã chọn/);
  await leader.press(/Phê duyệt 2 hồ sơ/);
  const clerk = await bare(PEOPLE.clerk);
  for (const code of codes) await enterResult(clerk, code);
  const desk = await bare(PEOPLE.desk);
  await desk.go("/can-bo/tra-ket-qua");
  await desk.page.getByLabel(`Chọn hồ sơ ${codes[1]}`).check();
  await desk.press("Ghi là đã mời đến nhận");
  await desk.go("/can-bo/tra-ket-qua/bang-ke");
  assert.equal(await desk.page.locator("[data-print]:visible, [data-open]:visible").count(), 0, "a button that does nothing");
  const slip = await handOver(desk, codes[0]);
  assert.ok((await desk.pdf(slip)).includes(codes[0]));
  const citizen = await come({ width: 390, script: false });
  await lookUp(citizen, codes[0], "Đã trả kết quả");
  await citizen.go(`/tra-cuu/${codes[0]}`);
  await citizen.fill("4 số cuối", APPLICANT.phone.slice(-4));
  await citizen.press("Xem giấy tờ và tải giấy hẹn");
  assert.match(await citizen.main().textContent(), /Ai đã xem hồ sơ/);
});

test("without scripts a dossier is taken in, mistakes and all", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake, script: false });
  const { code } = await takeIn(officer, { mistaken: true });
  assert.match(code, /^H49\.24-/);
});

test("whoever comes second sees what the first did, and keeps what was typed", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const { code } = await takeIn(officer);
  await assign(await come({ login: PEOPLE.head }), code);
  const first = await come({ login: PEOPLE.specialist });
  const second = await come({ login: PEOPLE.specialist });
  await advance(second, code, "Ghi ý kiến thẩm định");
  await second.choose("Không chấp thuận");
  await second.fill("Nội dung thẩm định, căn cứ", "Bản vẽ thiếu mặt cắt.");
  await appraise(first, code);
  await second.press("Lưu ý kiến và trình");
  const conflict = second.page.getByRole("region", { name: /vừa được người khác thay đổi/ });
  await conflict.waitFor();
  assert.match(await conflict.textContent(), /Thẩm định/);
  assert.equal(await second.page.getByLabel("Nội dung thẩm định, căn cứ").inputValue(), "Bản vẽ thiếu mặt cắt.");
});

test("a stranger who knows the address of a dossier learns that it is not theirs", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  const { code } = await takeIn(officer);
  const leader = await come({ login: PEOPLE.leader });
  const answer = await leader.go(`/can-bo/ho-so/${code}/phe-duyet`);
  assert.ok([403, 409].includes(answer.status()), `${answer.status()}`);
  const citizen = await come({});
  await citizen.go(`/can-bo/ho-so/${code}`);
  assert.equal(new URL(citizen.page.url()).pathname, "/dang-nhap");
});

test("the language changes where one stands and stays", async ({ come }) => {
  const citizen = await come({ width: 390 });
  await citizen.go("/tra-cuu");
  assert.equal(await citizen.page.locator("html").getAttribute("lang"), "vi");
  await citizen.leave(() => citizen.page.getByRole("link", { name: "English" }).first().click());
  assert.equal(new URL(citizen.page.url()).pathname, "/tra-cuu");
  assert.equal(await citizen.page.locator("html").getAttribute("lang"), "en");
  await citizen.go("/thu-tuc");
  assert.equal(await citizen.page.locator("html").getAttribute("lang"), "en");
});

test("an officer signs in with a password, and a wrong one says so without telling which part is wrong", async ({ come, product }) => {
  const officer = await come({ width: 390 });
  await officer.go("/dang-nhap");
  await officer.fill("Tên đăng nhập", PEOPLE.intake);
  await officer.fill("Mật khẩu", "sai mật khẩu");
  await officer.press("Đăng nhập");
  assert.equal(await officer.page.getByLabel("Tên đăng nhập").inputValue(), PEOPLE.intake);
  await officer.fill("Mật khẩu", product.password);
  await officer.press("Đăng nhập");
  assert.ok(!new URL(officer.page.url()).pathname.startsWith("/dang-nhap"), officer.page.url());
});

for (const width of [1440, 390]) {
  test(`every public page and every officer's page can be read at ${width} px`, async ({ come }) => {
    const citizen = await come({ width });
    for (const page of ["/", "/thu-tuc", "/thu-tuc?q=xay+dung", "/tra-cuu", "/dang-nhap", "/chao-mung"]) await citizen.go(page);
    for (const login of Object.values(PEOPLE)) {
      const officer = await come({ login, width });
      await officer.go("/can-bo");
      const rail = officer.page.getByRole("navigation", { name: "Việc", exact: true }).getByRole("link");
      const places = await rail.evaluateAll((links) => links.map((l) => l.getAttribute("href")));
      for (const place of places) {
        const answer = await officer.go(place);
        assert.equal(answer.status(), 200, place);
      }
    }
  });
}

for (const about of [{ width: 1440 }, { width: 390 }, { width: 1440, script: false }]) {
  test(`a process is drawn, mended, tried out, exported and published, at ${about.width} px${about.script === false ? " without scripts" : ""}`, async ({ come }) => {
    await drawProcess(await come({ login: PEOPLE.control, ...about }), `thử ${about.width}${about.script === false ? " không kịch bản" : ""}`);
  });
}

catalogue(test);
lifecycle(test);
interlink(test);
visit(test);

test("a citizen finds a procedure on a phone by four ways, reads it and prints it", async ({ come }) => {
  const citizen = await come({ width: 390 });
  const { page } = citizen;
  const wanted = "/thu-tuc/1.000894";
  await citizen.go("/");
  // As people type: wrongly, in their own words; the answers come under the field and the keyboard reaches them.
  const field = page.getByRole("searchbox").first();
  for (const words of ["dang ky ket hom", "toi muon lay vo", "đkkh"]) {
    await field.fill(words);
    await page.locator(`.suggest a[href="${wanted}"]`).waitFor();
  }
  await citizen.judge();
  await field.press("ArrowDown");
  assert.ok(await page.locator(".suggest a").first().evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".suggest a").count(), 0);
  // By an occasion of life.
  await citizen.follow("Kết hôn");
  await page.locator(`#answers a[href="${wanted}"]`).waitFor();
  // By letter.
  await page.getByRole("navigation", { name: "Theo chữ cái đầu" }).getByRole("link", { name: "Đ", exact: true }).click();
  await page.waitForURL(/chu=/);
  await citizen.judge();
  // By field, the list renewing itself.
  await citizen.go("/thu-tuc");
  await page.getByText("Lọc theo lĩnh vực").click();
  await page.getByLabel("Lĩnh vực").selectOption("Hộ tịch");
  await page.waitForURL(/linh_vuc=/);
  await page.getByRole("main").getByRole("searchbox").fill("ket hon");
  await page.locator(`#answers a[href="${wanted}"]`).first().waitFor();
  await citizen.follow(/đăng ký kết hôn/i);
  for (const words of ["Giấy tờ cần chuẩn bị", "Căn cứ pháp lý", "Nộp ở đâu", "Ai được nộp"]) {
    await page.getByText(words, { exact: true }).first().waitFor();
  }
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "In trang này" }).isVisible(), false);
  assert.ok(await page.getByText("Giấy tờ cần chuẩn bị").isVisible());
});

test("without scripts the search, its filters and the letters work", async ({ come }) => {
  const citizen = await come({ width: 390, script: false });
  await citizen.go("/");
  await citizen.page.getByRole("searchbox").first().fill("lay vo");
  await citizen.press("Tìm");
  assert.ok(await citizen.page.locator('#answers a[href="/thu-tuc/1.000894"]').count());
});

for (const width of [1440, 390]) {
  test(`the Centre keeps its shared lists at ${width} px`, async ({ come }) => {
    const keeper = await come({ login: PEOPLE.control, width });
    const { page } = keeper;
    await keeper.go("/can-bo/quan-tri/danh-muc");
    const lists = await page.locator(".events a").evaluateAll((links) => links.map((l) => l.getAttribute("href")));
    assert.ok(lists.length > 8);
    for (const list of lists) assert.equal((await keeper.go(list)).status(), 200, list);
    await keeper.go("/can-bo/quan-tri/danh-muc/tu-dong-nghia");
    await keeper.fill("Người dân nói", `về chung nhà ${width}`);
    await keeper.fill("Nghĩa là", "đăng ký kết hôn");
    await keeper.press("Lưu");
    await keeper.fill("Câu người dân gõ", `ve chung nha ${width}`);
    await keeper.press("Xem kết quả");
    assert.ok(await page.locator('main a[href="/thu-tuc/1.000894"]').count());
    await keeper.go("/can-bo/quan-tri/danh-muc/co-quan?ma=H49.30");
    await keeper.press("Ghi thay đổi");
    assert.ok(await page.locator(".errors li").count());
    await keeper.go("/can-bo/quan-tri/danh-muc/dia-ban?q=phuc+xa");
    await keeper.go("/can-bo/quan-tri/danh-muc/viec-doi/sinh-con");
    await keeper.go("/can-bo/quan-tri/danh-muc/lich-su/synonyms");
    const text = await keeper.pdf("/can-bo/quan-tri/danh-muc/niem-yet/to.pdf?linh_vuc=H%E1%BB%99%20t%E1%BB%8Bch");
    assert.ok(text.includes("NIÊM YẾT THỦ TỤC HÀNH CHÍNH") && text.includes("1.000894"));
  });
}
