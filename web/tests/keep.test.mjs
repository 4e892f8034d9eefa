// What was typed, on its way between a browser and a server that takes it, refuses it, is down or has signed the officer out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { stage } from "./stage.mjs";

const script = readFileSync(new URL("../dist/app.js", import.meta.url));
let context, close, server, url, page, desk;

/** A server with one form for something new (`/don`), one that edits what is stored (`/sua`), and one with rows (`/to`). */
function answer(request, response, body) {
  const { pathname } = new URL(request.url, url);
  const sent = new URLSearchParams(body);
  if (pathname === "/assets/app.js") return response.setHeader("Content-Type", "text/javascript").end(script);
  if (request.method === "POST" && pathname !== "/dang-nhap") return desk.post(sent, response, pathname, request);
  if (request.method === "POST") return to(response, new URLSearchParams(body).get("tiep"));
  if (pathname === "/dang-nhap") {
    const next = new URL(request.url, url).searchParams.get("tiep");
    return html(response, `<main data-keep-waits="${next}"><form method="post"><input type="hidden" name="tiep" value="${next}"><button>Vào</button></form></main>`);
  }
  return html(response, (desk.pages[pathname] ?? (() => "<h1>trang khác</h1>"))());
}

function html(response, main, { isAnswer = false, who = "lan" } = {}) {
  const head = `<meta charset="utf-8"><script src="/assets/app.js" defer></script>${isAnswer ? '<meta name="motcua-answer" content="1">' : ""}`;
  response.setHeader("Content-Type", "text/html").setHeader("Cache-Control", "no-store");
  response.end(`<!doctype html><html lang="vi"><head>${head}</head><body${main.includes("data-keep-waits") ? "" : ` data-who="${desk.who ?? who}"`}>${main}</body></html>`);
}

function to(response, place) {
  response.writeHead(303, { Location: place }).end();
}

function take(sent, response, pathname, request) {
  const number = /motcua-sent=(\w+)/.exec(request.headers.cookie)[1];
  desk.taken.push(Object.fromEntries(sent));
  response.setHeader("Set-Cookie", `motcua-taken-${number}=1; Path=/; SameSite=Strict`);
  to(response, "/xong");
}

const blank = (name = "", phone = "") =>
  `<form method="post" action="/don" data-keep="don" data-keep-new><input type="hidden" name="once" value="${++desk.once}">
   <input name="name" value="${name}"><input name="phone" value="${phone}"><button>Gửi</button></form>`;
const edit = () =>
  `<form method="post" action="/sua" data-keep="sua:1"><input type="hidden" name="version" value="${desk.version}">
   <input name="name" value="${desk.stored}"><button>Gửi</button></form>`;
const rows = (variant, ids, ticked = []) =>
  `<form method="post" action="/to" data-keep="to" data-keep-new data-keep-again="again"><input type="hidden" name="once" value="${++desk.once}">
   <select name="variant">${["a", "b"].map((v) => `<option${v === variant ? " selected" : ""}>${v}</option>`).join("")}</select>
   ${ids.map((id, i) => `<input type="hidden" name="${i}.id" value="${id}"><input type="checkbox" name="${i}.full" value="1"${ticked.includes(id) ? " checked" : ""}>`).join("")}
   <button name="act" value="case">Đổi</button></form>`;

before(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => answer(request, response, body));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${server.address().port}`;
  ({ context, close } = await stage());
});

after(async () => {
  await close();
  server.close();
});

beforeEach(async () => {
  desk = { once: 0, version: 1, stored: "Phòng Một", taken: [], post: take, pages: {} };
  desk.pages = { "/don": () => blank(), "/sua": edit, "/to": () => rows("a", ["don", "anh"]) };
  await page?.close();
  page = await context.newPage();
  page.setDefaultTimeout(5000);
});

const go = (place) => page.goto(url + place);
const value = (name) => page.locator(`[name="${name}"]`).inputValue();
const press = (name) => page.getByRole("button", { name }).click();
const kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("motcua.keep.")));
const told = () => page.locator("[data-keep-note]").getAttribute("data-keep-note");
const send = (button = "Gửi") => Promise.all([page.waitForEvent("load"), press(button)]);

test("what was typed comes back after a reload, and can be dropped", async () => {
  await go("/sua");
  await page.fill('[name="name"]', "Phòng Hai");
  await page.reload();
  assert.equal(await value("name"), "Phòng Hai");
  assert.equal(await told(), "restored");
  await press("Bỏ nội dung đó");
  assert.equal(await value("name"), "Phòng Một");
  await page.reload();
  assert.equal(await value("name"), "Phòng Một");
});

test("once the server has taken a form nothing of it is left, whatever page comes next", async () => {
  for (const place of ["/don", "/sua"]) {
    await go(place);
    await page.fill('[name="name"]', "Đỗ Thị Ánh Nguyệt");
    await send();
    assert.equal(new URL(page.url()).pathname, "/xong");
    assert.deepEqual(await kept(), []);
    assert.ok(!(await page.evaluate(() => document.cookie)).includes("motcua-taken"));
  }
  desk.stored = "Phòng Ba";
  await go("/sua");
  assert.equal(await value("name"), "Phòng Ba");
  await go("/don");
  assert.equal(await value("name"), "");
  assert.equal(await page.locator("[data-keep-note]").count(), 0);
});

test("the page in answer to a form is the truth: what a scanned card filled in is not emptied again", async () => {
  desk.post = (sent, response) => html(response, blank("Đỗ Thị Ánh Nguyệt", sent.get("phone").replace("card|", "")), { isAnswer: true });
  await go("/don");
  await page.locator('[name="phone"]').pressSequentially("card|0912");
  await send();
  assert.equal(await value("name"), "Đỗ Thị Ánh Nguyệt");
  assert.equal(await value("phone"), "0912");
  assert.equal(await page.locator("[data-keep-note]").count(), 0);
});

test("the next citizen's form is empty: what was typed for another is offered, and seen only when asked for", async () => {
  await go("/don");
  await page.fill('[name="name"]', "Đỗ Thị Ánh Nguyệt");
  await go("/khac");
  await go("/don");
  assert.equal(await value("name"), "");
  assert.equal(await told(), "left");
  assert.ok(!(await page.content()).includes("Nguyệt"));
  await press("Khôi phục nội dung đã nhập");
  assert.equal(await value("name"), "Đỗ Thị Ánh Nguyệt");
  assert.equal(await value("once"), "1", "the same form, so the server does nothing twice");
});

test("a newer version on the server is not written over: what was typed is offered", async () => {
  await go("/sua");
  await page.fill('[name="name"]', "Phòng Hai");
  await go("/khac");
  await go("/sua");
  assert.equal(await value("name"), "Phòng Hai", "nothing has changed meanwhile");
  Object.assign(desk, { version: 2, stored: "Phòng của người khác" });
  await go("/sua");
  assert.equal(await value("name"), "Phòng của người khác");
  assert.equal(await told(), "changed");
  await press("Khôi phục nội dung đã nhập");
  assert.equal(await value("name"), "Phòng Hai");
  assert.equal(await value("version"), "2");
});

test("a session that ended loses nothing: after the sign-in the form is filled again", async () => {
  for (const place of ["/don", "/sua"]) {
    desk.post = (sent, response) => to(response, `/dang-nhap?tiep=${place}`);
    await go(place);
    await page.fill('[name="name"]', "Nguyễn Văn Bình");
    await send();
    await send("Vào");
    assert.equal(await value("name"), "Nguyễn Văn Bình", place);
    desk.post = take;
    await send();
    assert.deepEqual(await kept(), []);
  }
  assert.equal(desk.taken.length, 2);
});

test("a refused form that was not touched again survives the sign-in as well", async () => {
  desk.post = (sent, response) => html(response, blank(sent.get("name"), sent.get("phone")), { isAnswer: true });
  await go("/don");
  await page.fill('[name="name"]', "Nguyễn Văn Bình");
  await send();
  await go("/dang-nhap?tiep=/don");
  await send("Vào");
  assert.equal(await value("name"), "Nguyễn Văn Bình");
  assert.equal(await told(), "restored");
});

test("an error keeps what was typed, and a form that may have been saved keeps its key", async () => {
  desk.post = (sent, response) => html(response, '<main data-keep-waits="/don"><a href="/don">Tải lại trang</a></main>', { isAnswer: true });
  await go("/don");
  await page.fill('[name="name"]', "Nguyễn Văn Bình");
  await send();
  await page.getByRole("link", { name: "Tải lại trang" }).click();
  await page.locator("[data-keep-note]").waitFor();
  assert.equal(await value("name"), "Nguyễn Văn Bình");
  assert.equal(await value("once"), "1");
});

test("another officer in the same tab sees nothing of the first", async () => {
  await go("/sua");
  await page.fill('[name="name"]', "Phòng Hai");
  desk.who = "minh";
  await go("/sua");
  assert.equal(await value("name"), "Phòng Một");
  assert.deepEqual(await kept(), []);
});

test("ticks of another case are not put onto its rows: the server shows the form again", async () => {
  const shown = { a: ["don", "anh"], b: ["anh", "so-do"] };
  desk.post = (sent, response) => {
    if (desk.isOut) return to(response, "/dang-nhap?tiep=/to");
    desk.taken.push(Object.fromEntries(sent));
    const full = [0, 1].filter((i) => sent.get(`${i}.full`)).map((i) => sent.get(`${i}.id`));
    html(response, rows(sent.get("variant"), shown[sent.get("variant")], full), { isAnswer: true });
  };
  const ticks = () => page.locator("form:not([hidden]) [type=checkbox]").evaluateAll((all) => all.map((one) => one.checked));
  await go("/to");
  await page.locator('[name="0.full"]').check();
  await page.selectOption("select", "b");
  await send("Đổi");
  assert.deepEqual(await ticks(), [false, false], "the paper that was brought is not of this case");
  await page.locator('[name="1.full"]').check();
  desk.isOut = true;
  await send("Đổi");
  desk.isOut = false;
  await press("Vào");
  await page.waitForFunction(() => document.querySelector("select")?.value === "b");
  assert.deepEqual(await ticks(), [false, true]);
  assert.equal(desk.taken.at(-1).act, "again");
});

test("what the server keeps as a draft is not kept twice, and what came after it is not lost", async () => {
  await go("/sua");
  const told = (state) => page.evaluate((s) => document.querySelector("form").dispatchEvent(new CustomEvent("motcua:drafted", { bubbles: true, detail: s })), state);
  await page.fill('[name="name"]', "Phòng Hai");
  const state = await page.evaluate(() => JSON.parse(sessionStorage.getItem("motcua.keep.sua:1")).state);
  await told(state);
  assert.deepEqual(await kept(), []);
  await page.fill('[name="name"]', "Phòng Hai Ba");
  desk.stored = "Phòng Hai";
  await page.reload();
  assert.equal(await value("name"), "Phòng Hai Ba");
});
