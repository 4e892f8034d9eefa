// A scanner is a fast keyboard that ends with Enter. Internal bar codes are digits only and are read
// by key position, so no input method can turn them into letters. A burst on any screen, outside a
// text field, lands in the page's `data-scan` field and sends its form.
import { isTyping } from "./keys.js";

/** People reach about 100 ms a key; scanners stay well below 50. */
const GAP_MS = 50;
const SHORTEST = 8;

export function scanners(root) {
  const burst = newBurst();
  document.addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    const code = burst(event.code, event.timeStamp);
    if (!code) return;
    const field = document.querySelector("[data-scan]");
    if (!field) return;
    event.preventDefault();
    field.value = code;
    field.form?.requestSubmit();
  });
  const first = root.querySelector("[data-scan=focus]");
  if (first && document.activeElement === document.body) first.focus();
}

/** Collects whatever a scanner types, letters too; gives the text at Enter. */
export function newText() {
  let text = "";
  let last = -Infinity;
  return (key, at) => {
    const fast = at - last <= GAP_MS;
    last = at;
    if (key.length === 1) {
      text = fast ? text + key : key;
      return null;
    }
    if (key !== "Enter") return null;
    const whole = fast && text.length >= SHORTEST ? text : null;
    text = "";
    return whole;
  };
}

/** Collects digits; gives the code at Enter if they came as fast as only a scanner sends them. */
export function newBurst() {
  let digits = "";
  let last = -Infinity;
  return (code, at) => {
    const fast = at - last <= GAP_MS;
    last = at;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
    if (digit !== undefined) {
      digits = fast ? digits + digit : digit;
      return null;
    }
    const whole = (code === "Enter" || code === "NumpadEnter") && fast && digits.length >= SHORTEST ? digits : null;
    digits = "";
    return whole;
  };
}
