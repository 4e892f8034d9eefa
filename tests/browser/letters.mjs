// CLK-05: form 04 as the system drafts it. The legal clock of this product stands and is moved by the test.
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";
import { assign, takeIn } from "./steps.mjs";

export const lettersTests = [];
const test = (name, body) => lettersTests.push({ name, body, clock: true });

const LIST = "/can-bo/phieu-xin-loi";
const DAY_MS = 86_400_000;

/** The moment that stands on the dossier's page as its date. */
async function dateOf(officer, code) {
  await officer.go(`/can-bo/ho-so/${code}`);
  const [, time, day, month, year] = (await officer.main().textContent()).match(/hẹn trả (\d\d:\d\d), (\d\d)\/(\d\d)\/(\d{4})/);
  return Date.parse(`${year}-${month}-${day}T${time}:00+07:00`);
}

const row = (officer, code) => officer.main().locator(".rows-item", { hasText: code });

for (const width of [1440, 390]) {
  test(`CLK-05: form 04 waits before the date, is filled in by the specialist and signed by the leader at ${width} px`, async ({ come, product }) => {
    const counter = await come({ login: PEOPLE.intake, width });
    const { code } = await takeIn(counter);
    await assign(await come({ login: PEOPLE.head, width }), code);
    const specialist = await come({ login: PEOPLE.specialist, width });
    await specialist.go(LIST);
    assert.equal(await row(specialist, code).count(), 0, "it is not time yet");

    await product.clock((await dateOf(specialist, code)) - DAY_MS - 3 * 3_600_000);
    await specialist.go(LIST);
    assert.match(await row(specialist, code).textContent(), /chưa điền lý do/);
    await specialist.leave(() => row(specialist, code).getByRole("link").click());
    assert.match(await specialist.main().textContent(), /Hệ thống đã soạn phiếu này lúc/);
    await specialist.fill("Lý do", "Chờ ý kiến của cơ quan chuyên ngành.");
    const chosen = specialist.page.locator('[name="day"]').first();
    await chosen.check();
    const date = await chosen.inputValue();
    await specialist.press("Lưu nháp cho người ký");

    const leader = await come({ login: PEOPLE.leader, width });
    await leader.go("/can-bo/duyet");
    await leader.leave(() => leader.main().locator(`a[href="${LIST}"]`).first().click());
    assert.match(await row(leader, code).textContent(), /thu\.chuyenvien đã điền/);
    await leader.leave(() => row(leader, code).getByRole("link").click());
    assert.equal(await leader.page.getByLabel("Lý do", { exact: true }).inputValue(), "Chờ ý kiến của cơ quan chuyên ngành.");
    assert.equal(await leader.page.locator('[name="day"]:checked').inputValue(), date);
    await leader.press("Lập phiếu xin lỗi và hẹn lại");
    const letter = await leader.pdf(await leader.page.locator('a.slip[href*=".pdf"]').first().evaluate((link) => link.href));
    assert.ok(letter.includes(code) && /Chờ ý kiến của cơ quan chuyên ngành/.test(letter.replace(/\s+/g, " ")), letter.slice(0, 600));

    await leader.go(LIST);
    assert.equal(await row(leader, code).count(), 0, "what is signed waits no longer");
    const [day, month, year] = date.split("/");
    assert.equal(await dateOf(specialist, code), Date.parse(`${year}-${month}-${day}T17:00:00+07:00`));
  });
}
