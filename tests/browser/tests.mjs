// What people do, in their words.
import assert from "node:assert/strict";
import { catalogue } from "./catalogue.mjs";
import { PEOPLE } from "./product.mjs";
import { drawProcess } from "./process.mjs";
import { advance, appraise, approve, assign, enterResult, handOver, lookUp, takeIn } from "./steps.mjs";

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
    await approve(await come({ login: PEOPLE.leader, width: 390 }), code);
    await enterResult(await come({ login: PEOPLE.clerk, width }), code);
    const slip = await handOver(await come({ login: PEOPLE.desk, width }), code);
    assert.ok((await officer.pdf(slip)).includes(code));
    await lookUp(await come({ width: 390 }), code, "Đã trả kết quả");
  });
}

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
