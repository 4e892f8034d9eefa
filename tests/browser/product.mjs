// The built product in a folder of its own: migrated, a small demo province, five people of ours, served on free ports.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { prepare, startIdentity, startPortal, startRegisters } from "./outside.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.MOTCUA ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "debug/motcua");

export const PASSWORD = "bốn con ngựa trắng";
/** Sở Xây dựng. */
export const AGENCY = "H49.24";
/** Sở Tài chính, whose opinion is asked. */
export const COLLEAGUE_AGENCY = "H49.19";
/** One more that takes part: Sở Tư pháp. */
export const THIRD_AGENCY = "H49.21";
const AGENCIES = { colleague: COLLEAGUE_AGENCY, third: THIRD_AGENCY };
/** Whom the tests enter as: login, role. */
export const PEOPLE = {
  intake: "thu.tiepnhan",
  head: "thu.truongphong",
  specialist: "thu.chuyenvien",
  leader: "thu.lanhdao",
  clerk: "thu.vanthu",
  desk: "thu.traketqua",
  control: "thu.kiemsoat",
  colleague: "thu.phoihop",
  third: "thu.phoihop2",
  hotline: "thu.tongdai",
};
const ROLES = {
  intake: "intake_officer",
  head: "unit_head",
  specialist: "specialist",
  leader: "agency_leader",
  clerk: "clerk",
  desk: "return_desk",
  control: "procedure_control",
  colleague: "specialist",
  third: "specialist",
  hotline: "hotline_operator",
};

/** Starts it for a province, with a national portal, or an OpenID provider and the national registers, outside when asked for, or with
 *  a legal clock that stands; gives its address, a way to run its commands, a way to move that clock, and a way to stop it. */
export async function start({ profile = "quang-ninh", people = PEOPLE, portal = false, identity = false, clock = false } = {}) {
  if (!existsSync(program)) throw new Error(`${program} is not built: cargo build -p motcua`);
  const data = mkdtempSync(path.join(tmpdir(), "motcua-browser-"));
  const run = (args, input) => command(data, args, input);
  run(["migrate", "--profile", profile]);
  // Whoever moves the clock waits until every slip of the demo is archived.
  run(["demo", "--dossiers", clock ? "2" : "40", "--seed", "7"]);
  for (const [key, login] of Object.entries(people)) {
    run(["admin", "officer", "add", login, "--agency", AGENCIES[key] ?? AGENCY, "--unit", "main", "--role", ROLES[key], "--password-stdin"], PASSWORD);
  }
  const outside = portal ? await prepare(data, run) : undefined;
  const provider = identity ? await startIdentity() : undefined;
  const registers = identity ? await startRegisters(path.join(path.dirname(program), "outside")) : undefined;
  const file = clock ? withClock(data) : outside?.config;
  const options = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", ...(clock ? ["--test-clock", legal(Date.now())] : [])];
  const server = spawn(program, [...(file ? ["--config", file] : []), "--data", data, "serve", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...provider?.env, ...registers?.env },
  });
  const log = [];
  server.stderr.on("data", (text) => log.push(text));
  const { url, admin_url: admin } = await ready(server, log);
  const beside = outside ? await startPortal(path.join(path.dirname(program), "outside"), outside, url) : undefined;
  const stop = async () => {
    await beside?.stop();
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await ended;
    await provider?.stop();
    await registers?.stop();
    rmSync(data, { recursive: true, force: true });
    return Buffer.concat(log).toString();
  };
  return { url, data, run, stop, password: PASSWORD, portal: beside?.url, clock: (at) => moveTo(admin, at) };
}

function withClock(data) {
  const config = path.join(data, "motcua.toml");
  writeFileSync(config, "[test]\nclock = true\n");
  return config;
}

/** A moment as the law writes it, without fractions of a second. */
const legal = (at) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** Moves the legal clock and lets everything happen that is due then. */
async function moveTo(admin, at) {
  const ask = async (path, method, body) => {
    const answer = await fetch(`${admin}${path}`, { method, body, headers: body && { "content-type": "application/json" } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  await ask("/test/clock", "PUT", JSON.stringify({ now: legal(at) }));
  await ask("/test/settle", "POST");
}

function command(data, args, input) {
  const done = spawnSync(program, ["--data", data, ...args], { input, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`motcua ${args.join(" ")}: ${done.stderr || done.stdout}`);
  return done.stdout;
}

function ready(server, log) {
  return new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once("line", (line) => resolve(JSON.parse(line)));
    server.once("exit", () => reject(new Error(`serve ended: ${Buffer.concat(log)}`)));
  });
}
