// `[data-folder]` names the folder into which the scanner writes; `[data-folder-take]` beside a paper takes what came into it
// since the last taking. Only where the browser can open folders; elsewhere neither is seen. Which folder it is, this browser
// remembers for this officer; that it may be read, the officer says anew when the browser asks.
import { joined } from "./counter.js";

/** What was scanned shortly before the page was opened belongs to the citizen who stands there. */
const BEFORE_MS = 120_000;
const STORE = "folders";
let folder = null;
let since = Date.now() - BEFORE_MS;

export function folders(root) {
  if (!("showDirectoryPicker" in globalThis) || !root.querySelector("[data-folder]")) return;
  document.documentElement.classList.add("has-folders");
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-folder], [data-folder-take]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-folder]")) choose();
    else take(button);
  });
  recall();
}

const who = () => document.body.dataset.who ?? "";

async function recall() {
  const known = await kept().catch(() => null);
  if (!known || (await known.queryPermission?.({ mode: "read" })) !== "granted") return;
  open(known);
}

async function choose() {
  const known = await kept().catch(() => null);
  if (!folder && known && (await known.requestPermission?.({ mode: "read" })) === "granted") return open(known);
  const chosen = await globalThis.showDirectoryPicker({ id: "may-quet", mode: "read" }).catch(() => null);
  if (!chosen) return;
  await keep(chosen).catch(() => null);
  open(chosen);
}

function open(handle) {
  folder = handle;
  document.documentElement.classList.add("has-folder");
  tell(document.querySelector("[data-folder-told]"), handle.name);
}

async function take(button) {
  const field = button.closest(".check-file")?.querySelector("input[type=file]");
  const told = button.parentElement.querySelector("[data-folder-new]");
  const files = await fresh().catch(() => null);
  // The folder is gone, or may be read no more.
  if (!files) return tell(told, button.dataset.folderLost);
  if (!files.length) return tell(told, button.dataset.folderNone);
  since = Math.max(...files.map((file) => file.lastModified));
  field.files = joined(field.files, files).files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  tell(told, "");
}

/** What came into the folder since the last taking, oldest first; what programs write beside it begins with a dot. */
async function fresh() {
  const found = [];
  for await (const one of folder.values()) {
    if (one.kind !== "file" || one.name.startsWith(".")) continue;
    const file = await one.getFile();
    if (file.size && file.lastModified > since) found.push(file);
  }
  return found.sort((a, b) => a.lastModified - b.lastModified);
}

function tell(place, words) {
  if (place) place.textContent = words ?? "";
}

function shelf(mode, use) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("motcua-folders", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const request = use(asked.result.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    };
  });
}

const kept = () => shelf("readonly", (store) => store.get(who()));
const keep = (handle) => shelf("readwrite", (store) => store.put(handle, who()));
