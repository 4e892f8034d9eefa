// `<form data-keep="intake:1.009994">`: what is typed outlives a reload, a dropped line and a sign-in, and nothing longer than
// that: it goes as soon as the server has taken the form (see kept.js) or has answered with a page of its own.
// - A page in answer to a sent form (`<meta name="motcua-answer">`) is the truth; nothing is put over it.
// - A record knows what the server had sent when it was typed (`fingerprint`): the values and the hidden versions. When that is
//   something else now, what was typed is offered, never put in silently.
// - `data-keep-new`: the form makes something new, so it may be for another citizen now. What was typed comes back by itself
//   only after a reload or a sign-in on the way; else it is offered, and none of it is seen before somebody asks.
// - `data-keep-again="again"`: the server can show the form again by that `act`, with other rows and the files it has.
// - `[data-keep-waits=PATH]` is the sign-in or an error on the way to PATH; `[data-keep-drop]` leaves a form for good;
//   `form[data-keep-forget]` (sign-out) forgets everything, and so does another officer in the same tab (`body[data-who]`).
import { announce, belongTo, forget, forgetAll, read, records, wasTaken, write } from "./kept.js";
import { fill, fingerprint, keepable, pairs, shape } from "./typed.js";
import { note } from "./keep-note.js";

const bases = new WeakMap();
const handed = new WeakSet();

export function rememberForms(root) {
  belongTo(document.body.dataset.who);
  const about = settle(root);
  for (const form of root.querySelectorAll("form[data-keep]")) meet(form, about);
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  document.addEventListener("submit", sending);
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-keep-drop]");
    if (way?.closest("form")?.dataset.keep) forget(way.closest("form").dataset.keep);
  });
  document.addEventListener("motcua:swapped", (event) => {
    for (const form of event.target.querySelectorAll("form[data-keep]")) meet(form);
  });
  document.addEventListener("motcua:drafted", (event) => drafted(event.target, event.detail));
  // The browser's own copy of a page whose form was taken shows the last citizen.
  window.addEventListener("pageshow", (event) => {
    const left = [...document.querySelectorAll("form[data-keep]")].some((form) => handed.has(form) && !read(form.dataset.keep));
    if (event.persisted && left) location.reload();
  });
}

/** What became of what was sent: the records whose form this page answers, and whether it answers one at all. */
function settle(root) {
  const waits = root.querySelector("[data-keep-waits]");
  const isAnswer = Boolean(root.querySelector('meta[name="motcua-answer"]'));
  const answered = new Map();
  for (const [key, record] of records()) {
    if (record.sent && wasTaken(record.sent)) forget(key);
    else if (waits) wait(key, record, waits.dataset.keepWaits);
    else if (record.sent && isAnswer) {
      answered.set(key, record);
      forget(key);
    }
  }
  return { answered, isAnswer };
}

/** The sign-in, or an error, stands between a form and its answer: after it the form is filled again. */
function wait(key, record, next) {
  const isNext = new URL(next, location.href).pathname === record.page;
  if (record.sent || isNext) write(key, { ...record, sent: "", back: true });
}

function meet(form, { answered = new Map(), isAnswer = false } = {}) {
  const key = form.dataset.keep;
  const first = answered.get(key);
  // The answer's own values are typed ones: against what the server has stored, they are as new as before.
  const known = isAnswer && (first ?? read(key));
  bases.set(form, known?.base ?? fingerprint(form));
  if (first) save(form);
  else recall(form, isAnswer);
}

function recall(form, isAnswer) {
  const record = read(form.dataset.keep);
  if (!record || record.state === fingerprint(form)) return;
  const isSame = record.base === bases.get(form);
  const isOurs = record.back || cameBack() || !("keepNew" in form.dataset);
  if (isSame && isOurs && !isAnswer) putBack(form, record);
  else note(form, isSame ? "left" : "changed", record.at, { restore: () => putBack(form, record), drop: () => drop(form, record) });
}

function cameBack() {
  return ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
}

function putBack(form, record) {
  if (form.dataset.keepAgain && record.shape !== shape(form)) {
    askAgain(form, record);
    return;
  }
  const changed = fill(form, record.fields);
  // The form is the one that may have been sent: the server then does nothing twice.
  if (record.once && form.elements.once) form.elements.once.value = record.once;
  save(form);
  for (const field of changed) field.dispatchEvent(new Event("change", { bubbles: true }));
  note(form, "restored", record.at, { drop: () => drop(form) });
}

/** The server shows the form again with everything that was in it. */
function askAgain(form, record) {
  const copy = form.cloneNode(false);
  for (const [name, value] of [...record.sends, ["act", form.dataset.keepAgain], ["once", record.once]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    copy.append(field);
  }
  copy.hidden = true;
  form.after(copy);
  const sent = announce();
  write(form.dataset.keep, { ...record, sent, back: false });
  copy.submit();
}

function drop(form, record) {
  const stored = read(form.dataset.keep);
  if (!record || stored?.at === record.at) forget(form.dataset.keep);
  if (!record) form.reset();
}

function keep(event) {
  const form = event.target.form;
  if (form?.dataset.keep) save(form);
}

function save(form, sent = "") {
  const record = { at: Date.now(), page: location.pathname, base: bases.get(form), state: fingerprint(form, "typed"), sent };
  Object.assign(record, { shape: shape(form), fields: keepable(form.elements), once: form.elements.once?.value });
  if (form.dataset.keepAgain) record.sends = pairs(form);
  write(form.dataset.keep, record);
}

function sending(event) {
  const form = event.target;
  if ("keepForget" in form.dataset) forgetAll();
  // A second press while the first is under way sends nothing (submit.js).
  if (!form.dataset.keep || form.getAttribute("aria-busy") === "true") return;
  handed.add(form);
  save(form, announce());
}

/** The server keeps it as a draft now, as it was when it was sent there. */
function drafted(form, state) {
  if (!form.dataset.keep) return;
  bases.set(form, state);
  if (read(form.dataset.keep)?.state === state) forget(form.dataset.keep);
  else save(form);
}
