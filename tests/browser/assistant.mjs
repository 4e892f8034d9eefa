// LNK-05: questions in people's own words; TRK-03: the hotline's operator while a caller speaks.
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";

export const assistantTests = [];
const test = (name, body) => assistantTests.push({ name, body });

for (const [width, script] of [[390, true], [1440, true], [390, false]]) {
  test(`the assistant answers a question with its source at ${width} px ${script ? "with" : "without"} scripts`, async ({ come }) => {
    const citizen = await come({ width, script });
    await citizen.go("/");
    await citizen.page.locator("#hoi").fill("dang ky ket hon can giay to gi va mat bao nhieu tien");
    await citizen.press("Hỏi");
    const text = await citizen.main().innerText();
    assert.match(text, /Thủ tục đăng ký kết hôn/);
    assert.match(text, /Giấy tờ cần chuẩn bị/);
    assert.match(text, /Phí, lệ phí/);
    assert.ok(await citizen.page.locator('main a[href="/thu-tuc/1.000894#papers"]').count());
    await citizen.page.locator("#hoi").fill("thế mất bao lâu");
    await citizen.press("Hỏi");
    assert.ok(await citizen.page.locator('main a[href="/thu-tuc/1.000894#ways"]').count(), "the next question keeps the procedure");
    await citizen.follow("Căn cứ pháp lý");
    assert.match(await citizen.main().innerText(), /mục “Căn cứ pháp lý”/);
    await citizen.follow("Hỏi từ đầu");
    await citizen.page.locator("#hoi").fill("giá vàng hôm nay bao nhiêu");
    await citizen.press("Hỏi");
    assert.match(await citizen.main().innerText(), /Danh mục thủ tục không có câu trả lời/);
    await citizen.page.locator("#hoi").fill("giấy phép xây dựng cần giấy tờ gì");
    await citizen.press("Hỏi");
    assert.match(await citizen.main().innerText(), /Chưa chắc là thủ tục nào/);
    await citizen.page.locator("#hoi").fill(" ");
    await citizen.press("Hỏi");
    assert.equal(await citizen.page.locator("#hoi").getAttribute("aria-invalid"), "true");
    await citizen.go("/thu-tuc/1.001193");
    await citizen.page.locator("#hoi").fill("nộp ở đâu");
    await citizen.press("Hỏi");
    assert.match(await citizen.main().innerText(), /Cơ quan giải quyết:/);
  });
}

for (const width of [390, 1440]) {
  test(`the hotline's operator finds a dossier while the caller speaks at ${width} px`, async ({ come }) => {
    const desk = await come({ login: PEOPLE.desk });
    await desk.go("/can-bo/so-theo-doi");
    const code = /[A-Z0-9.]+-\d{6}-\d{4}/.exec(await desk.main().innerText())[0];
    const operator = await come({ login: PEOPLE.hotline, width });
    await operator.go("/can-bo/tong-dai");
    await operator.page.locator("main #q").fill("0999999999");
    await operator.press("Tìm");
    assert.equal(await operator.page.locator("main #q").getAttribute("aria-invalid"), "true");
    await operator.page.locator("main #q").fill(code);
    await operator.press("Tìm");
    assert.match(await operator.main().innerText(), /Nói được với bất kỳ ai biết mã/);
    await operator.fill("Mời người gọi đọc 4 số cuối của số điện thoại hoặc giấy tờ đã khai khi nộp", "abcd");
    await operator.press("Đối chiếu");
    assert.equal(await operator.page.locator("#so_cuoi").getAttribute("aria-invalid"), "true");
  });
}
