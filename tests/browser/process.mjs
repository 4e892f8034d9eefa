// An administrator draws a process: a fault is shown at its place, mended, tried out; outside tools read the export.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const web = createRequire(path.join(path.dirname(fileURLToPath(import.meta.url)), "../../web/package.json"));
/** Construction permits of contractors, decided by Sở Xây dựng: the demo has every role there. */
const PROCEDURE = "1.013225";

export async function drawProcess(keeper, name) {
  await keeper.go("/can-bo/quan-tri/quy-trinh");
  await keeper.fill("Mã thủ tục", PROCEDURE);
  await keeper.fill("Tên quy trình", name);
  await keeper.press("Bắt đầu vẽ");
  assert.equal(await keeper.title(), name);
  await addStep(keeper);
  await breakAndMend(keeper);
  await branch(keeper);
  await tryOut(keeper);
  await read(keeper);
  await publish(keeper);
}

/** A head approves before the leader; mistakes are said beside their fields and nothing typed is lost. */
async function addStep(keeper) {
  await keeper.follow("Thêm bước");
  await keeper.fill("Tên bước", "Trưởng phòng duyệt");
  await keeper.fill("Thời gian (giờ làm việc)", "lâu");
  await keeper.press("Lưu bước");
  assert.equal(await keeper.page.locator("#hours").getAttribute("aria-invalid"), "true");
  assert.equal(await keeper.page.locator("#name_vi").inputValue(), "Trưởng phòng duyệt");
  await keeper.page.locator("#after").selectOption("appraise");
  await keeper.page.locator("#kind").selectOption("approve");
  await keeper.page.locator('[name="roles"][value="unit_head"]').check();
  await keeper.fill("Thời gian (giờ làm việc)", "1");
  await keeper.press("Lưu bước");
  assert.equal(await keeper.page.locator(".box").count(), 7);
}

async function breakAndMend(keeper) {
  await keeper.press("Bỏ bước Trả kết quả");
  assert.equal(await keeper.page.locator(".box-fault").count(), 1);
  await keeper.page.getByRole("heading", { name: "lỗi phải sửa" }).waitFor();
  await keeper.follow("Thêm bước");
  await keeper.page.locator("#after").selectOption("issue");
  await keeper.page.locator("#kind").selectOption("return");
  await keeper.fill("Tên bước", "Trả kết quả tại Trung tâm");
  await keeper.fill("Thời gian (giờ làm việc)", "2");
  await keeper.page.locator("#place").selectOption("centre");
  await keeper.page.locator('[name="roles"][value="return_desk"]').check();
  await keeper.press("Lưu bước");
  await keeper.page.getByRole("heading", { name: "Quy trình không có lỗi" }).waitFor();
}

/** A way round with its reason, and an agency that takes part with a time of its own. */
async function branch(keeper) {
  const here = keeper.page.url();
  await keeper.follow("Sửa Thẩm định hồ sơ");
  await keeper.page.locator("#when_0").selectOption("decline");
  await keeper.page.locator("#to_0").selectOption("approve");
  await keeper.page.locator("#why_0").fill("Không đủ điều kiện thì trình thẳng lãnh đạo.");
  await keeper.press("Lưu bước");
  await keeper.go(here);
  await keeper.page.locator("summary", { hasText: "Thêm cơ quan phối hợp" }).click();
  await keeper.page.locator("#part_agency").selectOption({ index: 1 });
  await keeper.fill("Công việc", "Cho ý kiến về quy hoạch");
  await keeper.page.locator("#part_hours").fill("2");
  await keeper.press("Thêm cơ quan phối hợp");
  await keeper.page.getByRole("heading", { name: "Quy trình không có lỗi" }).waitFor();
}

async function tryOut(keeper) {
  const here = keeper.page.url();
  await keeper.follow("Chạy thử");
  await keeper.fill("Ngày nhận", "06/10/2025");
  await keeper.fill("Giờ nhận", "08:30");
  await keeper.press("Chạy thử");
  assert.equal(await keeper.page.locator("tbody tr").count(), 7);
  await keeper.go(here);
}

/** bpmn-moddle reads the export without a complaint, and every element has its place in the diagram. */
async function read(keeper) {
  const link = keeper.page.getByRole("link", { name: "Tải BPMN 2.0" });
  const answer = await keeper.page.request.get(await link.evaluate((a) => a.href));
  assert.equal(answer.status(), 200);
  const { BpmnModdle } = await import(pathToFileURL(web.resolve("bpmn-moddle")).href);
  const { rootElement, warnings } = await new BpmnModdle().fromXML(await answer.text());
  assert.deepEqual(warnings.map((w) => w.message), []);
  const process = rootElement.rootElements.find((e) => e.$type === "bpmn:Process");
  const kinds = process.flowElements.map((e) => e.$type);
  const count = (kind) => kinds.filter((k) => k === kind).length;
  assert.deepEqual([count("bpmn:UserTask"), count("bpmn:ExclusiveGateway")], [7, 1]);
  const gateway = process.flowElements.find((e) => e.$type === "bpmn:ExclusiveGateway");
  assert.ok(gateway.default, "the way that holds when no condition does");
  const conditions = gateway.outgoing.filter((f) => f !== gateway.default).map((f) => f.conditionExpression.body);
  assert.deepEqual(conditions, ["Đề nghị không chấp thuận"]);
  const lanes = process.laneSets[0].lanes;
  assert.ok(lanes.length >= 2 && lanes.every((l) => l.flowNodeRef.length > 0), "every lane has its steps");
  const pools = rootElement.rootElements.find((e) => e.$type === "bpmn:Collaboration").participants;
  assert.equal(pools.filter((p) => !p.processRef).length, 1, "the agency that takes part has a pool of its own");
  const drawn = new Set(rootElement.diagrams[0].plane.planeElement.map((e) => e.bpmnElement.id));
  for (const pool of pools) assert.ok(drawn.has(pool.id), `${pool.name} is not drawn`);
  for (const element of process.flowElements) assert.ok(drawn.has(element.id), `${element.id} is not drawn`);
  for (const flow of process.flowElements.filter((e) => e.$type === "bpmn:SequenceFlow")) {
    assert.ok(flow.sourceRef && flow.targetRef, flow.id);
  }
}

async function publish(keeper) {
  await keeper.fill("Số quyết định", "125/QĐ-SXD");
  await keeper.fill("Ngày quyết định", "01/10/2025");
  await keeper.press("Ghi quyết định");
  await keeper.press("Công bố quy trình");
  await keeper.page.getByRole("status").filter({ hasText: "Đã công bố." }).waitFor();
  await keeper.go(`/can-bo/thu-tuc/${PROCEDURE}`);
  await keeper.page.getByRole("heading", { name: "Quy trình đang áp dụng" }).waitFor();
}
