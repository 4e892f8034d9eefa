// A scanner is a fast keyboard that ends with Enter. What it types is collected whole, wherever the cursor stands, and
// digits are read by key position: no Vietnamese layout can turn them into letters. Outside a text field a citizen's card
// goes to the field for cards, and everything else to the page's `data-scan` field, whose form is sent.
import { digitOf, isTyping } from "./keys.js";
import { readCard } from "./card-text.js";

/** People reach about 100 ms a key; scanners stay well below 50. */
const GAP_MS = 50;
const SHORTEST = 8;

export function scanners(root) {
  const burst = newBurst();
  let field = null;
  let before = "";
  // Before all others, so that they find in the field what the scanner meant.
  document.addEventListener("keydown", (event) => {
    const typing = isTyping(event);
    if (event.key !== "Enter" && (field !== event.target || !burst.isRunning(event.timeStamp))) {
      field = event.target;
      before = typing ? (event.target.value ?? "") : "";
    }
    const scan = burst.press(event);
    if (!scan) return;
    if (typing) byPosition(event.target, before, scan);
    else if (give(scan)) event.preventDefault();
  }, true);
  const first = root.querySelector("[data-scan=focus]");
  if (first && document.activeElement === document.body) first.focus();
}

/** Puts into a field what the keys mean by their places, where the layout made something else of them. */
function byPosition(field, before, scan) {
  if (!field.matches?.("input") || scan.text === scan.typed || !scan.isClean) return;
  // A letter and the mark that came behind it may have become one sign.
  if (field.value.normalize("NFC") !== (before + scan.typed).normalize("NFC")) return;
  field.value = before + scan.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A scan that landed in no field. True when somebody takes it. */
function give(scan) {
  if (readCard(scan.text)) {
    const taker = document.querySelector("[data-card], [data-card-number]");
    if (taker) return taker.dispatchEvent(new CustomEvent("motcua:card", { bubbles: true, detail: scan.text }));
  }
  const field = document.querySelector("[data-scan]");
  if (!field) return false;
  field.value = scan.text;
  field.form?.requestSubmit();
  return true;
}

/** What a key means on the layout that scanners are set to: digits and the bar by their places, all else as it is. */
export function meant(event) {
  const { code = "", key, shiftKey } = event;
  if (code === "Backslash" && shiftKey) return "|";
  return digitOf(event) || (key?.length === 1 ? key : "");
}

/** Collects keys; at Enter gives what came as fast as only a scanner sends it: `text` by position, `typed` as it arrived. */
export function newBurst() {
  let [text, typed, last, isClean] = ["", "", -Infinity, true];
  const isRunning = (at) => at - last <= GAP_MS;
  const press = (event) => {
    const { key, timeStamp } = event;
    const fast = isRunning(timeStamp);
    last = timeStamp;
    if (!fast) [text, typed, isClean] = ["", "", true];
    if (key === "Enter") {
      const scan = fast && text.length >= SHORTEST ? { text, typed, isClean } : null;
      [text, typed] = ["", ""];
      return scan;
    }
    if (key === "Shift") return null;
    // Unikey and its kin take letters back and put the marked ones in their place.
    if (key === "Backspace") {
      [text, typed, isClean] = [text.slice(0, -1), typed.slice(0, -1), false];
      return null;
    }
    // A letter sent as Alt and its number: which one is not seen here, that there was one is.
    if (key === "Alt") text += "?";
    if (event.altKey || key === "Alt") {
      isClean = false;
      return null;
    }
    // A key that moves or deletes is the hand before the scanner.
    if (/^(Arrow|Page|F\d)|^(End|Home|Tab|Escape|Delete|Insert)$/.test(key)) {
      [text, typed, isClean, last] = ["", "", true, -Infinity];
      return null;
    }
    const one = meant(event);
    if (!one || key?.length !== 1 || event.isComposing) isClean = false;
    text += one;
    typed += key?.length === 1 ? key : "";
    return null;
  };
  return { press, isRunning };
}
