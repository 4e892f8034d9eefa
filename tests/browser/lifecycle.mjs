// The ways on which a dossier goes wrong or wide: consulted, verified, paid for, suspended, supplemented, apologised for, ended early.
import assert from "node:assert/strict";
import { COLLEAGUE_AGENCY, PEOPLE } from "./product.mjs";
import { advance, assign, happened, takeIn } from "./steps.mjs";

/** A day of the page's text, `dd/MM/yyyy`. */
const DAY = /\d{2}\/\d{2}\/\d{4}/;

/** The slip that a step has just made, read as text. */
async function slip(officer) {
  return officer.pdf(await officer.page.locator('a.slip[href*=".pdf"], a[href$=".pdf"]').first().evaluate((link) => link.href));
}

async function consult(specialist, colleague, code) {
  await advance(specialist, code, "Lấy ý kiến");
  await specialist.press("Gửi lấy ý kiến");
  assert.equal(await specialist.page.locator(".errors li").count(), 3, "whom, what, until when");
  await specialist.page.locator(`[name="agencies"][value="${COLLEAGUE_AGENCY}"]`).check();
  await specialist.fill("Nội dung cần cho ý kiến", "Đề nghị cho ý kiến về nghĩa vụ tài chính.");
  const until = (await specialist.main().textContent()).match(new RegExp(`ngày hẹn trả: .*?(${DAY.source})`));
  await specialist.fill("Trả lời trước", until[1]);
  await specialist.press("Gửi lấy ý kiến");
  await colleague.go(`/can-bo/ho-so/${code}/phoi-hop`);
  await colleague.fill("Ý kiến của cơ quan ông/bà", "Không có ý kiến khác.");
  await colleague.press("Gửi ý kiến");
  await happened(colleague, "Đã gửi ý kiến trả lời.");
}

async function verify(specialist, code) {
  await advance(specialist, code, "Xác minh");
  await specialist.choose("Có, ghi biên bản kiểm tra dưới đây");
  await specialist.fill("Bắt đầu lúc", "06/10/2025 09:00");
  await specialist.fill("Địa điểm", "Tổ 5, khu 3, phường Hồng Gai");
  await specialist.fill("Người tham gia, mỗi người một dòng: họ tên, tư cách", "Nguyễn Thị Ánh Nguyệt, chủ hồ sơ");
  await specialist.fill("Nội dung kiểm tra", "Kiểm tra biển hiệu và hợp đồng.");
  await specialist.fill("Đã xác minh được gì", "Trụ sở có thật, đang hoạt động.");
  await specialist.press("Ghi và lập biên bản");
  await happened(specialist, "Đã ghi kết quả xác minh và lập biên bản.");
  await specialist.follow("Biên bản xác minh");
  assert.match(await slip(specialist), /Trụ sở có thật/);
}

async function pay(specialist, desk, code) {
  await advance(specialist, code, "Thông báo nộp phí");
  await specialist.fill("Số tiền (đồng)", "một trăm nghìn");
  await specialist.fill("Thu về khoản gì, theo văn bản nào", "Lệ phí cấp giấy phép");
  await specialist.press("Gửi thông báo nộp");
  assert.equal(await specialist.page.locator('[name="amount"]').inputValue(), "một trăm nghìn");
  await specialist.fill("Số tiền (đồng)", "2.000.000");
  await specialist.press("Gửi thông báo nộp");
  await happened(specialist, "Đã thông báo nộp phí, lệ phí.");
  await advance(desk, code, "Ghi nhận đã nộp");
  assert.match(await desk.main().textContent(), /2\.000\.000/);
  await desk.fill("Số biên lai hoặc chứng từ chuyển tiền", "BL 0001234");
  await desk.press("Ghi nhận đã nộp đủ");
  await happened(desk, "Đã ghi nhận nộp phí, lệ phí.");
}

async function suspend(specialist, code) {
  await advance(specialist, code, "Tạm dừng");
  await specialist.fill("Lý do, căn cứ", "Chờ bản án có hiệu lực.");
  await specialist.press("Tạm dừng hồ sơ");
  assert.equal(await specialist.page.locator('[name="until"]').getAttribute("aria-invalid"), "true");
  assert.equal(await specialist.page.getByLabel("Lý do, căn cứ").inputValue(), "Chờ bản án có hiệu lực.");
  await specialist.fill("Tạm dừng đến hết ngày", daysAhead(20));
  await specialist.press("Tạm dừng hồ sơ");
  await happened(specialist, "Đã ghi việc tạm dừng.");
  await advance(specialist, code, "Tiếp tục giải quyết");
  await specialist.press("Tiếp tục và tính lại ngày hẹn");
  await happened(specialist, "Hồ sơ được giải quyết tiếp");
}

/** Far enough to be a later day whatever the hour is; the product says so when it is not. */
function daysAhead(days) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(Date.now() + days * 86_400_000);
}

async function supplement(specialist, counter, code) {
  await advance(specialist, code, "Yêu cầu bổ sung");
  await specialist.press("Lập phiếu yêu cầu");
  assert.ok(await specialist.page.locator(".errors li").count(), "nothing is lacking, and nothing is said");
  await specialist.page.locator('input[type="radio"][value="lacking"]').first().check();
  await specialist.page.locator('[name$=".note"]').first().fill("Nộp bản có chứng thực.");
  await specialist.page.locator('input[type="radio"][value="wrong"]').last().check();
  await specialist.page.locator('[name$=".note"]').last().fill("Ghi rõ số thửa đất.");
  await specialist.press("Lập phiếu yêu cầu");
  const text = await slip(specialist);
  assert.ok(text.includes(code) && /chứng\s+thực/.test(text), "form 02 does not say what is lacking");
  await advance(counter, code, "Nhận bổ sung");
  await counter.press("Ghi nhận đã bổ sung đủ");
  assert.ok(await counter.page.locator(".errors li").count(), "a point in words has no answer, and nothing is said");
  await counter.fill("Người nộp trả lời, đã sửa thế nào", "Thửa 12, tờ bản đồ số 3; đã ghi vào tờ khai.");
  await counter.press("Ghi nhận đã bổ sung đủ");
  await happened(counter, "Đã nhận đủ giấy tờ bổ sung.");
  await specialist.go(`/can-bo/ho-so/${code}`);
  assert.match(await specialist.main().textContent(), /Ghi rõ số thửa đất\.[^]*Thửa 12, tờ bản đồ số 3/, "the answer stands beside the point");
}

async function apologise(specialist, code) {
  await advance(specialist, code, "Xin lỗi và hẹn lại");
  await specialist.fill("Lý do", "Chờ ý kiến của cơ quan chuyên ngành.");
  await specialist.page.locator('[name="day"]').first().check();
  const date = await specialist.page.locator('[name="day"]').first().inputValue();
  await specialist.press("Lập phiếu xin lỗi và hẹn lại");
  const text = await slip(specialist);
  assert.ok(text.includes(code) && text.replace(/\s+/g, " ").includes("Chờ ý kiến của cơ quan chuyên ngành."), text.slice(0, 600));
  return date;
}

/** What anybody with the code reads: every line of the date, in words. */
async function readWhy(citizen, code, date) {
  await citizen.go(`/vi-sao/${code}`);
  const text = await citizen.main().textContent();
  assert.ok(!text.includes("Chờ bản án"), "a stranger reads what the officer wrote");
  for (const words of [date, "Tạm dừng", "bổ sung", "Hẹn lại"]) assert.match(text, new RegExp(words, "i"), words);
}

async function endEarly(officer, code, step, label, button, told) {
  await advance(officer, code, step);
  await officer.press(button);
  assert.ok(await officer.page.locator(".errors li").count(), `${step} without a reason`);
  await officer.fill(label, "Theo đề nghị của người nộp hồ sơ.");
  await officer.press(button);
  if (told) await happened(officer, told);
}

export function lifecycle(test) {
  for (const width of [1440, 390]) {
    test(`the side paths of the law are walked by page at ${width} px`, async ({ come }) => {
      const counter = await come({ login: PEOPLE.intake, width });
      const { code } = await takeIn(counter);
      await assign(await come({ login: PEOPLE.head, width }), code);
      const specialist = await come({ login: PEOPLE.specialist, width });
      await consult(specialist, await come({ login: PEOPLE.colleague, width }), code);
      await verify(specialist, code);
      await pay(specialist, counter, code);
      await suspend(specialist, code);
      await supplement(specialist, counter, code);
      const date = await apologise(specialist, code);
      await readWhy(await come({ width }), code, date);
    });

    test(`a dossier ends early by page at ${width} px`, async ({ come }) => {
      const counter = await come({ login: PEOPLE.intake, width });
      const withdrawn = await takeIn(counter);
      await endEarly(counter, withdrawn.code, "Rút hồ sơ", "Lý do người nộp nêu", "Ghi nhận rút hồ sơ", "Đã ghi nhận rút hồ sơ.");
      const head = await come({ login: PEOPLE.head, width });
      const specialist = await come({ login: PEOPLE.specialist, width });
      const stopped = await takeIn(counter);
      await assign(head, stopped.code);
      await endEarly(specialist, stopped.code, "Dừng giải quyết", "Lý do", "Dừng và lập thông báo");
      assert.match(await slip(specialist), /dừng/i);
      const refused = await takeIn(counter);
      await assign(head, refused.code);
      await endEarly(specialist, refused.code, "Từ chối", "Lý do", "Từ chối và lập phiếu");
      assert.match(await slip(specialist), /Theo đề nghị/);
    });
  }
}
