// The behaviours in a real browser, on the pattern pages, under the program's own policy.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";
import { stage } from "./stage.mjs";

let context, close, server;

before(async () => {
  server = await serve();
  ({ context, close } = await stage());
});

after(async () => {
  await close();
  server.stop();
});

async function open(name) {
  const page = await context.newPage();
  await page.goto(`${server.url}/${name}.html`, { waitUntil: "load" });
  return page;
}

test("a second press while sending does nothing", async () => {
  const page = await open("track");
  let sent = 0;
  await page.route("**/theo-doi/tin", async (route) => {
    sent += 1;
    await new Promise((done) => setTimeout(done, 200));
    await route.fulfill({ status: 204 });
  });
  const button = page.getByRole("button", { name: "Nhận tin" });
  await button.evaluate((one) => {
    one.click();
    one.click();
  });
  await page.waitForTimeout(400);
  assert.equal(sent, 1);
  assert.equal(await button.getAttribute("aria-busy"), "true");
  await page.close();
});

test("keys walk the list, tick, search and help; letters stay letters in a field", async () => {
  const page = await open("work-list");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Cấp giấy phép|Điều chỉnh/);
  await page.keyboard.press("x");
  assert.equal(await page.locator("[data-pick-count]").textContent(), "1");
  await page.keyboard.press("/");
  await page.keyboard.type("jxe");
  assert.equal(await page.inputValue("#q"), "jxe");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog[open]").count(), 1);
  await page.locator("[data-keys-switch]").uncheck();
  await page.getByRole("button", { name: "Đóng" }).click();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("a scanned bar code on any screen goes to the search", async () => {
  const page = await open("dossier");
  await page.route("**/tim?**", (route) => route.fulfill({ contentType: "text/html", body: "<p>tìm</p>" }));
  await page.keyboard.type("490026111700084", { delay: 0 });
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tim?q=490026111700084");
  await page.close();
});

test("the page after a refused form begins at the summary, and its links reach the field", async () => {
  const page = await open("error-form");
  assert.equal(await page.evaluate(() => document.activeElement.className), "errors");
  await page.locator(".errors a").first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "citizen-id");
  await page.keyboard.press("End");
  await page.keyboard.type("7");
  await page.fill("#phone", "+84912345678");
  await page.locator("#phone").blur();
  assert.equal(await page.inputValue("#phone"), "0912 345 678");
  await page.close();
});

test("a chosen file is named with its size, an empty one is refused at once", async () => {
  const page = await open("error-form");
  await page.setInputFiles("#paper", { name: "uy-quyen.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(250_000, 1) });
  assert.equal(await page.locator(".file-chosen").textContent(), "uy-quyen.pdf · 250 kB");
  await page.setInputFiles("#paper", { name: "rong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) });
  assert.match(await page.locator(".file-chosen").textContent(), /tệp rỗng/);
  await page.close();
});

test("leaving a page with unsent changes asks first", async () => {
  const page = await open("intake");
  await page.fill("#name", "Nguyễn Văn Bình");
  let asked = false;
  page.on("dialog", async (dialog) => {
    asked = dialog.type() === "beforeunload";
    await dialog.accept();
  });
  await page.close({ runBeforeUnload: true });
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(asked, true);
});

test("every page stands without scripts: nothing hidden that is needed", async () => {
  const browser = context.browser() ?? (await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] }));
  const bare = await browser.newContext({ javaScriptEnabled: false });
  const page = await bare.newPage();
  await page.goto(`${server.url}/work-list.html`);
  assert.equal(await page.locator(".js-only:visible").count(), 0);
  assert.equal(await page.locator(".actions .btn:visible").count(), 3);
  await bare.close();
});

/** A page with the form of a draft's papers, and a server that takes pieces as ours does; the line breaks at the second one. */
async function papers() {
  const page = await context.newPage();
  const seen = { pieces: [], form: null, broken: 0, bytes: 0 };
  await page.route("**/giay-to", (route) => {
    if (route.request().method() === "POST") {
      seen.form = route.request().postDataBuffer().toString("latin1");
      return route.fulfill({ contentType: "text/html", body: "<h1>xong</h1>" });
    }
    const form = `<form method="post" action="/giay-to" enctype="multipart/form-data" data-resume="/tai-len"><input type="file" id="tep" name="tep.a" multiple data-photos data-max-bytes="52428800"><label><input type="checkbox" name="rieng" value="a"> Giữ riêng</label><div class="actions"><button name="act" value="next">Tiếp tục</button></div></form>`;
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html lang="vi"><meta charset="utf-8"><link rel="stylesheet" href="/assets/app.css"><script src="/assets/app.js" defer></script><title>Giấy tờ</title><main class="page"><h1>Giấy tờ</h1><label for="tep">Tệp</label>${form}</main></html>`,
    });
  });
  const told = (size, offset) => ({ json: { id: "7", offset, size, piece: 1048576, done: offset === size } });
  let size = 0;
  await page.route("**/tai-len", (route) => {
    size = Number(new URLSearchParams(route.request().postData()).get("co"));
    return route.fulfill(told(size, seen.bytes));
  });
  await page.route("**/tai-len/7?tu=*", (route) => {
    const at = Number(new URL(route.request().url()).searchParams.get("tu"));
    if (at > 0 && seen.broken === 0) {
      seen.broken = 1;
      return route.abort("internetdisconnected");
    }
    const body = route.request().postDataBuffer();
    const hash = createHash("sha256").update(body).digest("hex");
    assert.equal(route.request().headers()["piece-sha256"], hash);
    assert.equal(at, seen.bytes);
    seen.pieces.push(body.length);
    seen.bytes += body.length;
    return route.fulfill(told(size, seen.bytes));
  });
  await page.goto(`${server.url}/giay-to`);
  return { page, seen };
}

/** A photograph drawn in the browser itself. */
async function photograph(page, width, height) {
  const bytes = await page.evaluate(async ([w, h]) => {
    const canvas = new OffscreenCanvas(w, h);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "teal";
    pen.fillRect(0, 0, w / 2, h);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, [width, height]);
  return Buffer.from(bytes);
}

test("a large file goes in pieces and goes on by itself after a broken line; then its form goes on", async () => {
  const { page, seen } = await papers();
  const buffer = Buffer.alloc(2_500_000, "%PDF");
  await page.setInputFiles("#tep", { name: "ban-do.pdf", mimeType: "application/pdf", buffer });
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await page.getByText("Đường truyền bị ngắt, sẽ tự gửi tiếp khi có mạng.").waitFor();
  await page.getByText("xong").waitFor();
  assert.deepEqual(seen.pieces, [1048576, 1048576, 402848]);
  assert.match(seen.form, /name="gui\.a"\r\n\r\n7\r\n/);
  assert.match(seen.form, /name="act"\r\n\r\nnext/);
  assert.ok(!seen.form.includes("%PDF%PDF"), "the file itself is not sent again");
  await page.close();
});

test("a small file goes with its form at once", async () => {
  const { page, seen } = await papers();
  await page.setInputFiles("#tep", { name: "don.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 nho") });
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await page.getByText("xong").waitFor();
  assert.ok(seen.form.includes("%PDF-1.4 nho") && /name="act"\r\n\r\nnext/.test(seen.form));
  await page.close();
});

test("photographs are turned, cut, put in order and taken off before they are sent, with the keyboard too", async () => {
  const { page, seen } = await papers();
  const one = { name: "mot.jpg", mimeType: "image/jpeg", buffer: await photograph(page, 400, 200) };
  const two = { name: "hai.jpg", mimeType: "image/jpeg", buffer: await photograph(page, 300, 300) };
  await page.setInputFiles("#tep", [one]);
  await page.setInputFiles("#tep", [two]);
  const lines = page.locator(".photo");
  await page.waitForFunction(() => document.querySelectorAll(".photo canvas").length === 2);
  assert.equal(await lines.count(), 2, "choosing more adds to what was chosen");
  await lines.nth(0).getByRole("button", { name: "Xoay" }).click();
  const shape = () => lines.nth(0).locator("canvas").evaluate((c) => [c.width, c.height]);
  assert.deepEqual(await shape(), [80, 160]);
  await lines.nth(0).getByRole("button", { name: "Cắt" }).click();
  await page.getByLabel("Bên trái").focus();
  for (let i = 0; i < 20; i += 1) await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Xong" }).click();
  await page.locator("dialog.crop").waitFor({ state: "detached" });
  const [width, height] = await shape();
  assert.ok(width < 70 && height === 160, `${width} × ${height}: a fifth of the width is gone`);
  await lines.nth(1).getByRole("button", { name: "Lên trước" }).click();
  assert.match(await lines.nth(0).textContent(), /hai\.jpg/);
  const axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const { violations } = await page.evaluate(`${axe}; axe.run(document)`);
  assert.deepEqual(violations.map((v) => v.id), []);
  await lines.nth(0).getByRole("button", { name: "Bỏ" }).click();
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await page.getByText("xong").waitFor();
  assert.ok(seen.form.includes('filename="mot.jpg"') && !seen.form.includes("hai.jpg"));
  assert.equal(seen.bytes, 0, "what is small goes with its form");
  await page.close();
});
