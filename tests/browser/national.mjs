// Quảng Ninh: a citizen hands in on the stand-in of the national portal, the agency's officer takes it in (QNI 13.2a, 13.4a), and the
// portal shows how it stands.
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";
import { appraise, approve, assign, enterResult, handOver } from "./steps.mjs";

export const nationalTests = [];
const test = (name, body) => nationalTests.push({ name, body, portal: true });

/** Decided by Sở Xây dựng, one way online. */
const PROCEDURE = "1.013222";
const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);
const paper = (name) => ({ name, mimeType: "application/pdf", buffer: PDF });

/** From the province's page to the portal's form; gives the code. */
async function handIn(citizen) {
  await citizen.page.locator("#q").fill(PROCEDURE);
  await citizen.press("Tìm thủ tục");
  await citizen.follow(/nhà thầu nước ngoài/);
  const cases = citizen.page.locator('input[type="radio"][name="truong_hop"]');
  if (await cases.count()) {
    await cases.first().check();
    await citizen.press("Tiếp tục");
  }
  for (const field of await citizen.page.locator('input[type="file"]').all()) await field.setInputFiles(paper("giay-to.pdf"));
  await citizen.press("Nộp hồ sơ");
  assert.match(await citizen.page.getByRole("alert").textContent(), /họ và tên/i, "everything that is missing is said");
  await citizen.fill("Họ và tên người nộp", "Nguyễn Thị Ánh Nguyệt");
  await citizen.fill("Số định danh cá nhân", "022190004567");
  await citizen.fill("Số điện thoại", "0912345678");
  for (const field of await citizen.page.locator('input[type="file"]').all()) await field.setInputFiles(paper("giay-to.pdf"));
  await citizen.press("Nộp hồ sơ");
  return (await citizen.page.locator("#ma").textContent()).trim();
}

/** Looks until the portal shows this state: the province tells it within seconds. */
async function shown(citizen, state) {
  for (let tries = 0; tries < 60; tries += 1) {
    await citizen.page.reload({ waitUntil: "load" });
    if ((await citizen.page.locator(".state").first().textContent()).trim() === state) return citizen.judge();
    await citizen.page.waitForTimeout(250);
  }
  throw new Error(`the portal does not show “${state}”`);
}

for (const width of [1440, 390]) {
  test(`a dossier of the national portal goes its whole way at ${width} px, and the portal shows each state`, async ({ come, product }) => {
    const reader = await come({ width });
    await reader.go(`/thu-tuc/${PROCEDURE}`);
    assert.equal(await reader.page.getByRole("link", { name: "Nộp trên Cổng Dịch vụ công quốc gia" }).getAttribute("href"), product.portal);
    const citizen = await come({ at: product.portal, width });
    await citizen.go("/");
    const code = await handIn(citizen);
    assert.match(code, /^H49\.24-\d{6}-\d{4}$/);
    await shown(citizen, "Mới đăng ký");

    const clerk = await come({ login: PEOPLE.clerk, width });
    await clerk.go("/can-bo/truc-tuyen");
    await clerk.go(`/can-bo/truc-tuyen/${code}`);
    assert.match(await clerk.main().textContent(), /Nguyễn Thị Ánh Nguyệt/);
    await clerk.follow("Hướng dẫn hoàn thiện");
    await clerk.page.locator('input[type="radio"][value="wrong"]').first().check();
    await clerk.page.locator('[name$=".note"]').first().fill("Ký tên ở trang cuối.");
    await clerk.press("Lập phiếu yêu cầu");
    await shown(citizen, "Yêu cầu bổ sung giấy tờ");
    assert.match(await citizen.main().textContent(), /Ký tên ở trang cuối/);
    await citizen.page.locator('input[type="file"]').first().setInputFiles(paper("da-ky.pdf"));
    await citizen.press("Gửi bổ sung");
    await shown(citizen, "Mới đăng ký");

    await clerk.go(`/can-bo/truc-tuyen/${code}`);
    await clerk.follow("Tiếp nhận");
    // FEE-01: a line of the schedule is ticked and its sum stands there; here nothing is to be paid after all.
    const line = clerk.page.locator('#fees input[type="checkbox"]').first();
    await line.check();
    await clerk.page.getByText(/Phải thu 500/).waitFor();
    await clerk.photograph();
    await line.uncheck();
    await clerk.page.getByText(/Phải thu 500/).waitFor({ state: "detached" });
    await clerk.press("Tiếp nhận");
    await shown(citizen, "Được tiếp nhận");
    await assign(await come({ login: PEOPLE.head, width }), code);
    await appraise(await come({ login: PEOPLE.specialist, width }), code);
    await shown(citizen, "Đang xử lý");
    await approve(await come({ login: PEOPLE.leader, width }), code);
    await enterResult(await come({ login: PEOPLE.clerk, width }), code);
    await shown(citizen, "Đã xử lý xong");
    await handOver(await come({ login: PEOPLE.desk, width }), code);
    await shown(citizen, "Đã trả kết quả");
    const third = await come({ width });
    await third.go(`/xac-minh/${code}`);
    assert.match(await third.main().textContent(), /125\/GPXD/, "a third person checks the result on the province's page");
    await citizen.go("/ho-so?dinh_danh=022190004567");
    assert.match(await citizen.main().textContent(), new RegExp(code));
  });
}

test("what is withdrawn on the portal is withdrawn here, and a portal that failed hears of it later", async ({ come, product }) => {
  const citizen = await come({ at: product.portal, width: 390 });
  await citizen.go("/");
  const code = await handIn(citizen);
  await shown(citizen, "Mới đăng ký");
  const address = citizen.page.url();
  await citizen.go("/ho-so");
  await citizen.page.getByText("Thử khi Cổng hỏng").click();
  await citizen.fill("Bao nhiêu lần", "1");
  await citizen.press("Làm hỏng");
  await citizen.go(address);
  await citizen.page.locator("summary", { hasText: "Rút hồ sơ" }).click();
  await citizen.fill("Lý do rút hồ sơ", "Không còn nhu cầu.");
  await citizen.press("Rút hồ sơ");
  await shown(citizen, "Công dân yêu cầu rút hồ sơ");
  const officer = await come({ login: PEOPLE.clerk });
  await officer.go(`/can-bo/ho-so/${code}`);
  assert.match(await officer.main().textContent(), /Đã rút hồ sơ/);
  const admin = await come({ login: "quantri1", width: 390 });
  await admin.go("/can-bo/quan-tri/tin-nhan");
  assert.match(await admin.main().textContent(), /Cổng Dịch vụ công quốc gia/);
});
