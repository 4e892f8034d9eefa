// Scanners and keyboards as the browser really gets them: key events through the browser's own door, with their places, their
// layouts and what input methods make of them. Each key bears the moment at which the scanner sent it, so a busy machine
// makes no pause between them.
import assert from "node:assert/strict";
import { PEOPLE } from "./product.mjs";
import { appraise, approve, assign, enterResult, takeIn } from "./steps.mjs";

export const keysTests = [];
const test = (name, body) => keysTests.push({ name, body });

const NUMBER = "022190004567";
const NAME = "Đỗ Thị Ánh Nguyệt";
const ADDRESS = "Tổ 5, Khu 3, Hồng Gai, Hạ Long, Quảng Ninh";
const CARD = `${NUMBER}|101234567|${NAME}|14031990|Nữ|${ADDRESS}|25042021`;
const TELEX = `${NUMBER}|101234567|Ddoox Thij Anhs Nguyeetj|14031990|Nuwx|Toor 5, Khu 3, Hoongf Gai, Haj Long, Quangr Ninh|25042021`;
const VNI = `${NUMBER}|101234567|D9o64 Thi5 A1nh Nguye65t|14031990|Nu74|To63 5, Khu 3, Ho62ng Gai, Ha5 Long, Qua3ng Ninh|25042021`;

const SHIFTED = { "|": "Backslash", "?": "Slash", "~": "Backquote" };
const PLAIN = { "-": "Minus", "/": "Slash", ",": "Comma", ".": "Period", " ": "Space" };
/** What the row of digits gives under the layout that Windows calls Vietnamese. */
const VIETNAMESE = { 1: "ă", 2: "â", 3: "ê", 4: "ô", 5: "\u0300", 6: "\u0309", 7: "\u0303", 8: "\u0301", 9: "\u0323", 0: "đ" };

/** The place of a key; nothing for a letter that no key has. */
function place(sign) {
  if (/^\d$/.test(sign)) return `Digit${sign}`;
  if (/^[a-z]$/i.test(sign)) return `Key${sign.toUpperCase()}`;
  return PLAIN[sign] ?? SHIFTED[sign];
}

/** The presses of a text on a layout: `{ key, code, shift, text }`. A letter without a key comes as text alone, as Windows sends it. */
function presses(text, layout = {}) {
  return [...text].map((sign) => {
    const code = place(sign);
    const key = layout[sign] ?? sign;
    return code ? { key, code, shift: sign in SHIFTED || /^[A-Z]$/.test(sign), text: key } : { key, code: "", text: key };
  });
}

/** Unikey and its kin: the plain letter is typed, taken back, and the marked one put in its place. */
function corrected(text) {
  return [...text].flatMap((sign) => {
    if (place(sign)) return presses(sign);
    const plain = sign.normalize("NFD").replaceAll(/\p{M}/gu, "").replace("đ", "d").replace("Đ", "D");
    return [...presses(plain), { key: "Backspace", code: "Backspace" }, ...presses(sign)];
  });
}

const ENTER = { key: "Enter", code: "Enter", text: "\r" };

/** The number that Windows gives a key, by its place; a letter without a key comes as a packet. */
function virtual(code) {
  const known = { Enter: 13, Backspace: 8, Space: 32, Minus: 189, Slash: 191, Comma: 188, Period: 190, Backslash: 220, Backquote: 192, "": 231 };
  return known[code] ?? code.at(-1).charCodeAt(0);
}

/** A scanner: eight milliseconds from key to key, Enter at the end. */
async function strike(visitor, keys) {
  const door = await visitor.context.newCDPSession(visitor.page);
  let at = Date.now() / 1000;
  for (const { key, code, shift, text } of [...keys, ENTER]) {
    at += 0.008;
    const about = { key, code, modifiers: shift ? 8 : 0, timestamp: at, windowsVirtualKeyCode: virtual(code) };
    await door.send("Input.dispatchKeyEvent", { ...about, type: text ? "keyDown" : "rawKeyDown", text });
    await door.send("Input.dispatchKeyEvent", { ...about, type: "keyUp" });
  }
  await door.detach();
}

/** An input method that composes: each word grows under the cursor and is committed by the sign behind it. */
async function compose(visitor, text) {
  const door = await visitor.context.newCDPSession(visitor.page);
  let at = Date.now() / 1000;
  const processed = async (code) => {
    at += 0.008;
    await door.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code, windowsVirtualKeyCode: 229, timestamp: at });
  };
  for (const part of text.split(/([^\p{L}]+)/u).filter(Boolean)) {
    if (!/^\p{L}/u.test(part)) {
      for (const { key, code, shift, text: typed } of presses(part)) {
        at += 0.008;
        const about = { key, code, modifiers: shift ? 8 : 0, timestamp: at, windowsVirtualKeyCode: virtual(code) };
        await door.send("Input.dispatchKeyEvent", { ...about, type: "keyDown", text: typed });
        await door.send("Input.dispatchKeyEvent", { ...about, type: "keyUp" });
      }
      continue;
    }
    for (let n = 1; n <= part.length; n += 1) {
      await processed("KeyA");
      await door.send("Input.imeSetComposition", { text: part.slice(0, n), selectionStart: n, selectionEnd: n });
    }
    await door.send("Input.insertText", { text: part });
  }
  at += 0.008;
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, timestamp: at };
  await door.send("Input.dispatchKeyEvent", { ...enter, type: "keyDown", text: "\r" });
  await door.send("Input.dispatchKeyEvent", { ...enter, type: "keyUp" });
  await door.detach();
}

/** A fresh form at the counter. */
async function atTheCounter(come) {
  const officer = await come({ login: PEOPLE.intake });
  await officer.go("/can-bo/tiep-nhan");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  const field = (name) => officer.page.locator(`[name="${name}"]`);
  return { officer, field, form: new URL(officer.page.url()).pathname };
}

const blur = (visitor) => visitor.page.evaluate(() => document.activeElement.blur());

/** The three things that a card says; what the server reads comes with a new page. */
async function reads(officer, field, person) {
  await officer.page
    .waitForFunction(
      ([at, number]) => document.querySelector(`[name="${at}.identity"]`)?.value === number && document.readyState === "complete",
      [person, NUMBER],
    )
    .catch(async () => assert.fail(`nobody was read: ${await officer.page.locator("form [name]").evaluateAll((all) => all.map((one) => [one.name, one.value].join("=")).filter((one) => /card|applicant/.test(one)).join("; "))}`));
  assert.equal(await field(`${person}.name`).inputValue(), NAME, person);
  assert.equal(await field(`${person}.address`).inputValue(), ADDRESS, person);
}

/** The ways in which a card's text reaches the page. */
const WAYS = [
  ["a scanner that spells in Telex", () => presses(TELEX)],
  ["a scanner that spells in VNI", () => presses(VNI)],
  ["a scanner that has every letter", () => presses(CARD)],
  ["a scanner behind Unikey", () => corrected(CARD)],
  ["a scanner on the Vietnamese layout of Windows", () => presses(TELEX, VIETNAMESE)],
];

for (const [way, keys] of WAYS) {
  test(`INT-02: ${way} fills the applicant from the field for cards, from nowhere and from another field`, async ({ come }) => {
    for (const from of ["card", "nowhere", "phone"]) {
      const { officer, field, form } = await atTheCounter(come);
      if (from === "card") await officer.page.locator("#card").focus();
      if (from === "nowhere") await blur(officer);
      if (from === "phone") {
        await field("applicant.phone").fill("0912 345 678");
        await field("applicant.phone").press("End");
      }
      await strike(officer, keys());
      await reads(officer, field, "applicant");
      assert.equal(new URL(officer.page.url()).pathname, form, `${from}: the form was left`);
      assert.equal(await officer.page.locator("#card").inputValue(), "", from);
      if (from === "phone") assert.equal(await field("applicant.phone").inputValue(), "0912 345 678");
    }
  });
}

test("INT-10: the owner's card goes to the owner, whatever the keyboard makes of its keys", async ({ come }) => {
  for (const keys of [presses(TELEX, VIETNAMESE), corrected(CARD)]) {
    const { officer, field } = await atTheCounter(come);
    await field("applicant.identity").fill("001099012345");
    await field("owner.name").evaluate((one) => (one.closest("details").open = true));
    await field("owner.identity").focus();
    await strike(officer, keys);
    await reads(officer, field, "owner");
    assert.equal(await field("applicant.identity").inputValue(), "001099012345");
  }
});

test("INT-02: an input method that composes its words leaves the card readable", async ({ come }) => {
  const { officer, field } = await atTheCounter(come);
  await officer.page.locator("#card").focus();
  await compose(officer, CARD);
  await reads(officer, field, "applicant");
});

test("a low screen: the line of shortcuts lies over no entry of the rail that one walks to", async ({ come }) => {
  const head = await come({ login: PEOPLE.head });
  await head.page.setViewportSize({ width: 1440, height: 560 });
  await head.go("/can-bo");
  const rail = head.page.locator(".rail");
  assert.ok(await rail.evaluate((one) => one.scrollHeight > one.clientHeight), "the rail is longer than the screen");
  const covered = await rail.locator("a").evaluateAll((links) =>
    links.flatMap((link) => {
      link.focus();
      const { left, top, width, height } = link.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      const foot = document.elementFromPoint(left + width / 2, top + height - 2);
      return link.contains(seen) && link.contains(foot) ? [] : [link.textContent.trim()];
    }),
  );
  assert.deepEqual(covered, []);
});

test("TRK-03: a slip's bar code opens its dossier from the work list and the return desk, with any layout", async ({ come }) => {
  const counter = await come({ login: PEOPLE.intake });
  const { code, receipt } = await takeIn(counter);
  const { bar } = await counter.scanned(receipt[0]);
  assert.match(bar, /^\d{8,}$/);
  const desk = await come({ login: PEOPLE.desk });
  for (const [page, keys] of [
    ["/can-bo", presses(bar)],
    ["/can-bo", presses(bar, VIETNAMESE)],
    ["/can-bo/tra-ket-qua", presses(bar)],
    ["/can-bo/tra-ket-qua", presses(bar, VIETNAMESE)],
    ["/can-bo/so-theo-doi", presses(bar, VIETNAMESE)],
  ]) {
    await desk.go(page);
    if (page === "/can-bo") await blur(desk);
    await desk.leave(() => strike(desk, keys));
    assert.ok((await desk.main().textContent()).includes(code), `${page}: ${desk.page.url()}`);
  }
});

test("RES-02: at the handing over the card says whose it is, in its field and from nowhere; letters of a card are no commands", async ({ come }) => {
  const counter = await come({ login: PEOPLE.intake });
  const { code } = await takeIn(counter);
  await assign(await come({ login: PEOPLE.head }), code);
  await appraise(await come({ login: PEOPLE.specialist }), code);
  await approve(await come({ login: PEOPLE.leader }), code);
  await enterResult(await come({ login: PEOPLE.clerk }), code);
  const desk = await come({ login: PEOPLE.desk });
  const page = `/can-bo/ho-so/${code}/tra-ket-qua`;
  for (const [from, keys] of [["field", presses(TELEX, VIETNAMESE)], ["nowhere", corrected(CARD)], ["nowhere", presses(TELEX, VIETNAMESE)]]) {
    await desk.go(page);
    if (from === "field") await desk.page.locator("[data-card-number]").focus();
    else await blur(desk);
    await strike(desk, keys);
    await desk.page.waitForFunction((number) => document.querySelector("[data-card-number]").value === number, NUMBER);
    assert.ok(await desk.page.locator(`[data-identity="${NUMBER}"]`).isChecked(), from);
    assert.equal(new URL(desk.page.url()).pathname, page, "nothing was sent");
  }
});

test("INT-02: what the scanner writes into its folder is taken beside the paper, once", async ({ come }) => {
  const officer = await come({ login: PEOPLE.intake });
  // The browser's own private folder stands in for the one that a person would choose.
  await officer.page.addInitScript(() => {
    globalThis.showDirectoryPicker = () => navigator.storage.getDirectory();
  });
  await officer.go("/can-bo/tiep-nhan");
  await officer.leave(() => officer.page.locator("[data-rows] a").first().click());
  const take = officer.page.locator("[data-folder-take]");
  assert.equal(await take.first().isVisible(), false, "no folder yet");
  const scanned = (name) =>
    officer.page.evaluate(async (name) => {
      const folder = await navigator.storage.getDirectory();
      const pen = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await pen.write("%PDF-1.4");
      await pen.close();
    }, name);
  await scanned("quet-1.pdf");
  await officer.page.locator("[data-folder]").click();
  await take.first().click();
  const names = (nth) => officer.page.locator("[data-drop]").nth(nth).evaluate((one) => [...one.files].map((file) => file.name));
  await officer.page.locator(".file-chosen", { hasText: "quet-1.pdf" }).waitFor();
  assert.deepEqual(await names(0), ["quet-1.pdf"]);
  await take.nth(1).click();
  await officer.page.locator("[data-folder-new]", { hasText: "Chưa có bản quét mới" }).waitFor();
  assert.deepEqual(await names(1), [], "nothing is taken twice");
  await scanned("quet-2.pdf");
  await take.nth(1).click();
  await officer.page.locator(".file-chosen", { hasText: "quet-2.pdf" }).waitFor();
  assert.deepEqual([await names(0), await names(1)], [["quet-1.pdf"], ["quet-2.pdf"]]);
});

test("FLW-07: on the Vietnamese layout the digits still choose a procedure, and typed letters stay letters", async ({ come }) => {
  const { officer } = await atTheCounter(come);
  await officer.go("/can-bo/tiep-nhan");
  const wanted = await officer.page.locator('[data-key="2"]').getAttribute("href");
  const door = await officer.context.newCDPSession(officer.page);
  await officer.leave(() => door.send("Input.dispatchKeyEvent", { type: "keyDown", key: "â", code: "Digit2", text: "â", windowsVirtualKeyCode: 50 }));
  assert.equal(new URL(officer.page.url()).pathname, wanted);
});
