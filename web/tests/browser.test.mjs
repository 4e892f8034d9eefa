// The behaviours in a real browser, on the pattern pages, under the program's own policy.
import assert from "node:assert/strict";
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
