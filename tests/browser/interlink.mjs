// A dossier of three agencies by page: the lead gives two others their parts, each finishes its own, then the lead goes on (ILK-01, ILK-02).
import assert from "node:assert/strict";
import { COLLEAGUE_AGENCY, PEOPLE, THIRD_AGENCY } from "./product.mjs";
import { advance, appraise, assign, happened, takeIn } from "./steps.mjs";

const FIRST = "Cho biết nghĩa vụ tài chính của nhà thầu.";
const SECOND = "Kiểm tra tư cách pháp lý của người đại diện.";

/** Gives both their parts: a form without them is shown again, with what was chosen. */
async function involve(lead, code, travel) {
  await advance(lead, code, "Chuyển phối hợp");
  await lead.choose(travel === "paper" ? "Giấy, đi lần lượt" : "Điện tử, gửi cùng lúc");
  await lead.press("Chuyển phối hợp");
  assert.ok(await lead.page.locator(".errors li").count(), "nobody was chosen, and nothing is said");
  assert.ok(await lead.page.locator(`[name="travel"][value="${travel}"]`).isChecked(), "the choice was lost");
  const [, until] = (await lead.main().textContent()).match(/ngày hẹn trả: .*?(\d{2}\/\d{2}\/\d{4})/);
  const parts = [[COLLEAGUE_AGENCY, FIRST], [THIRD_AGENCY, SECOND]];
  for (const [at, [agency, work]] of parts.entries()) {
    const field = (name) => lead.page.locator(`[name="parts.${at + 1}.${name}"]`);
    await field("agency").selectOption(agency);
    await field("work").fill(work);
    await field("due_at").fill(until);
  }
  if (travel === "electronic") await lead.page.locator('[name="parts.2.needs"]').fill("1");
  await lead.press("Chuyển phối hợp");
  await happened(lead, "Đã chuyển các cơ quan phối hợp.");
}

/** Whoever must wait for another's result reads so and has no button. */
async function waits(officer, code, work) {
  await officer.go(`/can-bo/ho-so/${code}/phoi-hop`);
  assert.ok((await officer.main().textContent()).includes(work), "the part is not shown");
  assert.equal(await officer.page.getByRole("button", { name: "Trả kết quả phần việc" }).count(), 0);
  assert.equal(await officer.page.getByRole("button", { name: "Nhận phần việc này" }).count(), 0);
}

async function finish(officer, code, result) {
  await officer.go(`/can-bo/ho-so/${code}/phoi-hop`);
  await officer.press("Nhận phần việc này");
  await officer.go(`/can-bo/ho-so/${code}/phoi-hop`);
  await officer.fill("Kết quả phần việc", result);
  await officer.press("Trả kết quả phần việc");
  await happened(officer, "Đã ghi phần việc phối hợp.");
}

export function interlink(test) {
  for (const [travel, width] of [["electronic", 1440], ["paper", 390]]) {
    test(`an interlinked dossier of three agencies goes its ${travel} way by page at ${width} px`, async ({ come }) => {
      const { code } = await takeIn(await come({ login: PEOPLE.intake, width }));
      await assign(await come({ login: PEOPLE.head, width }), code);
      const lead = await come({ login: PEOPLE.specialist, width });
      await involve(lead, code, travel);
      const [first, second] = [await come({ login: PEOPLE.colleague, width }), await come({ login: PEOPLE.third, width })];
      await waits(second, code, SECOND);
      await finish(first, code, "Nhà thầu không nợ thuế.");
      await finish(second, code, "Người đại diện hợp pháp.");
      await lead.go(`/can-bo/ho-so/${code}/phoi-hop`);
      const text = await lead.main().textContent();
      for (const result of ["Nhà thầu không nợ thuế.", "Người đại diện hợp pháp."]) assert.ok(text.includes(result), result);
      await appraise(lead, code);
    });
  }
}
