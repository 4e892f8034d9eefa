// An outside judge of the API: schemathesis makes calls from the OpenAPI document, well-formed and not, with a key that
// may do everything. No answer may be a 5xx, and each must have a status, a media type and a shape that the document gives.
//   node tests/schemathesis.mjs [examples for each operation]
// Needs Python; schemathesis itself goes into target/schemathesis. SCHEMATHESIS names a ready one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PEOPLE, start } from "./browser/product.mjs";

const VERSION = "4.32.5";
const SCOPES = ["dossier:read", "dossier:write", "catalogue:write", "report:read", "admin"];
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
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

const program = judge();
const product = await start();
const scopes = SCOPES.flatMap((scope) => ["--scope", scope]);
const { key } = JSON.parse(product.run(["--json", "admin", "key", "create", "--officer", PEOPLE.intake, ...scopes]));
const checks = "not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance";
const done = spawnSync(
  program,
  ["run", `${product.url}/api/v1/openapi.json`, "-H", `Authorization: Bearer ${key}`, "--checks", checks, "--max-examples", examples]
    .concat(["--seed", "20251006", "--phases", "examples,coverage,fuzzing", "--warnings", "off", "--no-shrink", "--continue-on-failure"]),
  { stdio: "inherit", cwd: product.data },
);
await product.stop();
console.log(done.status === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
process.exitCode = done.status ?? 1;
