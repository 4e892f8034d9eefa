// Makes dist/ from npm packages and our own sources. `npm ci` runs it (see "prepare").
// dist/ is all the program embeds; manifest.json tells it each file's hash for cache busting.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import * as sass from "sass";
import { favicon, iconNames, sprite } from "./icons.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const require = createRequire(import.meta.url);

/** The folder of an installed package, wherever npm put it. */
function packageDir(name) {
  const entry = require.resolve.paths(name).map((dir) => path.join(dir, name));
  const found = entry.find((dir) => readIfThere(path.join(dir, "package.json")));
  if (!found) throw new Error(`${name} is not installed: run npm ci in web/`);
  return found;
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Twelve hex digits of SHA-256: enough to tell versions apart, short enough for a URL. */
function shortHash(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 12);
}

/** Copies the two subsets and two weights the screens use (about 67 kB in all). */
function copyFonts() {
  const files = path.join(packageDir("@fontsource/be-vietnam-pro"), "files");
  mkdirSync(path.join(dist, "fonts"), { recursive: true });
  for (const subset of ["latin", "vietnamese"]) {
    for (const weight of [400, 600]) {
      const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      cpSync(path.join(files, name), path.join(dist, "fonts", `be-vietnam-pro-${subset}-${weight}.woff2`));
    }
  }
}

/** Compiles the theme and gives each font its hash, so that fonts may be cached for ever. */
function buildStyles() {
  const { css } = sass.compile(path.join(here, "theme", "app.scss"), {
    style: "compressed",
    loadPaths: [path.dirname(packageDir("bootstrap"))],
    // Bootstrap 5.3 is written for @import; its own warnings are not ours to mend.
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  const hashed = css.replace(/url\("?(fonts\/[\w.-]+)"?\)/g, (_, file) => {
    return `url(${file}?v=${shortHash(readFileSync(path.join(dist, file)))})`;
  });
  if (/url\(\s*["']?data:/.test(hashed)) throw new Error("app.css holds a data: URL, which the content security policy blocks");
  writeFileSync(path.join(dist, "app.css"), hashed);
}

function buildScripts() {
  cpSync(path.join(packageDir("htmx.org"), "dist", "htmx.min.js"), path.join(dist, "htmx.min.js"));
  buildSync({
    entryPoints: [path.join(here, "js", "app.js")],
    outfile: path.join(dist, "app.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    logLevel: "warning",
  });
}

function buildSprite() {
  const folder = path.join(packageDir("bootstrap-icons"), "icons");
  writeFileSync(path.join(dist, "icons.svg"), sprite(iconNames, (file) => readFileSync(path.join(folder, `${file}.svg`), "utf8")));
  writeFileSync(path.join(dist, "favicon.svg"), favicon);
}

/** One line a file: path below dist/, its SHA-256 and size. */
function writeManifest() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
  const manifest = {};
  for (const file of files) {
    const bytes = readFileSync(path.join(dist, file));
    manifest[file.split(path.sep).join("/")] = {
      v: shortHash(bytes),
      integrity: `sha256-${createHash("sha256").update(bytes).digest("base64")}`,
      bytes: bytes.length,
    };
  }
  writeFileSync(path.join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** Packs what packs well, as small as it gets: the server sends these bytes and packs nothing for each visitor. */
function pack() {
  const texts = readdirSync(dist).filter((name) => /\.(css|js|svg)$/.test(name));
  for (const name of texts) {
    const bytes = readFileSync(path.join(dist, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(path.join(dist, `${name}.br`), brotliCompressSync(bytes, { params }));
    writeFileSync(path.join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
copyFonts();
buildStyles();
buildScripts();
buildSprite();
writeManifest();
pack();
