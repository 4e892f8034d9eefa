// What stands beside a product: the national portal's stand-in with its account, key and configuration, and an OpenID provider.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** What the product must know before it serves: the file with its configuration, and where the portal will be. */
export async function prepare(data, run) {
  const address = `127.0.0.1:${await freePort()}`;
  run(["admin", "officer", "add", "cong.thu", "--agency", "H49.28", "--unit", "main", "--role", "national_portal"]);
  const key = path.join(data, "portal.key");
  writeFileSync(key, run(["admin", "key", "create", "--officer", "cong.thu", "--scope", "portal:submit"]));
  chmodSync(key, 0o600);
  const config = path.join(data, "motcua.toml");
  const site = `http://${address}`;
  writeFileSync(config, `[national_portal]\nurl = "${site}/dong-bo"\nsender = "H49"\ncitizens_url = "${site}"\nin_demo = true\n`);
  return { address, key, config };
}

/** Starts it for a product that serves; gives its address and a way to stop it. */
export async function startPortal(program, { address, key }, motcua) {
  if (!existsSync(program)) throw new Error(`${program} is not built: cargo build -p outside`);
  const portal = spawn(program, ["portal", "--listen", address, "--motcua", motcua, "--key-file", key], { stdio: ["ignore", "pipe", "inherit"] });
  const { url } = await new Promise((resolve, reject) => {
    createInterface({ input: portal.stdout }).once("line", (line) => resolve(JSON.parse(line)));
    portal.once("exit", (code) => reject(new Error(`the portal ended with ${code}`)));
  });
  const stop = () => {
    const ended = new Promise((done) => portal.once("exit", done));
    portal.kill("SIGINT");
    return ended;
  };
  return { url, stop };
}

/** The national registers with the provider's citizens in them (LNK-02); gives what the product must know of them and a way to stop them. */
export async function startRegisters(program) {
  if (!existsSync(program)) throw new Error(`${program} is not built: cargo build -p outside`);
  const registers = spawn(program, ["registers", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  const { url } = await new Promise((resolve, reject) => {
    createInterface({ input: registers.stdout }).once("line", (line) => resolve(JSON.parse(line)));
    registers.once("exit", (code) => reject(new Error(`the registers ended with ${code}`)));
  });
  const stop = () => {
    const ended = new Promise((done) => registers.once("exit", done));
    registers.kill("SIGINT");
    return ended;
  };
  const env = { MOTCUA_REGISTRIES__POPULATION__URL: `${url}/cong-dan`, MOTCUA_REGISTRIES__ENTERPRISE__URL: `${url}/doanh-nghiep` };
  return { env, stop };
}

/** A real OpenID provider with made-up citizens; gives what the product must know of it and a way to stop it. */
export async function startIdentity() {
  const folder = fileURLToPath(new URL("../identity", import.meta.url));
  if (!existsSync(path.join(folder, "node_modules"))) throw new Error("run npm ci in tests/identity");
  const provider = spawn(process.execPath, ["provider.mjs", "0"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  const { issuer } = await new Promise((resolve, reject) => {
    createInterface({ input: provider.stdout }).once("line", (line) => resolve(JSON.parse(line)));
    provider.once("exit", (code) => reject(new Error(`the OpenID provider ended with ${code}`)));
  });
  const stop = () => {
    const ended = new Promise((done) => provider.once("exit", done));
    provider.kill("SIGTERM");
    return ended;
  };
  const env = { MOTCUA_IDENTITY__ISSUER: issuer, MOTCUA_IDENTITY__CLIENT_ID: "motcua", MOTCUA_IDENTITY__LABEL: "định danh dùng thử" };
  return { env, stop };
}
