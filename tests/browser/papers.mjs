// INT-01 online: photographs of a paper as one PDF, a large file over a line that breaks, files that are refused, sending once.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

export const papersTests = [];
const test = (name, body) => papersTests.push({ name, body, profile: "dong-nai", identity: true });

const PROCEDURE = "1.000080";
const PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const pdf = (name, text = PDF) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(text) });
const STAY = "Gửi tệp lên, ở lại trang này";

/** A draft up to its papers. */
async function papers(visitor, phone) {
  await visitor.go(`/nop-ho-so/${PROCEDURE}`);
  await visitor.press("Bắt đầu");
  await visitor.page.locator("#lien_he").fill(phone);
  await visitor.press("Vào");
  await visitor.press("Bắt đầu");
  const cases = visitor.page.locator('[name="variant"]');
  if (await cases.count()) await cases.first().check();
  const agency = visitor.page.locator("select#agency");
  if (await agency.count()) await agency.selectOption({ index: 1 });
  await visitor.press("Tiếp tục");
  await visitor.page.locator('[name="applicant.name"]').fill("Nguyễn Thị Mẫu");
  await visitor.press("Tiếp tục");
  return visitor.page.url();
}

const field = (visitor) => visitor.page.locator('input[type="file"]').first();
const card = (visitor) => visitor.page.locator("section.card").first();

/** A photograph drawn in the browser itself: its left half is dark. */
async function photograph(visitor, name, width, height) {
  const bytes = await visitor.page.evaluate(async ([w, h]) => {
    const canvas = new OffscreenCanvas(w, h);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = "black";
    pen.fillRect(0, 0, w / 2, h);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, [width, height]);
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

/** What pdfinfo reads of a file that lies in the product's store. */
function stored(product, sha256) {
  const file = path.join(product.data, "blobs", sha256.slice(0, 2), sha256);
  assert.equal(createHash("sha256").update(readFileSync(file)).digest("hex"), sha256);
  const read = spawnSync("pdfinfo", ["-f", "1", "-l", "9", file], { encoding: "utf8" });
  assert.equal(read.status, 0, read.stderr);
  const sizes = [...read.stdout.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map(([, w, h]) => Number(w) / Number(h));
  return { pages: Number(/Pages: +(\d+)/.exec(read.stdout)[1]), sizes };
}

for (const width of [390, 1440]) {
  test(`photographs are turned, cut and put in order, and become one PDF, at ${width} px`, async ({ come, product }) => {
    const citizen = await come({ width });
    await papers(citizen, `09120001${width % 90}`.padEnd(10, "0"));
    await field(citizen).setInputFiles([await photograph(citizen, "mat-truoc.jpg", 800, 400), await photograph(citizen, "mat-sau.jpg", 600, 600)]);
    await field(citizen).setInputFiles([await photograph(citizen, "trang-cuoi.jpg", 900, 300)]);
    const lines = card(citizen).locator(".photo");
    await lines.nth(2).locator("canvas").waitFor();
    await lines.nth(0).getByRole("button", { name: "Xoay" }).click();
    await lines.nth(2).getByRole("button", { name: "Lên trước" }).click();
    await lines.nth(0).getByRole("button", { name: "Cắt" }).click();
    await citizen.page.getByLabel("Phía dưới").fill("40");
    await citizen.judge();
    await citizen.page.getByRole("button", { name: "Xong" }).click();
    await citizen.judge();
    await citizen.press(STAY);
    const text = await card(citizen).textContent();
    assert.match(text, /mat-truoc\.pdf/);
    assert.match(text, /3 trang/);
    const sha256 = /SHA-256\s+([0-9a-f]{64})/.exec(text)[1];
    const { pages, sizes } = stored(product, sha256);
    assert.equal(pages, 3);
    // Each lies on A4 as it is held: the first was turned upright, the second is the broad one that was put before the square.
    assert.deepEqual(sizes.map((s) => s > 1), [false, true, false], `in the order that was chosen: ${sizes}`);
    await citizen.page.locator('[name="rieng"]').first().check();
    await field(citizen).setInputFiles([await photograph(citizen, "chan-dung.jpg", 300, 400)]);
    await citizen.press(STAY);
    assert.match(await card(citizen).textContent(), /chan-dung\.jpg/, "kept apart it stays a picture");
  });

  test(`a file of 12 MB goes on by itself after the line broke, and after the page was left, at ${width} px`, async ({ come, product }) => {
    const citizen = await come({ width });
    citizen.expects = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
    const address = await papers(citizen, `09120002${width % 90}`.padEnd(10, "0"));
    const filling = Buffer.alloc(12_000_000);
    for (let i = 0; i < filling.length; i += 1) filling[i] = 97 + ((i * 31 + (i >> 10)) % 26);
    const [head, tail] = [PDF.slice(0, -30), PDF.slice(-30)];
    const buffer = Buffer.concat([Buffer.from(`${head}\n%${width}`), filling, Buffer.from(`\n${tail}`)]);
    const file = { name: "ban-do.pdf", mimeType: "application/pdf", buffer };
    const taken = [];
    let broken = false;
    await citizen.page.route(/\/tai-len\/\d+/, async (route) => {
      const at = Number(new URL(route.request().url()).searchParams.get("tu"));
      if (taken.length === 3 && !broken) {
        broken = true;
        return route.abort("internetdisconnected");
      }
      // The page is left in the middle of the eighth piece.
      if (taken.length === 7) return route.abort("failed");
      const answer = await route.fetch();
      if (answer.status() === 200) taken.push(at);
      return route.fulfill({ response: answer });
    });
    await field(citizen).setInputFiles(file);
    await citizen.button(STAY).click();
    await citizen.page.getByText("Đường truyền bị ngắt, sẽ tự gửi tiếp khi có mạng.").waitFor();
    await citizen.judge();
    await citizen.page.waitForFunction(() => Number(document.querySelector(".sending progress")?.value) >= 7 * 1048576);
    await citizen.go(address);
    await citizen.page.unroute(/\/tai-len\/\d+/);
    assert.match(await card(citizen).textContent(), /Gửi dở: ban-do\.pdf\s+đã nhận 7,\d MB trong 12/);
    citizen.page.on("response", (r) => {
      const at = /\/tai-len\/\d+\?tu=(\d+)$/.exec(r.url())?.[1];
      if (at && r.status() === 200) taken.push(Number(at));
    });
    await field(citizen).setInputFiles(file);
    await citizen.press(STAY);
    const pieces = Math.ceil(buffer.length / 1048576);
    assert.deepEqual(taken, [...Array(pieces).keys()].map((n) => n * 1048576), "each piece once");
    const text = await card(citizen).textContent();
    assert.ok(text.includes(createHash("sha256").update(buffer).digest("hex")), "what arrived is what was sent");
    assert.ok(!text.includes("Gửi dở"));
    assert.equal(stored(product, createHash("sha256").update(buffer).digest("hex")).pages, 1);
  });
}

test("each file that cannot be used is refused with the way to mend it, and the good one beside it stays", async ({ come }) => {
  const citizen = await come({ width: 390 });
  await papers(citizen, "0912000399");
  const cases = [
    [pdf("hong.pdf", PDF.slice(0, -7)), /bị cụt phần cuối/],
    [pdf("khoa.pdf", PDF.replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R")), /có mật khẩu hoặc bị khóa.*In rồi Lưu thành PDF/],
    [pdf("tu-chay.pdf", PDF.replace("/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>")), /mã lệnh tự chạy/],
    [{ name: "anh.jpg", mimeType: "image/jpeg", buffer: Buffer.from(PDF) }, /đổi đuôi tên thành \.pdf/],
    [{ name: "IMG_1.HEIC", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0") }, /Tương thích nhất/],
    [pdf("nen.pdf", "Rar!\x1a\x07"), /Xin gửi từng tệp/],
    [pdf("trang.pdf", "<html><script>"), /Xin gửi bản PDF/],
    [pdf("rong.pdf", ""), /tệp rỗng/],
  ];
  for (const [file, words] of cases) {
    await field(citizen).setInputFiles([file]);
    if (!/HEIC|rong/.test(file.name)) {
      await citizen.press(STAY);
      assert.match(await citizen.page.locator(".errors").textContent(), words, file.name);
    }
    // Whether the browser can open a picture is known a moment later.
    await card(citizen).getByText(words).first().waitFor();
    assert.equal(await field(citizen).getAttribute("aria-invalid"), "true", file.name);
    await citizen.go(citizen.page.url());
  }
  await field(citizen).setInputFiles([pdf("tot.pdf"), cases[0][0]]);
  await citizen.press(STAY);
  const text = await card(citizen).textContent();
  assert.match(text, /tot\.pdf/);
  assert.match(text, /hong\.pdf: tệp bị cụt/);
});

test("whoever sends twice, from two windows at once, has sent once; the receipt names every file", async ({ come }) => {
  const citizen = await come({ width: 390 });
  await papers(citizen, "0912000499");
  for (const one of await citizen.page.locator('input[type="file"]').all()) await one.setInputFiles([pdf("to-khai.pdf")]);
  await citizen.press("Tiếp tục");
  await citizen.page.locator('[name="result_by"]').first().check();
  await citizen.press("Tiếp tục");
  const other = await citizen.context.newPage();
  await other.goto(citizen.page.url());
  for (const page of [citizen.page, other]) await page.locator('[name="agreed"]').check();
  const sent = [citizen.page, other].map(async (page) => {
    await page.getByRole("main").getByRole("button", { name: "Nộp hồ sơ" }).dblclick();
    await page.waitForURL(/\/da-nop\//);
    return page.url();
  });
  const [one, two] = await Promise.all(sent);
  assert.equal(one, two, "one code");
  const receipt = await citizen.main().textContent();
  const hash = createHash("sha256").update(PDF).digest("hex");
  assert.ok(receipt.includes("to-khai.pdf") && receipt.includes("1 trang") && receipt.includes(hash), receipt);
  await citizen.judge();
  await citizen.go("/cong-dan");
  assert.equal(await citizen.page.locator("#da-nop ~ .rows .rows-item").count(), 1);
});
