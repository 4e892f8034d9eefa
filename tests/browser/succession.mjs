// An agency is merged: its processes are listed first, and one press makes a draft for the heir, on a telephone too.
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";

const PROCEDURE = "1.013225";
/** Agencies that no other test needs. */
const ENDED = "H49.26";
const HEIR = "H49.25";
const HEIRS = "/can-bo/quan-tri/quy-trinh/ke-thua";

async function merges({ come }) {
  const keeper = await come({ login: PEOPLE.control });
  await keeper.go("/can-bo/quan-tri/quy-trinh");
  await keeper.fill("Mã thủ tục", PROCEDURE);
  await keeper.fill("Tên quy trình", "Riêng của cơ quan sáp nhập");
  await keeper.press("Bắt đầu vẽ");
  await keeper.page.locator("#agency").selectOption(ENDED);
  await keeper.press("Lưu");

  await keeper.go(`/can-bo/quan-tri/danh-muc/co-quan?ma=${ENDED}`);
  await keeper.page.locator("#kind").selectOption("merge");
  await keeper.page.locator("#other").fill(HEIR);
  await keeper.page.locator("#decision").fill("120/NQ-HĐND");
  await keeper.page.locator("#day").fill("01/07/2025");
  await keeper.press("Ghi thay đổi");
  await keeper.page.getByRole("heading", { name: "Thay đổi này đụng đến 1 quy trình" }).waitFor();
  assert.equal(await keeper.page.locator("#decision").inputValue(), "120/NQ-HĐND");
  await keeper.press("Tôi đã xem, ghi thay đổi");
  assert.equal(await keeper.title(), "Quy trình chờ chuyển sang cơ quan kế thừa");

  const phone = await come({ login: PEOPLE.control, width: 390 });
  await phone.go("/can-bo/quan-tri/quy-trinh");
  await phone.follow("Xem và chuyển");
  await phone.press("Lập bản nháp cho");
  assert.equal(await phone.title(), "Riêng của cơ quan sáp nhập");
  await phone.page.getByText("Đã lập bản nháp cho cơ quan kế thừa.").waitFor();
  await phone.go(HEIRS);
  await phone.page.getByText("Không có quy trình nào chờ chuyển.").waitFor();
  await phone.go(`/can-bo/quan-tri/danh-muc/co-quan?ma=${HEIR}`);
}

export const successionTests = [{ name: "an agency is merged and its process is carried over", body: merges }];
