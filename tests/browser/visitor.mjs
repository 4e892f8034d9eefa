// Somebody with a browser. Every page they come to is judged: axe-core, the content policy, scripts, sideways scrolling.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const web = createRequire(path.join(here, "../../web/package.json"));
const { chromium } = web("playwright-core");
const axe = readFileSync(web.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const judged = new Set();

/** One browser for the whole run. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}

export class Visitor {
  /** `login` enters through the demo's door; without one it is a citizen. */
  static async come(browser, url, { login, width = 1440, script = true, faults }) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height: width < 1000 ? 844 : 900 },
      javaScriptEnabled: script,
      reducedMotion: "reduce",
      hasTouch: width < 1000,
    });
    const page = await context.newPage();
    // An upper bound, not a measure: two crowds walk at a time, on whatever machine.
    page.setDefaultTimeout(30_000);
    const visitor = new Visitor(context, page, { url, width, script, faults, who: login ?? "citizen" });
    visitor.listen();
    if (login) await visitor.enter(login);
    return visitor;
  }

  constructor(context, page, about) {
    Object.assign(this, { context, page }, about);
  }

  listen() {
    const note = (text) => this.faults.push(`${this.where()}: ${text}`);
    // A refusal is answered with 403, 412 or 422, which the console reports though nothing is wrong; tests ask for them.
    const expected = /Failed to load resource: the server responded with a status of 4(03|12|22)/;
    const isExpected = (text) => expected.test(text) || this.expects?.test(text);
    this.page.on("console", (m) => m.type() === "error" && !isExpected(m.text()) && note(`console: ${m.text()}`));
    this.page.on("pageerror", (e) => note(`script: ${e.message}`));
    this.page.on("response", (r) => r.status() >= 500 && note(`${r.status()} ${r.url()}`));
  }

  where() {
    return `${this.who} at ${this.width} px on ${new URL(this.page.url()).pathname}`;
  }

  async enter(login) {
    const answer = await this.context.request.post("/chao-mung", {
      form: { login },
      headers: { Origin: new URL(this.url).origin },
      maxRedirects: 0,
    });
    if (answer.status() !== 303) throw new Error(`${login} was not let in: ${answer.status()}`);
  }

  async go(address) {
    const answer = await this.page.goto(address, { waitUntil: "load" });
    await this.judge();
    return answer;
  }

  /** Presses a button that leads to another page. */
  async press(name) {
    await this.leave(() => this.button(name).click());
  }

  button(name) {
    return this.page.getByRole("main").getByRole("button", { name }).first();
  }

  /** Follows a link of the page's content. */
  async follow(name) {
    await this.leave(() => this.page.getByRole("main").getByRole("link", { name }).first().click());
  }

  async leave(act) {
    await Promise.all([this.page.waitForEvent("load"), act()]);
    await this.judge();
  }

  async fill(label, text) {
    await this.page.getByLabel(label, { exact: true }).first().fill(text);
  }

  async choose(label) {
    await this.page.getByLabel(label).first().check();
  }

  main() {
    return this.page.getByRole("main");
  }

  async title() {
    return (await this.page.locator("main h1").first().textContent()).trim();
  }

  async judge() {
    await this.photograph();
    if (!this.script || (await this.isKnown())) return;
    await this.page.evaluate(() => document.fonts.ready);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) this.faults.push(`${this.where()}: scrolls sideways by ${wide} px`);
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, nodes } of violations) {
      for (const node of nodes) {
        const why = node.failureSummary.split("\n").slice(1).join(" ").trim();
        this.faults.push(`${this.where()}: axe ${id}: ${node.html.slice(0, 160)}: ${why.slice(0, 200)}`);
      }
    }
  }

  /** Whether this person saw a page of this kind, in this state and width, before in this run. */
  async isKnown() {
    const kind = new URL(this.page.url()).pathname.replaceAll(/[^/]*\d{4,}[^/]*/g, "…");
    const state = await this.page.locator(".errors, .conflict, .flash, .card").count();
    const lang = await this.page.locator("html").getAttribute("lang");
    const key = [this.who, this.width, kind, state, lang].join(" ");
    if (judged.has(key)) return true;
    judged.add(key);
    return false;
  }

  async photograph() {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    const name = `${this.who}-${this.width}-${new URL(this.page.url()).pathname.replaceAll("/", "_")}`;
    await this.page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
  }

  /** The text of a PDF behind an address, as pdftotext reads it. */
  async pdf(address) {
    const answer = await this.context.request.get(address);
    if (!(answer.headers()["content-type"] ?? "").startsWith("application/pdf")) throw new Error(`${address}: no PDF`);
    const read = spawnSync("pdftotext", ["-layout", "-", "-"], { input: await answer.body(), encoding: "utf8" });
    if (read.status !== 0) throw new Error(`pdftotext: ${read.error ?? read.stderr}`);
    return read.stdout;
  }

  /** What a scanner reads from a PDF: the bar code's digits and the address in the QR code, which may stand on the last page. */
  async scanned(address) {
    const answer = await this.context.request.get(address);
    const folder = mkdtempSync(path.join(tmpdir(), "slip-"));
    const drawn = spawnSync("pdftoppm", ["-r", "200", "-gray", "-png", "-", path.join(folder, "page")], { input: await answer.body() });
    if (drawn.status !== 0) throw new Error(`pdftoppm: ${drawn.error ?? drawn.stderr}`);
    const pages = readdirSync(folder).map((page) => path.join(folder, page));
    const read = spawnSync("zbarimg", ["-q", ...pages], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    const of = (kind) => new RegExp(`^${kind}:(.+)$`, "m").exec(read.stdout)?.[1];
    return { bar: of("CODE-128"), qr: of("QR-Code") };
  }

  async close() {
    await this.context.close();
  }
}
