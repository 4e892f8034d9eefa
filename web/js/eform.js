// `[data-when=NAME][data-when-is="a b"]`: is only asked while the field NAME has one of these answers (any, when none is named).
// Without scripts everything is shown with its condition in words (`[data-when-words]`), and the server passes over what it does
// not ask; here what is not asked is hidden, and so are the words.
import { mark } from "./check.js";

const PAUSE_MS = 250;

export function eforms() {
  judging();
  conditions();
}

function conditions() {
  const all = [...document.querySelectorAll("[data-when]")];
  if (!all.length) return;
  const renew = () => {
    // Outer ones stand first: what is asked inside something hidden has no answer.
    for (const one of all) one.hidden = !holds(one);
  };
  for (const words of document.querySelectorAll("[data-when-words]")) words.hidden = true;
  document.addEventListener("change", renew);
  renew();
}

function holds(one) {
  const answer = answerOf(one.closest("form"), one.dataset.when);
  const wanted = one.dataset.whenIs.split(" ").filter(Boolean);
  return answer !== "" && (!wanted.length || wanted.includes(answer));
}

/** What the form answers there; a field that is hidden itself answers nothing. */
function answerOf(form, name) {
  const fields = [...(form?.elements ?? [])].filter((field) => field.name === name && !field.closest("[data-when][hidden]"));
  const chosen = fields.find((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim()));
  return chosen ? chosen.value.trim() : "";
}

// `form[data-faults]`: what is wrong with a field stands beside it as soon as it is left, and goes as soon as it is mended. The
// server says it, by `act=check`, which keeps nothing; what is only empty is said when the whole form is sent.
function judging() {
  let timer = 0;
  document.addEventListener("change", (event) => {
    if (isJudged(event.target)) ask(event.target);
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    clearTimeout(timer);
    if (isJudged(field) && isMarked(field)) timer = setTimeout(() => ask(field), PAUSE_MS);
  });
}

function isJudged(field) {
  return field.form && "faults" in field.form.dataset && field.name && field.type !== "file";
}

function isMarked(field) {
  return Boolean(document.getElementById(`${field.name}-error`));
}

/** Fields that were left and wait for an answer. */
const left = new Set();
let latest = 0;

async function ask(field) {
  const form = field.form;
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("act", "check");
  left.add(field.name);
  const mine = (latest += 1);
  const answer = await fetch(location.pathname, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== latest) return;
  tell(form, await answer.json());
  left.clear();
}

function tell(form, faults) {
  // Another answer may have mended what is marked elsewhere, such as the province of a commune.
  const names = new Set([...form.elements].filter((one) => isJudged(one) && isMarked(one)).map((one) => one.name));
  for (const name of left) if (faults[name] && !faults[name].missing) names.add(name);
  for (const name of names) {
    const words = faults[name]?.words ?? "";
    const isSaid = words && document.getElementById(`${name}-error`)?.textContent.includes(words);
    // A choice is marked as a whole, by its frame.
    const place = document.getElementById(name);
    if (place && !isSaid) mark(place, words);
  }
}
