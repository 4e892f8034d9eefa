// Those who keep the catalogue: an import with faults, a draft, a decision.
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";

const PAGE = "/can-bo/quan-tri/thu-tuc";
const HEADS = "Mã thủ tục,Tên thủ tục,Lĩnh vực,Cơ quan thực hiện,Số quyết định";
const csv = (...rows) => ({ name: "thu-tuc.csv", mimeType: "text/csv", buffer: Buffer.from([HEADS, ...rows].join("\n")) });

/** Sends a file and waits until the import is done; gives the address of its report. */
async function send(keeper, file) {
  await keeper.go(`${PAGE}/nhap`);
  await keeper.page.getByLabel("Tệp Excel, CSV hoặc JSON").setInputFiles(file);
  await keeper.press("Gửi tệp");
  const report = new URL(keeper.page.url()).pathname;
  await keeper.page.getByRole("heading", { name: "Đã nhập" }).waitFor();
  await keeper.go(report);
  return report;
}

async function publish(keeper, number) {
  await keeper.follow("Công bố");
  await keeper.fill("Số quyết định", number);
  await keeper.fill("Cơ quan công bố", "Chủ tịch UBND tỉnh Quảng Ninh");
  await keeper.press("Công bố");
}

export function catalogue(test) {
  for (const width of [1440, 390]) {
    const code = `7.${width === 390 ? "000390" : "001440"}`;
    test(`a catalogue file with faults is read, agreed to, edited and published under a decision, at ${width} px`, async ({ come }) => {
      const keeper = await come({ login: PEOPLE.control, width });
      await keeper.go(PAGE);
      await send(keeper, csv(`${code},Cấp giấy thử nghiệm,Thử nghiệm,Sở Xây dựng,1/QĐ-UBND`, "mã lạ,Không rõ,,,"));
      assert.match(await keeper.main().textContent(), /mã thủ tục không hợp lệ/);
      const report = await send(keeper, csv(`${code},Cấp giấy thử nghiệm mới,Thử nghiệm,Sở Xây dựng,1/QĐ-UBND`));
      assert.match(await keeper.main().textContent(), /1 thay đổi chờ đồng ý/);
      await keeper.press(new RegExp(`^Đồng ý ${code}`));
      assert.equal(new URL(keeper.page.url()).pathname, report);
      await keeper.go(`${PAGE}/${code}`);
      assert.equal(await keeper.title(), "Cấp giấy thử nghiệm mới");
      await keeper.press("Sửa thủ tục");
      await keeper.fill("Lĩnh vực", "");
      await keeper.press("Lưu bản nháp");
      assert.equal(await keeper.page.getByLabel("Lĩnh vực").getAttribute("aria-invalid"), "true");
      await keeper.fill("Lĩnh vực", "Hoạt động xây dựng");
      await keeper.page.getByLabel("Dùng con dấu thứ hai").check();
      await keeper.press("Lưu bản nháp");
      await keeper.follow("Trường hợp, giấy tờ");
      await keeper.follow("Thêm giấy tờ");
      await keeper.fill("Tên giấy tờ", "Đơn đề nghị");
      const form = { name: "don.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF") };
      await keeper.page.getByLabel("Tệp để người dân tải về").setInputFiles(form);
      await keeper.press("Lưu bản nháp");
      await keeper.follow("Cách nộp, phí");
      await keeper.page.getByLabel("Thời hạn", { exact: true }).first().fill("5 ngày làm việc");
      await keeper.press("Lưu bản nháp");
      await publish(keeper, `2/QĐ-UBND-${width}`);
      assert.match(await keeper.main().textContent(), /Đã công bố phiên bản/);
      await keeper.follow("Với bản trước");
      assert.match(await keeper.main().textContent(), /Dùng con dấu thứ hai/);
      const citizen = await come({ width });
      await citizen.go(`/thu-tuc/${code}`);
      const download = await citizen.page.getByRole("link", { name: /Tải biểu mẫu/ }).getAttribute("href");
      assert.equal((await citizen.context.request.get(download)).status(), 200);
    });
  }

  test("without scripts a draft is begun, saved and dropped with a reason", async ({ come }) => {
    const keeper = await come({ login: PEOPLE.control, script: false });
    await keeper.go(`${PAGE}?q=khai+sinh`);
    await keeper.leave(() => keeper.page.locator("[data-rows] a").first().click());
    const card = new URL(keeper.page.url()).pathname;
    await keeper.press("Sửa thủ tục");
    await keeper.press("Lưu bản nháp");
    await keeper.go(card);
    await keeper.press("Bỏ bản nháp");
    assert.match(await keeper.main().textContent(), /Xin ghi lý do bỏ bản nháp/);
    await keeper.fill("Lý do bỏ bản nháp", "thử");
    await keeper.press("Bỏ bản nháp");
    assert.match(await keeper.main().textContent(), /Đã bỏ bản nháp/);
  });
}
