// Scanners as real keys, in a real browser: cards, bar codes, labels of the post, on pages of the parts that take them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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

const CARD = "022190004567||Nguyễn Văn Bình|14031990|Nam|Tổ 5, Khu 3|25042021";
/** A scanner without a Vietnamese alphabet in it: what it does not have, it leaves out. */
const PLAIN = "022190004567||??|14031990|Nam|To 5|25042021";
const SEARCH = '<form class="search" action="/tim" method="post"><input id="q" name="q" data-scan></form>';
const PERSON = (at) => `<fieldset><input name="${at}.kind" type="hidden" value="citizen"><p><input id="${at}" name="${at}.identity"></p><input name="${at}.name"><input name="${at}.phone"><input name="${at}.address"></fieldset>`;
const INTAKE = `${SEARCH}<form action="/nhan" method="post"><p><input id="card" name="card" data-card data-card-unread="Chưa đọc được thẻ."></p>
<select name="card_for"><option value="applicant">1</option><option value="owner">2</option><option value="proxy">3</option></select>
${["applicant", "owner", "proxy"].map(PERSON).join("")}<label><input type="checkbox" id="tick" name="full">Đủ</label><button name="act" value="card">Thẻ</button><button id="go" name="act" value="accept" data-key="e,F9">Nhận</button></form>
<dialog data-card-ask><p data-card-old></p><p data-card-new></p><form method="dialog"><button value="">Giữ</button><button value="owner">Chủ</button><button value="replace">Thay</button></form></dialog>`;

async function open(body) {
  const page = await context.newPage();
  const sent = [];
  await page.route(`${server.url}/trang`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><html lang="vi"><head><script src="/assets/app.js" defer></script></head><body>${body}</body></html>` }));
  for (const path of ["tim", "nhan", "gui"]) {
    await page.route(`${server.url}/${path}`, (route) => {
      sent.push(new URLSearchParams(route.request().postData() ?? ""));
      return route.fulfill({ status: 204 });
    });
  }
  await page.goto(`${server.url}/trang`, { waitUntil: "load" });
  const value = (name) => page.locator(`[name="${name}"]`).inputValue();
  return { page, sent, value };
}

/** A scanner: what it types reaches the page in one burst, however busy the machine; keys as a keyboard sends them, letters
 *  that no key has as text alone, Enter at the end. `layout`: what the keys of the digits give. */
async function scan(page, text, layout = {}) {
  const give = ({ text, layout }) => {
    // The moments of the keys are the scanner's own: a busy machine makes no gap between them.
    let now = performance.now();
    for (const sign of [...text, "Enter"]) {
      const at = document.activeElement;
      const key = layout[sign] ?? sign;
      const code = /^\d$/.test(sign) ? `Digit${sign}` : { "|": "Backslash", Enter: "Enter" }[sign] ?? "KeyA";
      const hasKey = sign === "Enter" || /^[\x20-\x7e]$/.test(sign);
      const press = new KeyboardEvent("keydown", { key, code, shiftKey: sign === "|", bubbles: true, cancelable: true });
      Object.defineProperty(press, "timeStamp", { value: (now += 5) });
      if (hasKey && !at.dispatchEvent(press)) continue;
      if (sign === "Enter" && at.form) at.form.requestSubmit(at.form.querySelector("button"));
      if (sign === "Enter" || at.type === "checkbox" || !("value" in at)) continue;
      at.setRangeText(key, at.selectionStart, at.selectionEnd, "end");
      at.dispatchEvent(new InputEvent("input", { data: key, bubbles: true }));
    }
  };
  await page.evaluate(give, { text, layout });
}

test("INT-02: a card scanned while the cursor stands in the owner's or the proxy's field fills that person and no other", async () => {
  for (const at of ["owner", "proxy"]) {
    const { page, value, sent } = await open(INTAKE);
    await page.fill('[name="applicant.identity"]', "001099012345");
    await page.fill('[name="applicant.name"]', "Đỗ Thị Ánh");
    await page.focus(`#${at}`);
    await scan(page, CARD);
    assert.deepEqual([await value(`${at}.identity`), await value(`${at}.name`)], ["022190004567", "Nguyễn Văn Bình"], at);
    assert.deepEqual([await value("applicant.identity"), await value("applicant.name")], ["001099012345", "Đỗ Thị Ánh"], at);
    assert.equal(sent.length, 0);
    await page.close();
  }
});

test("INT-02: a card never replaces somebody else unasked; it may be the owner's, or the old person stays", async () => {
  const { page, value } = await open(INTAKE);
  await page.fill('[name="applicant.identity"]', "001099012345");
  await page.fill('[name="applicant.phone"]', "0912 345 678");
  await page.focus("#card");
  await scan(page, CARD);
  assert.equal(await page.locator("dialog[open]").count(), 1);
  assert.match(await page.locator("[data-card-new]").textContent(), /Nguyễn Văn Bình · 022190004567/);
  await page.getByRole("button", { name: "Giữ" }).click();
  assert.equal(await value("applicant.identity"), "001099012345");
  // A dialog tells that it was closed in a task of its own.
  await page.waitForFunction(() => document.activeElement.id === "card");
  await scan(page, CARD);
  assert.equal(await page.locator("dialog[open]").count(), 1, "asked again");
  await page.getByRole("button", { name: "Chủ" }).click();
  await page.waitForFunction(() => document.querySelector('[name="owner.identity"]').value !== "");
  assert.deepEqual([await value("owner.identity"), await value("applicant.identity")], ["022190004567", "001099012345"]);
  await page.focus("#card");
  await scan(page, CARD);
  await page.getByRole("button", { name: "Thay" }).click();
  await page.waitForFunction(() => document.querySelector('[name="applicant.identity"]').value !== "001099012345");
  assert.deepEqual([await value("applicant.identity"), await value("applicant.phone")], ["022190004567", ""], "nothing of the other stays");
  await page.close();
});

test("INT-02: what is no card is told beside the field, not swallowed", async () => {
  const { page, sent } = await open(INTAKE);
  await page.focus("#card");
  await scan(page, "H49.24-261117-0008");
  assert.equal(await page.locator("#card-error").textContent(), "Chưa đọc được thẻ.");
  assert.equal(sent.length, 0);
  await page.close();
});

test("TRK-03: a card scanned with the focus nowhere, or on a tick, goes to the card's field and not to the search", async () => {
  const { page, sent, value } = await open(INTAKE);
  await page.evaluate(() => document.activeElement.blur());
  await scan(page, PLAIN);
  assert.equal(await value("applicant.identity"), "022190004567");
  await page.focus("#tick");
  await scan(page, PLAIN.replace("022190004567", "022190004568"));
  assert.equal(await page.locator("dialog[open]").count(), 1);
  assert.equal(sent.length, 0, "nobody was searched for, nothing was sent");
  await page.close();
});

test("TRK-03: on a page without a field for cards the search gets the whole card, not its date of issue", async () => {
  const { page, sent } = await open(SEARCH);
  await scan(page, PLAIN);
  await page.waitForTimeout(100);
  assert.deepEqual(sent.map((one) => one.get("q")), [PLAIN]);
  await page.close();
});

test("INT-02: with the Vietnamese keyboard layout on, digits that became letters in a field are digits again", async () => {
  const { page, value } = await open(INTAKE);
  await page.focus("#card");
  const layout = { 1: "ă", 2: "â", 3: "ê", 4: "ô", 5: "\u0300", 6: "\u0309", 7: "\u0303", 8: "\u0301", 9: "\u0323", 0: "đ" };
  // As the browser has it under that layout: the key's place says the digit, its text the letter.
  await scan(page, PLAIN, layout);
  assert.equal(await value("applicant.identity"), "022190004567");
  assert.equal(await value("card"), "");
  await page.close();
});

const POST = `<form action="/gui" method="post" data-step-by-step><button id="go">Giao</button>
${[1, 2].map((n) => `<input type="checkbox" id="p${n}" class="rows-pick" name="hs" value="${n}:1"><input id="so${n}" name="so.${n}" data-ticks="p${n}">`).join("")}<button id="end">Gửi</button></form>`;

test("RES-02: a label scanned into the tracking number ticks its row and goes on to the next; nothing is sent", async () => {
  const { page, sent } = await open(POST);
  await page.focus("#so1");
  await scan(page, "EK123456789VN");
  assert.equal(await page.evaluate(() => document.activeElement.id), "so2");
  await scan(page, "EK123456790VN");
  assert.equal(await page.locator(".rows-pick:checked").count(), 2);
  assert.deepEqual([sent.length, await page.evaluate(() => document.activeElement.id)], [0, "end"]);
  await page.fill("#so1", "");
  assert.equal(await page.isChecked("#p1"), false);
  await page.focus("#p1");
  await page.keyboard.press("Enter");
  assert.deepEqual([await page.isChecked("#p1"), sent.length], [true, 0], "Enter on a tick ticks");
  await page.close();
});

test("FLW-07: the letter e takes no step while a field of its form has the focus; F9 does", async () => {
  const { page, sent } = await open(INTAKE);
  await page.focus("#tick");
  await page.keyboard.press("e");
  await page.waitForTimeout(100);
  assert.equal(sent.length, 0);
  await page.keyboard.press("F9");
  await page.waitForTimeout(100);
  assert.equal(sent.length, 1);
  await page.close();
});
