// The QR code of a citizen's card, as a scanner types it:
// number|old number|name|ddMMyyyy|sex|address|issued. It is taken wherever the cursor stands: in the field for it, in
// another field of the form (whose own text is put back), or nowhere.
import { isTyping } from "./keys.js";
import { newText } from "./scan.js";

const BARS = ["|", "｜", "¦", "~", "\t", "\\", "¬"];

/** What the card says, or nothing. What a scanner lost (question marks for letters) is left out. */
export function readCard(text) {
  const clean = text.replace(/^\uFEFF/, "").trim().replace(/^\][A-Za-z]\w/, "");
  const bar = BARS.find((one) => clean.split(one).length > 4);
  if (!bar) return null;
  const fields = clean.split(bar).map((field) => field.trim());
  const number = fields.shift().replace(/[ .]/g, "");
  if (!/^(?!000|09[789])\d{12}$/.test(number)) return null;
  if (!fields[0] || isNumber(fields[0])) fields.shift();
  const name = isNumber(fields[0]) ? "" : fields.shift();
  fields.shift();
  if (/^(nam|n[uữ].{0,2}|)$/i.test(fields[0] ?? "")) fields.shift();
  const address = isNumber(fields[0] ?? "") ? "" : fields.shift();
  return { number, name: letters(name), address: letters(address) };
}

/** What stood in a field before a card was scanned into it, and the card. */
export function apart(value) {
  const at = value.search(/\d{12}(?=[|｜¦~\t\\¬])/);
  if (at < 0) return [value, ""];
  return [value.slice(0, at).replace(/\][A-Za-z]\w$/, ""), value.slice(at)];
}

function isNumber(field) {
  return /^[\d/ .-]{8,}$/.test(field ?? "");
}

function letters(text) {
  return text && !/[?\uFFFD□]/.test(text) ? text.replace(/\s+/g, " ") : "";
}

/** Without marks it may be spelled in Telex, which the server reads. */
export function needsServer(card) {
  return /^[\x20-\x7e]+$/.test(card.name);
}

/** `[data-card-number]` takes the number of a scanned card, and marks whose it is (`[data-identity]`). */
function numbers(root) {
  root.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !field.matches?.("[data-card-number]")) return;
    const card = readCard(field.value);
    if (!card) return;
    event.preventDefault();
    field.value = card.number;
    const whose = field.form.querySelector(`[data-identity="${CSS.escape(card.number)}"]`);
    if (whose) whose.checked = true;
  });
}

export function cards(root) {
  numbers(root);
  const field = root.querySelector("[data-card]");
  if (!field) return;
  if (document.activeElement === document.body) field.focus();
  field.form.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "Enter" || !at.matches("input")) return;
    const [before, text] = at === field ? ["", at.value] : apart(at.value);
    const card = readCard(text);
    if (!card) {
      // Enter in the scanner's field must not send a half-filled form.
      if (at === field) event.preventDefault();
      return;
    }
    event.preventDefault();
    at.value = before;
    take(field, card, text);
  });
  const burst = newText();
  document.addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    const text = burst(event.key, event.timeStamp);
    const card = text && readCard(text);
    if (!card) return;
    event.preventDefault();
    take(field, card, text);
  });
}

function take(field, card, text) {
  if (needsServer(card)) {
    field.value = text;
    field.form.requestSubmit(field.form.querySelector('[name=act][value=card]'));
    return;
  }
  const put = (name, value) => {
    const one = field.form.elements[`applicant.${name}`];
    if (!one || !value) return;
    one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  };
  put("kind", "citizen");
  put("name", card.name);
  put("address", card.address);
  put("identity", card.number);
  field.value = "";
  field.form.elements["applicant.phone"]?.focus();
}
