// A visit on the spot by page: appointed, found by the applicant, moved, and its minutes written from it (FLW-03, QN 6.4b).
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";
import { APPLICANT, advance, appraise, assign, happened, takeIn } from "./steps.mjs";

const PLACE = "Công trường số 5, khu 3, phường Hồng Gai";

/** Appoints it for the morning of the promised day: what was typed stays when something is missing. */
async function appoint(lead, code) {
  await advance(lead, code, "Hẹn kiểm tra thực địa");
  await lead.fill("Địa điểm", PLACE);
  await lead.press("Hẹn và báo người nộp");
  assert.ok(await lead.page.locator(".errors li").count(), "no time and no content, and nothing is said");
  assert.equal(await lead.page.getByLabel("Địa điểm", { exact: true }).inputValue(), PLACE);
  const [, day] = (await lead.main().textContent()).match(/ngày hẹn trả: .*?(\d{2}\/\d{2}\/\d{4})/);
  await lead.fill("Thời gian", `${day} 08:30`);
  await lead.fill("Nội dung kiểm tra", "Đối chiếu hiện trạng công trường với hồ sơ.");
  await lead.press("Hẹn và báo người nộp");
  await happened(lead, "Đã hẹn kiểm tra thực địa và báo người nộp.");
  return day;
}

/** The applicant reads when at once, and where after the last four digits. */
async function isTold(citizen, code) {
  await citizen.go(`/tra-cuu/${code}`);
  const shown = await citizen.main().textContent();
  assert.ok(/Kiểm tra thực địa lúc [0-9/]+, 08:30/.test(shown) && !shown.includes(PLACE), shown);
  await citizen.fill("4 số cuối", APPLICANT.phone.slice(-4));
  await citizen.press("Xem giấy tờ và tải giấy hẹn");
  assert.ok((await citizen.main().textContent()).includes(PLACE), "where it takes place");
}

export function visit(test) {
  for (const width of [1440, 390]) {
    test(`a site visit is appointed, moved and written down by page at ${width} px`, async ({ come }) => {
      const { code } = await takeIn(await come({ login: PEOPLE.intake, width }));
      await assign(await come({ login: PEOPLE.head, width }), code);
      const lead = await come({ login: PEOPLE.specialist, width });
      const day = await appoint(lead, code);
      await isTold(await come({ width }), code);

      await lead.go(`/can-bo/ho-so/${code}/phoi-hop`);
      await lead.page.getByText("Dời hoặc hủy lịch, người nộp được báo").click();
      await lead.fill("Lý do, được báo cho người nộp", "Dự báo mưa lớn.");
      await lead.fill("Thời gian mới (khi dời)", `${day} 09:30`);
      await lead.press("Dời lịch");
      await happened(lead, "Đã ghi thay đổi lịch kiểm tra và báo người nộp.");

      // It took place earlier than appointed: the minutes begin as the visit was appointed, and say when it really was.
      await advance(lead, code, "Xác minh");
      assert.equal(await lead.page.locator('[name="visit.place"]').inputValue(), PLACE);
      assert.equal(await lead.page.locator('[name="visit.at"]').inputValue(), `${day} 09:30`);
      const now = new Date(Date.now() - 60_000 + 7 * 3_600_000).toISOString();
      await lead.page.locator('[name="visit.at"]').fill(`${now.slice(8, 10)}/${now.slice(5, 7)}/${now.slice(0, 4)} ${now.slice(11, 16)}`);
      await lead.fill("Đã xác minh được gì", "Hiện trạng đúng với hồ sơ.");
      await lead.press("Ghi và lập biên bản");
      await happened(lead, "Đã ghi kết quả xác minh và lập biên bản.");
      await lead.go(`/can-bo/ho-so/${code}/phoi-hop`);
      assert.ok((await lead.main().textContent()).includes("đã có biên bản"));
      await appraise(lead, code);
    });
  }
}
