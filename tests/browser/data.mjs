// Personal data: a citizen asks, an officer answers by the clock; STO-03: the register of enterprises; ADM-03: who acts for whom.
import assert from "node:assert/strict";

export const dataTests = [];
const test = (name, body) => dataTests.push({ name, body, profile: "dong-nai", identity: true });

async function enter(visitor, name) {
  await visitor.go("/cong-dan");
  await visitor.follow(/Đăng nhập bằng/);
  await visitor.follow(name);
}

const text = (visitor) => visitor.main().textContent();

for (const [width, name, number] of [
  [390, "Nguyễn Thị Lan", "022190000011"],
  [1440, "Trần Văn Minh", "022085000029"],
]) {
  const other = width === 390 ? 1440 : 390;

  test(`data: a citizen asks for a correction at ${width} px and reads the answer`, async ({ come }) => {
    const citizen = await come({ width });
    await enter(citizen, name);
    await citizen.follow("Dữ liệu cá nhân của ông/bà");
    await citizen.page.locator("#noi_dung").fill("Địa chỉ ghi phường cũ");
    await citizen.press("Gửi yêu cầu");
    assert.ok(await citizen.page.locator("#dung_la-error").isVisible());
    assert.equal(await citizen.page.locator("#noi_dung").inputValue(), "Địa chỉ ghi phường cũ");
    await citizen.page.locator("#dung_la").fill("Phường Trấn Biên, theo thẻ căn cước");
    await citizen.press("Gửi yêu cầu");
    assert.match(await text(citizen), /Đã nhận, chờ phản hồi đầu tiên/);

    const officer = await come({ login: "giamsat1", width: other });
    await officer.go("/can-bo/du-lieu-ca-nhan");
    assert.ok(!(await text(officer)).includes(name), "the list names nobody");
    await officer.follow("Sửa thông tin chưa đúng");
    assert.match(await text(officer), new RegExp(number));
    await officer.page.locator("#phan_hoi").fill("Đang đối chiếu với thẻ căn cước, sẽ trả lời sau.");
    await officer.press("Gửi phản hồi");
    assert.match(await text(officer), /Đang xử lý/);
    await officer.page.locator("#tra_loi").fill("Đã sửa địa chỉ trong hồ sơ.");
    await officer.press("Gửi câu trả lời");
    assert.ok(await officer.page.locator("#ket_qua-error").isVisible());
    await officer.choose("Đã thực hiện");
    await officer.press("Gửi câu trả lời");
    assert.match(await text(officer), /Đã trả lời/);
    await officer.go("/can-bo/du-lieu-ca-nhan?xem=xong");
    assert.match(await text(officer), /Đã thực hiện/);

    await citizen.go("/cong-dan/du-lieu");
    assert.match(await text(citizen), /Đã sửa địa chỉ trong hồ sơ/);
    await citizen.go("/cong-dan/kho/ai-da-xem");
    assert.match(await text(citizen), /Xử lý yêu cầu về dữ liệu cá nhân/);

    const counter = await come({ login: "tiepnhan1", width: other });
    await counter.go("/can-bo/du-lieu-ca-nhan/moi");
    await counter.page.locator("#so").fill("12");
    await counter.press("Ghi yêu cầu");
    assert.ok(await counter.page.locator("#so-error").isVisible());
  });

  test(`enterprises: an officer finds one at ${width} px and sees from which dossiers it comes`, async ({ come }) => {
    const officer = await come({ login: "tiepnhan1", width });
    await officer.go("/can-bo/doanh-nghiep");
    const first = officer.page.locator(".rows-title").first();
    const word = (await first.textContent()).trim().split(" ").at(-1);
    await officer.page.locator("#q").fill(word);
    await officer.press("Tìm");
    await officer.leave(() => officer.page.locator(".rows-title").first().click());
    assert.match(await text(officer), /Các hồ sơ làm nguồn/);
    await officer.go("/can-bo/doanh-nghiep");
    await officer.page.locator("#q").fill("khongcotennay");
    await officer.press("Tìm");
    assert.match(await text(officer), /Không tìm thấy/);
  });

  test(`mandates: a representative is confirmed at the counter and names a member at ${width} px`, async ({ come }) => {
    const [code, company] = width === 390 ? ["5700100256", "Công ty cổ phần Mẫu"] : ["0100109106", "Tập đoàn Mẫu"];
    const [member, memberNumber] = width === 390 ? ["Trần Văn Minh", "022085000029"] : ["Nguyễn Thị Lan", "022190000011"];
    const citizen = await come({ width });
    await enter(citizen, name);
    await citizen.follow("Làm thay và ủy quyền");
    await citizen.press("Gửi để đối chiếu");
    assert.ok(await citizen.page.locator("#ma_so-error").isVisible());
    await citizen.page.locator("#ma_so").fill(code);
    await citizen.page.locator("#ten_to_chuc").fill(company);
    await citizen.page.locator("#can_cu").fill("Giấy chứng nhận đăng ký doanh nghiệp, cấp ngày 12/03/2024");
    await citizen.press("Gửi để đối chiếu");
    assert.match(await text(citizen), /Chờ đối chiếu tại quầy/);

    const counter = await come({ login: "tiepnhan1", width: other });
    await counter.go("/can-bo/uy-quyen");
    await counter.follow(company);
    await counter.press("Không xác lập");
    assert.ok(await counter.page.locator("#ly_do-error").isVisible());
    await counter.press("Đã đối chiếu, xác lập");
    assert.match(await text(counter), /Đã xác lập/);

    await citizen.go("/cong-dan/uy-quyen");
    await citizen.press(/Làm thay/);
    const banner = citizen.page.locator(".acting");
    assert.match(await banner.textContent(), new RegExp(`Đang làm thay cho ${company}`));
    await citizen.go("/cong-dan/uy-quyen");
    await citizen.page.locator("#ten").fill(member);
    await citizen.page.locator("#so").fill(memberNumber);
    await citizen.page.locator("#den_ngay").fill("01/01/2020");
    await citizen.press("Giao làm thay");
    assert.ok(await citizen.page.locator("#den_ngay-error").isVisible());
    const end = new Date(Date.now() + 30 * 86_400_000);
    const two = (n) => String(n).padStart(2, "0");
    await citizen.page.locator("#den_ngay").fill(`${two(end.getDate())}/${two(end.getMonth() + 1)}/${end.getFullYear()}`);
    await citizen.press("Giao làm thay");
    assert.match(await text(citizen), new RegExp(member));

    const second = await come({ width: other });
    await enter(second, member);
    await second.go("/cong-dan/uy-quyen");
    await second.press(/Làm thay/);
    await second.go("/nop-ho-so/1.000080");
    await second.press("Bắt đầu");
    const draft = new URL(second.page.url()).pathname.split("/").slice(0, 3).join("/");
    await second.go(`${draft}/nguoi-nop`);
    assert.equal(await second.page.locator('[name="applicant.name"]').inputValue(), company);
    assert.equal(await second.page.locator('[name="proxy.name"]').inputValue(), member);
    await second.leave(() => second.page.locator(".acting button").click());
    assert.equal(await second.page.locator(".acting").count(), 0);
    await citizen.leave(() => citizen.page.locator(".acting button").click());
  });
}
