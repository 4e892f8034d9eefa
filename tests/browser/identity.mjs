// ADM-03: citizens prove who they are at a real OpenID provider, see what is theirs, and end a session from another device.
import assert from "node:assert/strict";

export const identityTests = [];
const test = (name, body) => identityTests.push({ name, body, profile: "dong-nai", identity: true });

const PROCEDURE = "1.000080";

/** Over the provider and back to where the way began. */
async function enter(visitor, name, next = "/cong-dan") {
  await visitor.go(next);
  assert.match(await visitor.title(), /Đăng nhập/);
  await visitor.follow(/Đăng nhập bằng/);
  assert.match(await visitor.title(), /Định danh dùng thử/);
  await visitor.follow(name);
}

const path = (visitor) => new URL(visitor.page.url()).pathname;

for (const [width, name, number] of [[390, "Nguyễn Thị Lan", "022190000011"], [1440, "Trần Văn Minh", "022085000029"]]) {
  test(`a citizen signs in at the provider at ${width} px, leaves, and ends a session from another device`, async ({ come }) => {
    const first = await come({ width });
    await enter(first, name);
    assert.equal(path(first), "/cong-dan", "back to where the way began");
    const mine = await first.main().textContent();
    assert.ok(mine.includes(name) && !mine.includes(number), "the number is covered");
    await first.follow("Tài khoản và thiết bị");
    assert.equal(await first.page.locator("#may ~ .rows .rows-item").count(), 1);
    assert.match(await first.main().textContent(), /Máy này/);

    const second = await come({ width: width === 390 ? 1440 : 390 });
    await enter(second, name, "/cong-dan/tai-khoan");
    assert.equal(path(second), "/cong-dan/tai-khoan");
    const devices = second.page.locator("#may ~ .rows .rows-item");
    assert.equal(await devices.count(), 2);
    const other = devices.filter({ hasNotText: "Máy này" });
    await second.leave(() => other.getByRole("button", { name: /Thoát/ }).click());
    assert.match(await second.main().textContent(), /Đã lưu/);
    assert.equal(await devices.count(), 1);
    await first.go("/cong-dan");
    assert.equal(path(first), "/cong-dan/dang-nhap", "the first device is signed out");

    await second.page.locator("#dien_thoai").fill("123");
    await second.press("Lưu");
    assert.ok(await second.page.locator("#dien_thoai-error").isVisible());
    assert.equal(await second.page.locator("#dien_thoai").inputValue(), "123");
    await second.page.locator("#dien_thoai").fill("0912 345 612");
    await second.press("Lưu");
    assert.equal((await second.page.locator("#dien_thoai").inputValue()).replaceAll(" ", ""), "0912345612");

    await second.go(`/nop-ho-so/${PROCEDURE}`);
    await second.press("Bắt đầu");
    const draft = path(second).split("/").slice(0, 3).join("/");
    await second.go(`${draft}/nguoi-nop`);
    const field = (key) => second.page.locator(`[name="applicant.${key}"]`).inputValue();
    assert.equal(await field("name"), name, "filled in from the provider");
    assert.equal((await field("identity")).replaceAll(" ", ""), number);
    assert.equal((await field("phone")).replaceAll(" ", ""), "0912345612", "what was chosen here wins");

    await second.go("/cong-dan");
    await second.press("Thoát");
    await second.go("/cong-dan");
    assert.equal(path(second), "/cong-dan/dang-nhap");
  });
}

test("who does not agree, or has no number, is told what to do and may enter with a code", async ({ come }) => {
  const citizen = await come({ width: 390 });
  await enter(citizen, "Không đồng ý");
  assert.match(await citizen.page.getByRole("alert").textContent(), /chưa đồng ý ở trang định danh/);
  await citizen.follow(/Đăng nhập bằng/);
  await citizen.follow("Khách không có số định danh");
  assert.match(await citizen.page.getByRole("alert").textContent(), /không cho biết số định danh/);
  // An answer that another browser asked for is not believed.
  await citizen.go("/cong-dan/xac-thuc/ve?code=x&state=00.2f636f6e672d64616e");
  assert.match(await citizen.page.getByRole("alert").textContent(), /bắt đầu từ trình duyệt khác/);
  await citizen.page.locator("#lien_he").fill("0912345699");
  await citizen.press("Vào");
  assert.match(await citizen.title(), /Hồ sơ của ông\/bà/);
});

test("without scripts a citizen signs in at the provider and leaves on all devices", async ({ come }) => {
  const citizen = await come({ width: 390, script: false });
  await enter(citizen, "Nguyễn Thị Lan");
  await citizen.follow("Tài khoản và thiết bị");
  await citizen.press("Thoát khỏi mọi thiết bị");
  await citizen.go("/cong-dan");
  assert.equal(path(citizen), "/cong-dan/dang-nhap");
});

/** An officer who may ask the national registers: a right of its own (ADM-02). */
function reader(product, login) {
  product.run(["admin", "officer", "add", login, "--agency", "H19.01", "--unit", "main", "--role", "intake_officer", "--role", "register_reader"]);
  return login;
}

for (const [width, name, number, purpose] of [
  [390, "Nguyễn Thị Lan", "022190000011", "Đối chiếu địa chỉ người nộp trên phiếu"],
  [1440, "Trần Văn Minh", "022085000029", "Đối chiếu họ tên người nộp trên phiếu"],
]) {
  test(`the national register fills in for a citizen, and answers an officer who says what for, at ${width} px`, async ({ come, product }) => {
    const citizen = await come({ width });
    await enter(citizen, name);
    await citizen.go(`/nop-ho-so/${PROCEDURE}`);
    await citizen.press("Bắt đầu");
    await citizen.go(`${path(citizen).split("/").slice(0, 3).join("/")}/nguoi-nop`);
    await citizen.page.locator('[name="applicant.email"]').fill("mau@vidu.vn");
    await citizen.press(/Cơ sở dữ liệu quốc gia về dân cư/);
    const field = (key) => citizen.page.locator(`[name="applicant.${key}"]`).inputValue();
    assert.match(await field("address"), /Đồng Nai/);
    assert.equal(await field("email"), "mau@vidu.vn", "what was typed stays");

    const officer = await come({ login: reader(product, `thu.tracuu${width}`), width });
    await officer.go(`/can-bo/tiep-nhan/${PROCEDURE}`);
    await officer.page.locator('[name="applicant.identity"]').fill(number);
    await officer.page.locator('[name="applicant.name"]').fill("Người Khác Tên");
    await officer.page.getByText("Tra cứu cơ sở dữ liệu quốc gia").click();
    await officer.press("Tra cứu");
    assert.ok(await officer.page.locator("#muc_dich-error").isVisible(), "not without a purpose");
    await officer.page.locator("#muc_dich").fill(purpose);
    await officer.press("Tra cứu");
    assert.match(await officer.main().textContent(), new RegExp(`${name}.*khác`, "s"));
    assert.equal(await officer.page.locator('[name="applicant.name"]').inputValue(), "Người Khác Tên");
    await officer.press("Lấy thông tin này vào biểu mẫu");
    assert.equal(await officer.page.locator('[name="applicant.name"]').inputValue(), name);

    await citizen.go("/cong-dan/kho/ai-da-xem");
    assert.match(await citizen.main().textContent(), new RegExp(purpose), "the person reads what for");
    await citizen.go("/cong-dan/tai-khoan");
    assert.match(await citizen.main().textContent(), /Ông\/bà đã đồng ý lúc/);
    const plain = await come({ login: "tiepnhan1", width });
    await plain.go(`/can-bo/tiep-nhan/${PROCEDURE}`);
    assert.ok(!(await plain.main().textContent()).includes("Tra cứu cơ sở dữ liệu quốc gia"), "a right of its own");
  });
}
