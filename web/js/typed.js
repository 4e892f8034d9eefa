// What stands in a form: as it was sent by the server, and as it is now.
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
/** They change each time a page is shown and say nothing about what it edits. */
const PASSING = new Set(["once", "act"]);

/** What may be kept of a form: name → values, in order; a tick goes by its value too, because lists change. Secrets, files and
 *  hidden fields are not kept. */
export function keepable(fields) {
  const kept = {};
  for (const field of fields) {
    if (isKept(field)) (kept[slot(field)] ||= []).push(now(field));
  }
  return kept;
}

/** Everything that would be sent but files, for showing the form again by the server. */
export function pairs(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !PASSING.has(name));
}

/** Puts values back; gives the fields that say something else now. */
export function fill(form, fields) {
  const taken = {};
  const changed = [];
  for (const field of form.elements) {
    const values = isKept(field) && fields[slot(field)];
    if (!values) continue;
    const nth = (taken[slot(field)] = (taken[slot(field)] ?? -1) + 1);
    const value = values[nth];
    if (value === undefined || same(value, now(field))) continue;
    put(field, value);
    changed.push(field);
  }
  return changed;
}

/** One number for the values and the hidden versions that the server sent, or that stand there now (`typed`). */
export function fingerprint(form, which = "sent") {
  const of = which === "sent" ? sent : now;
  const fields = [...form.elements].filter((f) => f.name && !PASSING.has(f.name) && (f.type === "hidden" || isKept(f)));
  return hash(JSON.stringify(fields.map((f) => [f.name, of(f)])));
}

/** One number for the rows of a form: which fields there are, and what their hidden ones name. */
export function shape(form) {
  const fields = [...form.elements].filter((f) => f.name && !PASSING.has(f.name) && f.type !== "submit");
  return hash(JSON.stringify(fields.map((f) => [f.name, f.type === "hidden" && f.value])));
}

function isKept(field) {
  return field.name && !field.disabled && !NEVER.has(field.type) && field.autocomplete !== "one-time-code";
}

function slot(field) {
  return isTick(field) ? `${field.name}=${field.value}` : field.name;
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function now(field) {
  if (isTick(field)) return field.checked;
  return field.type === "select-multiple" ? [...field.selectedOptions].map((one) => one.value) : field.value;
}

function sent(field) {
  if (isTick(field)) return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  const chosen = [...field.options].filter((one) => one.defaultSelected).map((one) => one.value);
  if (field.type === "select-multiple") return chosen;
  return chosen.at(-1) ?? field.options[0]?.value ?? "";
}

function put(field, value) {
  if (isTick(field)) field.checked = value;
  else if (field.type === "select-multiple") for (const one of field.options) one.selected = value.includes(one.value);
  else field.value = value;
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Short, and nobody's name can be read from it (cyrb53). */
function hash(text) {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
