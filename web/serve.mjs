// Serves the pattern pages and dist/ on loopback with the policy the program sends, so that
// anything the policy would block shows here first.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json" };
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

function fileOf(url) {
  const { pathname } = new URL(url, "http://localhost");
  const [folder, rest] = pathname.startsWith("/assets/") ? ["dist", pathname.slice(8)] : ["patterns", pathname.slice(1)];
  const file = path.join(here, folder, rest);
  return file.startsWith(path.join(here, folder) + path.sep) && existsSync(file) ? file : null;
}

/** A pattern page with what it shares with others, `<!-- part: NAME -->` from `patterns/parts/`. */
function composed(file) {
  const part = (_, name) => readFileSync(path.join(here, "patterns/parts", `${name}.html`), "utf8").trimEnd();
  return readFileSync(file, "utf8").replace(/<!-- part: ([a-z-]+) -->/g, part);
}

/** Starts on a free port; gives the address and a way to stop. */
export function serve(port = 0) {
  const server = createServer((request, response) => {
    const file = fileOf(request.url);
    response.setHeader("Content-Security-Policy", POLICY);
    if (!file) return response.writeHead(404).end();
    response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
    if (path.extname(file) === ".html") return response.end(composed(file));
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => resolve({ url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }));
  });
}
