// Keyboard shortcuts, driven by the page: `data-key="/"`, `data-key="e"`, `data-key="g t,n"` (either).
// A field is focused, a link or button is pressed. Rows (`data-rows` around `data-row` links) are
// walked with j and k and ticked with x; Enter on a link is the browser's own.
// WCAG 2.1.4: `<html data-keys="off">` or the switch in the `?` sheet turns them all off.
// Never while typing: Telex makes letters of letters.
const SWITCH = "motcua.keys";
const CHORD_MS = 1200;
let waiting = null;
/** People reach about 100 ms a key; scanners stay well below this. */
const SCAN_GAP_MS = 50;
let burst = { at: -Infinity, digits: 0 };
let digit = 0;

export function shortcuts(root) {
  const page = root.documentElement;
  if (remembered() === "off") page.dataset.keys = "off";
  for (const box of root.querySelectorAll("[data-keys-switch]")) box.checked = page.dataset.keys !== "off";
  document.addEventListener("change", flip);
  document.addEventListener("keydown", pressed);
}

/** True where a key press means a letter, not a command. */
export function isTyping(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return true;
  const at = event.target;
  if (!at?.closest) return false;
  if (at.closest("textarea, select, [contenteditable]:not([contenteditable='false'])")) return true;
  const field = at.closest("input");
  return !!field && !["checkbox", "radio", "button", "submit", "reset", "file"].includes(field.type);
}

/** The digit of a key by its place: on the Vietnamese layout of Windows the row of digits gives letters and marks. */
export function digitOf({ code = "", key, shiftKey }) {
  if (/^\d$/.test(key)) return key;
  const place = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  return place !== undefined && !shiftKey ? place : "";
}

/** The name of a press: one key, or "g h" when g was pressed just before. */
export function chord(before, key, now) {
  return before && now - before.at < CHORD_MS ? `${before.key} ${key}` : key;
}

function pressed(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  // Function keys are no letters: they work while one types, and cannot be typed by accident.
  const isFunction = /^F\d+$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (isFunction) {
    if (act(event.key)) event.preventDefault();
    return;
  }
  if (document.documentElement.dataset.keys === "off" || isTyping(event) || isScanned(event)) return;
  const number = digitOf(event);
  if (number) {
    // Perhaps the first digit of a scan: whoever types by hand leaves a pause.
    digit = setTimeout(() => act(number), SCAN_GAP_MS);
    return;
  }
  const name = chord(waiting, event.key, event.timeStamp);
  waiting = event.key === "g" && name === "g" ? { key: "g", at: event.timeStamp } : null;
  if (walk(name) || act(name)) event.preventDefault();
}

/** Part of what a scanner types: keys that follow each other faster than fingers, after a run of digits. */
function isScanned(event) {
  const fast = event.timeStamp - burst.at < SCAN_GAP_MS;
  if (fast) clearTimeout(digit);
  const isDigit = digitOf(event) !== "";
  burst = { at: event.timeStamp, digits: fast ? burst.digits + (isDigit ? 1 : 0) : isDigit ? 1 : 0 };
  return fast && (isDigit || burst.digits >= 8);
}

function act(name) {
  if (name === "?") return openSheet();
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(",").includes(name) && visible(one));
  if (!target) return false;
  // The next step is not taken by a letter while one of its own form's fields has the focus, a tick or a choice among them.
  const at = document.activeElement;
  if (name === "e" && at?.matches("input, select, textarea") && target.form && at.form === target.form) return false;
  // The dossier beside the list is still another one than the row (beside.js): its step would be the wrong one's.
  if (target.closest("[data-detail][aria-busy]")) return true;
  if (target.matches("input, textarea, select")) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
  return true;
}

function openSheet() {
  const sheet = document.querySelector("dialog[data-keys-sheet]");
  if (!sheet) return false;
  sheet.showModal();
  return true;
}

function walk(name) {
  const step = { j: 1, k: -1 }[name];
  if (name === "x") return tick();
  if (!step) return false;
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")].filter(visible);
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row === document.activeElement || row.getAttribute("aria-current") === "true");
  // Beyond the last row is the next page, before the first the page before.
  const turn = document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]");
  const from = rows.indexOf(document.activeElement) < 0 ? here : rows.indexOf(document.activeElement);
  if (from >= 0 && !rows[from + step] && turn) {
    turn.click();
    return true;
  }
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1);
  const focused = rows.indexOf(document.activeElement);
  rows[focused < 0 ? next : Math.min(Math.max(focused + step, 0), rows.length - 1)].focus();
  return true;
}

function tick() {
  // After Enter the focus is in the dossier beside; its row is still the one that is meant.
  const row = document.activeElement?.closest("[data-rows] > *") ?? document.querySelector('[data-rows] [data-row][aria-current="true"]')?.closest("[data-rows] > *");
  const box = row?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}

function visible(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}

function flip(event) {
  if (!event.target.matches?.("[data-keys-switch]")) return;
  const state = event.target.checked ? "on" : "off";
  document.documentElement.dataset.keys = state;
  try {
    localStorage.setItem(SWITCH, state);
  } catch {
    return;
  }
}

function remembered() {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
}
