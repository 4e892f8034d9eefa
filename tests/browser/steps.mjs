// The steps of a dossier's way as officers and citizens do them on the pages.
import assert from "node:assert/strict";
import { AGENCY, PEOPLE } from "./product.mjs";

/** What the counter is asked for: found by its name without marks; decided by Sở Xây dựng. */
const WANTED = "giay phep hoat dong xay dung nha thau nuoc ngoai";
export const APPLICANT = { name: "Nguyễn Thị Ánh Nguyệt", identity: "022190004567", phone: "0912345678" };

/** Takes a dossier in at the counter; gives its code and the addresses of the receipt. */
export async function takeIn(officer, { mistaken = false } = {}) {
  await officer.go("/can-bo/tiep-nhan");
  await officer.page.locator("#procedure").fill(WANTED);
  await officer.press("Tìm thủ tục");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  const agency = officer.page.locator("select#agency");
  if (await agency.count()) await agency.selectOption(AGENCY);
  if (mistaken) await makeMistakes(officer);
  await applicant(officer);
  for (const box of await officer.page.getByLabel("Đủ theo danh mục").all()) await box.check();
  await officer.press(/Tiếp nhận và in giấy hẹn/);
  const code = (await officer.main().locator(".code").first().textContent()).trim();
  const papers = await officer.page.locator('a.slip[href*=".pdf"]').evaluateAll((links) => links.map((l) => l.href));
  assert.ok(papers.length > 0, "no receipt to print");
  return { code, receipt: papers };
}

async function applicant(officer) {
  const field = (name) => officer.page.locator(`[name="applicant.${name}"]`);
  await field("identity").fill(APPLICANT.identity);
  await field("name").fill(APPLICANT.name);
  await field("phone").fill(APPLICANT.phone);
}

/** Everything wrong at once: each is said beside its field and what was typed stays. */
async function makeMistakes(officer) {
  const field = (name) => officer.page.locator(`[name="applicant.${name}"]`);
  await field("identity").fill("12345");
  await field("phone").fill("09");
  await field("address").fill("Tổ 5, khu 3, phường Hồng Gai");
  await officer.press(/Tiếp nhận và in giấy hẹn/);
  const summary = officer.page.getByRole("alert").first();
  assert.match(await summary.textContent(), /chỗ cần sửa/);
  for (const name of ["identity", "phone", "name"]) {
    assert.equal(await field(name).getAttribute("aria-invalid"), "true", name);
  }
  assert.equal(await field("identity").inputValue(), "12345");
  assert.equal(await field("address").inputValue(), "Tổ 5, khu 3, phường Hồng Gai");
}

/** Opens a dossier and goes to one of its next steps by the button's words. */
export async function advance(officer, code, step) {
  await officer.go(`/can-bo/ho-so/${code}`);
  await officer.leave(() => officer.page.locator(".actions").getByRole("link", { name: step }).click());
}

export async function assign(head, code) {
  await head.go("/can-bo");
  await advance(head, code, "Phân công");
  await head.choose(new RegExp(PEOPLE.specialist));
  await head.press("Phân công");
  await happened(head, "Đã phân công xử lý.");
}

export async function appraise(specialist, code) {
  await specialist.go("/can-bo");
  await advance(specialist, code, "Ghi ý kiến thẩm định");
  await specialist.page.locator('[name="opinion"][value="grant"]').check();
  await specialist.fill("Nội dung thẩm định, căn cứ", "Hồ sơ đủ điều kiện cấp phép.");
  await specialist.press("Lưu ý kiến và trình");
  await happened(specialist, "Đã trình phê duyệt.");
}

export async function approve(leader, code) {
  await leader.go("/can-bo");
  await advance(leader, code, "Phê duyệt");
  await leader.press("Phê duyệt");
  await happened(leader, "Đã ghi quyết định và chuyển phát hành kết quả.");
}

export async function enterResult(clerk, code) {
  await clerk.go("/can-bo");
  await advance(clerk, code, "Nhập kết quả");
  await clerk.fill("Số, ký hiệu", "125/GPXD");
  await clerk.fill("Ngày ký", "06/10/2025");
  await clerk.fill("Người ký", "Trần Văn Bình");
  await clerk.press("Lưu và chuyển quầy trả kết quả");
  await happened(clerk, "Đã nhập kết quả và chuyển quầy trả kết quả.");
}

/** Finds it by what a scanner types, checks the card, hands over; gives the slip's address. */
export async function handOver(desk, code) {
  await desk.go("/can-bo/tra-ket-qua");
  await desk.page.locator("#scan").fill(code);
  await desk.press("Tìm hồ sơ");
  if (!desk.page.url().includes("/ho-so/")) await desk.leave(() => desk.page.locator("[data-rows] a").first().click());
  await desk.leave(() => desk.page.locator(".actions").getByRole("link", { name: "Trả kết quả" }).click());
  await desk.page.locator('[name="to"]').first().check();
  await desk.page.locator('[name="identity"]').fill(APPLICANT.identity);
  // RES-04: what came online in part is compared with the originals first.
  const compared = desk.page.locator('input[type="checkbox"][name="originals_compared"]');
  if (await compared.count()) await compared.check();
  await desk.press(/Trả kết quả/);
  return desk.page.locator('a.slip[href*=".pdf"]').first().evaluate((link) => link.href);
}

/** The good message after a step. */
export async function happened(officer, words) {
  await officer.page.getByRole("status").filter({ hasText: words }).waitFor();
}

/** A citizen with the code from the receipt; nothing personal is shown. */
export async function lookUp(citizen, code, status) {
  await citizen.go("/tra-cuu");
  await citizen.page.getByRole("main").getByRole("textbox").or(citizen.page.getByRole("main").getByRole("searchbox")).first().fill(code.toLowerCase());
  await citizen.leave(() => citizen.page.getByRole("main").getByRole("button").first().click());
  const text = await citizen.main().textContent();
  assert.ok(text.includes(code), `the page does not name ${code}`);
  assert.ok(text.includes(status), `not “${status}”`);
  assert.ok(!text.includes(APPLICANT.name) && !text.includes(APPLICANT.phone), "a stranger sees who it is");
  await citizen.follow(/[Vv]ì sao/);
}
