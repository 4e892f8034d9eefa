// The whole path in a real browser, role by role, on the built product. One line a test, and at the end "N passed, N failed".
//   node tests/browser/run.mjs            all
//   node tests/browser/run.mjs phone      those whose name holds the word
//   SHOTS=folder keeps a picture of every page
import { assistantTests } from "./assistant.mjs";
import { dataTests } from "./data.mjs";
import { deskTests } from "./desk.mjs";
import { eformTests } from "./eform.mjs";
import { keysTests } from "./keys.mjs";
import { nationalTests } from "./national.mjs";
import { identityTests } from "./identity.mjs";
import { lettersTests } from "./letters.mjs";
import { onlineTests } from "./online.mjs";
import { papersTests } from "./papers.mjs";
import { tests as main } from "./tests.mjs";
import { start } from "./product.mjs";
import { successionTests } from "./succession.mjs";
import { vaultTests } from "./vault.mjs";
import { Visitor, launch } from "./visitor.mjs";
import { weightTests } from "./weight.mjs";
import { wholeTests } from "./whole.mjs";

// Each crowd has a product of its own and goes in its order; two crowds walk at a time.
const crowds = [
  main,
  [...identityTests, ...papersTests, ...vaultTests, ...dataTests],
  [...deskTests, ...keysTests, ...assistantTests, ...successionTests],
  [...onlineTests, ...eformTests, ...wholeTests, ...weightTests],
  [...lettersTests, ...nationalTests],
];
const LANES = 2;

const wanted = process.argv.slice(2);
const browser = await launch();
let passed = 0;
let failed = 0;

/** The product of a province, started when the first test asks for it; without a province the one that most tests use. */
async function productOf(products, { profile, portal, identity, clock }) {
  const key = portal ? "portal" : clock ? "clock" : `${profile} ${Boolean(identity)}`;
  const about = portal ? { portal } : clock ? { clock } : profile ? { profile, identity, people: {} } : {};
  if (!products.has(key)) products.set(key, await start(about));
  return products.get(key);
}

async function walk(tests) {
  const products = new Map();
  for (const test of tests) await one(test, await productOf(products, test));
  for (const product of products.values()) {
    const log = await product.stop();
    if (failed && process.env.LOG) console.log(log);
  }
}

async function one({ name, body }, product) {
  const faults = [];
  const visitors = [];
  const come = async (about) => {
    const visitor = await Visitor.come(browser, about.at ?? product.url, { ...about, faults });
    visitors.push(visitor);
    return visitor;
  };
  const begun = performance.now();
  try {
    await body({ come, product });
  } catch (error) {
    const last = visitors.at(-1);
    faults.push(`${last ? last.where() : ""}: ${error.message}`);
  }
  await Promise.all(visitors.map((v) => v.close()));
  const all = [...new Set(faults)];
  console.log(`${all.length ? "failed" : "passed"} (${Math.round((performance.now() - begun) / 1000)} s): ${name}`);
  for (const fault of all) console.log(`  ${fault}`);
  if (all.length) failed += 1;
  else passed += 1;
}

const waiting = crowds.map((tests) => tests.filter((t) => wanted.every((word) => t.name.includes(word)))).filter((tests) => tests.length);
const lane = async () => {
  for (let tests = waiting.shift(); tests; tests = waiting.shift()) await walk(tests);
};
await Promise.all(Array.from({ length: LANES }, lane));

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
