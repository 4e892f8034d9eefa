// An outside judge of the API: schemathesis makes calls from the OpenAPI document, well-formed and not, singly and in a row,
// with the keys of the counter, of an agency and of the return desk, half of them about dossiers that are there
// (schemathesis_hooks.py). No answer may be a 5xx, and each must have a status, a media type and a shape that the document gives.
//   node tests/schemathesis.mjs [examples for each operation]
// Needs Python; schemathesis itself goes into target/schemathesis. SCHEMATHESIS names a ready one.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AGENCY, PEOPLE, start } from "./browser/product.mjs";

const VERSION = "4.32.5";
const SCOPES = ["dossier:read", "dossier:write", "catalogue:write", "report:read", "admin"];
const CHECKS = "not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance";
const HOOKS = "schemathesis_hooks";
const PROCEDURE = "1.013222";
const DOSSIERS = 8;
/** Of some thirty commands of a dossier. */
const LEAST_REACHED = 10;
/** Everything that an agency does to a dossier, in one pair of hands. */
const ALL_ROUND = "thu.moiviec";
const ROLES = "unit_head,specialist,agency_leader,clerk";
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "..");
const examples = process.argv[2] ?? "20";

function must(program, args) {
  const done = spawnSync(program, args, { stdio: "inherit" });
  if (done.status !== 0) throw new Error(`${program} ${args.join(" ")}`);
}

function judge() {
  if (process.env.SCHEMATHESIS) return process.env.SCHEMATHESIS;
  const folder = path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), `schemathesis-${VERSION}`);
  const program = path.join(folder, "bin/schemathesis");
  if (!existsSync(program)) {
    must("python3", ["-m", "venv", folder]);
    must(path.join(folder, "bin/pip"), ["install", "--quiet", `schemathesis==${VERSION}`]);
  }
  return program;
}

/** A dossier with every paper, taken in by the API. */
async function takeIn(url, key, n) {
  const { variants } = await (await fetch(`${url}/api/v1/procedures/${PROCEDURE}`)).json();
  const brought = variants[0].components.map(({ id, copies }) => ({ id, originals: 1, copies }));
  const applicant = { kind: "citizen", name: "Nguyễn Thị Mẫu", identity: "022099012345", phone: "0912345678", address: "Tổ 1, phường Hồng Gai" };
  const body = { procedure: PROCEDURE, variant: variants[0].id, agency: AGENCY, channel: "counter", applicant, components: brought, result_by: "counter" };
  return call(`${url}/api/v1/dossiers`, key, `judge-${n}`, 0, body);
}

async function call(address, key, once, version, body) {
  const headers = { Authorization: `Bearer ${key}`, "Idempotency-Key": once, "If-Match": `"${version}"`, "Content-Type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
  return answer.json();
}

/** Dossiers at several stages: with the agency, and (every second one) given to the officer who may do everything there. */
async function dossiers(url, counter, agency) {
  const codes = [];
  for (let n = 0; n < DOSSIERS; n += 1) {
    const { code, version } = await takeIn(url, counter, n);
    codes.push(code);
    if (n % 2) await call(`${url}/api/v1/dossiers/${code}/assignments`, agency, `given-${n}`, version, { to: { officer: ALL_ROUND } });
  }
  return codes;
}

const program = judge();
const product = await start();
product.run(["admin", "officer", "add", ALL_ROUND, "--agency", AGENCY, "--unit", "main", "--role", ROLES, "--password-stdin"], product.password);
const keyOf = (login) => {
  const scopes = SCOPES.flatMap((scope) => ["--scope", scope]);
  return JSON.parse(product.run(["--json", "admin", "key", "create", "--officer", login, ...scopes])).key;
};
const keys = { counter: keyOf(PEOPLE.intake), agency: keyOf(ALL_ROUND), returns: keyOf(PEOPLE.desk) };
const codes = await dossiers(product.url, keys.counter, keys.agency);
const tally = path.join(product.data, "reached");
let failed = 0;
for (const [who, key] of Object.entries(keys)) {
  console.log(`as ${who}`);
  const done = spawnSync(
    program,
    ["run", `${product.url}/api/v1/openapi.json`, "-H", `Authorization: Bearer ${key}`, "--checks", CHECKS, "--max-examples", examples]
      .concat(["--seed", "20251006", "--phases", "examples,coverage,fuzzing,stateful", "--warnings", "off", "--no-shrink", "--continue-on-failure"]),
    { stdio: "inherit", cwd: product.data, env: { ...process.env, SCHEMATHESIS_HOOKS: HOOKS, PYTHONPATH: here, MOTCUA_URL: product.url, MOTCUA_KEY: key, MOTCUA_CODES: JSON.stringify(codes), MOTCUA_TALLY: tally } },
  );
  failed += done.status === 0 ? 0 : 1;
}
// That the calls come past the doors is part of the proof.
const reached = new Set(existsSync(tally) ? readFileSync(tally, "utf8").trim().split("\n") : []);
console.log(`${reached.size} commands were carried out or refused by a rule`);
failed += reached.size >= LEAST_REACHED ? 0 : 1;
await product.stop();
console.log(`${Object.keys(keys).length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
