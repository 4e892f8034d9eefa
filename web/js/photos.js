// `input[data-photos]`: what was chosen stands below as a list, photographs with a small picture; each can be turned, cut, moved up
// and taken off again, and choosing more adds to it. Without scripts the field works as the browser gives it.
import { complaint, size } from "./files.js";
import { crop } from "./crop.js";
import { asTaken, cannotOpenHeic, draw, isHeic, isPicture, open } from "./picture.js";

const chosen = new WeakMap();
const SMALL = 160;

/** The files of a field in the order in which they are sent, each with how it was changed. */
export function entriesOf(field) {
  return chosen.get(field) ?? [...field.files].map((file) => ({ file, change: asTaken() }));
}

/** Forgets what was chosen: it has been sent. */
export function forget(field) {
  chosen.set(field, []);
  field.value = "";
  show(field);
}

/** Says beside a file what is wrong with it. */
export function wrong(field, entry, words) {
  entry.wrong = words;
  show(field);
}

export function photos() {
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type === "file" && "photos" in field.dataset) add(field);
  });
}

async function add(field) {
  const before = chosen.get(field) ?? [];
  const most = Number(field.dataset.maxBytes) || 0;
  const added = [...field.files].map((file) => ({ file, change: asTaken(), wrong: complaint(file, isPicture(file) ? 0 : most) }));
  // The same file chosen twice is the same file.
  const same = (a, b) => a.file.name === b.file.name && a.file.size === b.file.size && a.file.lastModified === b.file.lastModified;
  const entries = [...before, ...added.filter((entry) => !before.some((old) => same(old, entry)))];
  chosen.set(field, entries);
  show(field);
  for (const entry of entries.filter((e) => isPicture(e.file) && e.bitmap === undefined)) {
    entry.bitmap = entry.wrong ? null : await open(entry.file);
    if (!entry.bitmap && isHeic(entry.file)) entry.wrong = cannotOpenHeic;
    show(field);
  }
}

/** The field holds what the list shows, so that a plain submission sends just that. */
function show(field) {
  const entries = entriesOf(field);
  const files = new DataTransfer();
  for (const { file } of entries.filter((e) => !e.wrong)) files.items.add(file);
  field.files = files.files;
  const bad = entries.some((e) => e.wrong);
  field.classList.toggle("is-invalid", bad);
  field.setAttribute("aria-invalid", String(bad));
  listOf(field).replaceChildren(...entries.map((entry, at) => line(field, entry, at)));
}

function line(field, entry, at) {
  const item = document.createElement("li");
  item.className = "photo";
  if (entry.bitmap) item.append(small(entry));
  const about = document.createElement("div");
  about.className = "photo-about";
  const name = document.createElement("p");
  name.textContent = `${entry.file.name} · ${size(entry.file.size)}${entry.wrong ? ` · ${entry.wrong}` : ""}`;
  if (entry.wrong) name.className = "field-error";
  about.append(name, buttons(field, entry, at));
  item.append(about);
  return item;
}

function small(entry) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", entry.file.name);
  draw(canvas, entry.bitmap, entry.change, SMALL);
  return canvas;
}

function buttons(field, entry, at) {
  const row = document.createElement("div");
  row.className = "buttons";
  const entries = entriesOf(field);
  const then = (act) => async () => {
    await act();
    chosen.set(field, entries);
    show(field);
    listOf(field).children[Math.min(entries.indexOf(entry), entries.length - 1)]?.querySelector("button")?.focus();
  };
  if (entry.bitmap) {
    row.append(button("Xoay", entry, then(() => { entry.change = turned(entry.change); })));
    row.append(button("Cắt", entry, then(async () => { entry.change = await crop(entry.bitmap, entry.change); })));
  }
  if (at > 0) row.append(button("Lên trước", entry, then(() => { entries.splice(at - 1, 0, ...entries.splice(at, 1)); })));
  row.append(button("Bỏ", entry, then(() => { entries.splice(entries.indexOf(entry), 1); })));
  return row;
}

/** A quarter turn to the right; what was cut goes along. */
export function turned({ turns, left, top, right, bottom }) {
  return { turns: (turns + 1) % 4, left: bottom, top: left, right: top, bottom: right };
}

function button(words, entry, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-quiet btn-small";
  made.textContent = words;
  const of = document.createElement("span");
  of.className = "visually-hidden";
  of.textContent = `: ${entry.file.name}`;
  made.append(of);
  made.addEventListener("click", act);
  return made;
}

function listOf(field) {
  const next = field.nextElementSibling;
  if (next?.classList.contains("photos")) return next;
  const list = document.createElement("ol");
  list.className = "photos";
  field.after(list);
  return list;
}
