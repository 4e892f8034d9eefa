// INT-01 online, INT-07, TRK-01, RES-02: one dossier from the first question to the result in hand, by the province's own pages: found,
// sent from home, guided, completed, taken in, decided, downloaded, and checked by somebody who never saw it before.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { advance, appraise, approve, handOver, happened } from "./steps.mjs";

export const wholeTests = [];
const test = (name, body) => wholeTests.push({ name, body, profile: "dong-nai" });

const PROCEDURE = "1.000080";
const PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const pdf = (name, more = "") => ({ name, mimeType: "application/pdf", buffer: Buffer.from(PDF + more) });

/** From the search to the confirmation; gives the code. */
async function handIn(citizen, phone) {
  await citizen.go("/");
  await citizen.page.getByRole("searchbox").first().fill("ket hon voi nguoi nuoc ngoai o bien gioi");
  await citizen.press("Tìm");
  await citizen.go(`/thu-tuc/${PROCEDURE}`);
  await citizen.leave(() => citizen.page.locator(`main a[href="/nop-ho-so/${PROCEDURE}"]`).first().click());
  await citizen.press("Bắt đầu");
  assert.match(await citizen.main().textContent(), /Dữ liệu của ông\/bà được dùng vào việc gì/, "said before it is asked for");
  await citizen.page.locator("#lien_he").fill(phone);
  await citizen.press("Vào");
  await citizen.press("Bắt đầu");
  await citizen.follow("Tất cả các việc của hồ sơ này");
  assert.match(await citizen.main().textContent(), /Đã xong 1 trên 5 việc/, "only how the result comes is chosen already");
  await citizen.follow("Làm tiếp");
  const cases = citizen.page.locator('[name="variant"]');
  if (await cases.count()) await cases.first().check();
  const agency = citizen.page.locator("select#agency");
  if (await agency.count()) await agency.selectOption({ index: 1 });
  await citizen.press("Tiếp tục");
  await citizen.page.locator('[name="applicant.name"]').fill("Nguyễn Thị Mẫu");
  await citizen.page.locator('[name="applicant.identity"]').fill("022190004567");
  await citizen.press("Tiếp tục");
  for (const field of await citizen.page.locator('input[type="file"]').all()) await field.setInputFiles(pdf("to-khai.pdf"));
  await citizen.press("Tiếp tục");
  const online = citizen.page.locator('[name="result_by"][value="online"]');
  await ((await online.count()) ? online : citizen.page.locator('[name="result_by"]').first()).check();
  await citizen.press("Tiếp tục");
  await citizen.page.locator('[name="agreed"]').check();
  await citizen.press("Nộp hồ sơ");
  return new URL(citizen.page.url()).pathname.split("/").pop();
}

async function guide(officer, code) {
  await officer.go(`/can-bo/truc-tuyen/${code}`);
  await officer.follow("Hướng dẫn hoàn thiện");
  await officer.page.locator('input[type="radio"][value="wrong"]').first().check();
  await officer.page.locator('[name$=".note"]').first().fill("Ký tên ở trang cuối.");
  await officer.press("Lập phiếu yêu cầu");
}

async function complete(citizen, code) {
  await citizen.go("/cong-dan");
  assert.match(await citizen.main().textContent(), /Chờ ông\/bà bổ sung/);
  await citizen.go(`/tra-cuu/${code}`);
  await citizen.follow("Bổ sung trực tuyến");
  // What is wrong stands there at once; the message about it comes when the worker has written it.
  assert.match(await citizen.main().textContent(), /Ký tên ở trang cuối/);
  await citizen.page.locator('input[type="file"]').first().setInputFiles(pdf("da-ky.pdf", "% 2\n"));
  await citizen.press("Nộp bổ sung");
}

async function assignFirst(head, code) {
  await advance(head, code, "Phân công");
  await head.page.locator('[name="officer"]').first().check();
  await head.press("Phân công");
  await happened(head, "Đã phân công xử lý.");
}

/** The one to whom the first in the list was given works on it. */
async function specialistOf(come, head, code, at, width) {
  for (const login of [`chuyenvien1.${at}`, `chuyenvien2.${at}`]) {
    const one = await come({ login, width });
    await one.go(`/can-bo/ho-so/${code}`);
    if (await one.page.locator(".actions").getByRole("link", { name: "Ghi ý kiến thẩm định" }).count()) return one;
  }
  throw new Error(`nobody holds ${code} after ${head.who}`);
}

async function issue(clerk, code) {
  await advance(clerk, code, "Nhập kết quả");
  await clerk.fill("Số, ký hiệu", "125/TL");
  await clerk.fill("Ngày ký", "06/10/2025");
  await clerk.fill("Người ký", "Trần Văn Bình");
  await clerk.page.locator('input[type="file"]#files').setInputFiles(pdf("trich-luc.pdf", "% ket qua\n"));
  await clerk.press("Lưu và chuyển quầy trả kết quả");
  await happened(clerk, "Đã nhập kết quả và chuyển quầy trả kết quả.");
}

for (const [width, script] of [[390, true], [1440, true], [390, false]]) {
  test(`from the first question to the result in hand at ${width} px${script ? "" : " without scripts"}`, async ({ come }) => {
    const citizen = await come({ width, script });
    const code = await handIn(citizen, `09123${width}${script ? 6 : 7}`.padEnd(10, "0"));
    const at = /\.(\d+)-\d{6}-/.exec(code)[1];
    const as = (login) => come({ login: `${login}.${at}`, width, script });
    const counter = await as("tiepnhan1");
    await guide(counter, code);
    await complete(citizen, code);
    await counter.go(`/can-bo/truc-tuyen/${code}`);
    await counter.follow("Tiếp nhận");
    await counter.press("Tiếp nhận");
    await citizen.go(`/tra-cuu/${code}`);
    assert.match(await citizen.main().textContent(), /Vì sao có ngày này/, "the day is told, and why");
    const head = await as("truongphong1");
    await assignFirst(head, code);
    await appraise(await specialistOf(come, head, code, at, width), code);
    await approve(await as("lanhdao1"), code);
    await issue(await as("vanthu1"), code);
    await handOver(await as("traketqua1"), code);

    await citizen.go(`/tra-cuu/${code}`);
    const link = citizen.page.getByRole("link", { name: /Tải trich-luc\.pdf/ });
    const bytes = await (await citizen.context.request.get(await link.getAttribute("href"))).body();
    assert.equal(createHash("sha256").update(bytes).digest("hex"), createHash("sha256").update(pdf("", "% ket qua\n").buffer).digest("hex"));
    const bank = await come({ width, script });
    await bank.go(`/xac-minh/${code}`);
    assert.match(await bank.main().textContent(), /125\/TL/);
    assert.ok(!(await bank.main().textContent()).includes("Nguyễn Thị Mẫu"), "a third person learns of the result, not of the person");
    await bank.page.locator("#tep").setInputFiles({ name: "nhan-duoc.pdf", mimeType: "application/pdf", buffer: bytes });
    await bank.press("So tệp");
    assert.match(await bank.main().textContent(), /Đúng tệp đã phát hành/);
    await bank.page.locator("#tep").setInputFiles(pdf("gia.pdf", "% 3\n"));
    await bank.press("So tệp");
    assert.match(await bank.main().textContent(), /không phải tệp đã phát hành/);
  });
}
