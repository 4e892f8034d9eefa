// Renders every pattern page and asks axe-core about it: two widths, two themes, zero violations,
// no policy breach, no sideways scrolling, no failed request. `SHOTS=folder` also keeps pictures.
//   npm run judge            all pages
//   npm run judge -- track   one page
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = [390, 1440].flatMap((width) => ["light", "dark"].map((theme) => ({ width, theme })));
const shots = process.env.SHOTS;
const wanted = process.argv.slice(2);
const pages = readdirSync(path.join(here, "patterns"))
  .filter((file) => file.endsWith(".html"))
  .map((file) => file.slice(0, -5))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

/** All that is wrong with a page in one view, one line each. */
async function judge(context, base, name, view) {
  const page = await context.newPage();
  await page.setViewportSize({ width: view.width, height: 900 });
  await page.emulateMedia({ colorScheme: view.theme, reducedMotion: "reduce" });
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`request: ${request.url()}`));
  await page.goto(`${base}/${name}.html`, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) faults.push(`scrolls sideways by ${overflow} px`);
  if (shots) await page.screenshot({ path: path.join(shots, `${name}-${view.width}-${view.theme}.png`), fullPage: view.width < 1000 });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, nodes } of violations) {
    for (const node of nodes) faults.push(`axe ${id}: ${node.html.slice(0, 160)} — ${node.failureSummary.split("\n").slice(1).join(" ").slice(0, 200)}`);
  }
  await page.close();
  return faults;
}

async function main() {
  if (shots) mkdirSync(shots, { recursive: true });
  const profile = mkdtempSync(path.join(tmpdir(), "judge-"));
  const { url, stop } = await serve();
  let bad = 0;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  for (const view of VIEWS) {
    for (const name of pages) {
      const faults = await judge(context, url, name, view);
      for (const fault of faults) console.log(`${name} ${view.width} ${view.theme}: ${fault}`);
      bad += faults.length;
    }
  }
  await context.close();
  stop();
  rmSync(profile, { recursive: true, force: true });
  console.log(`${pages.length} pages in ${VIEWS.length} views: ${bad} faults`);
  process.exitCode = bad ? 1 : 0;
}

await main();
