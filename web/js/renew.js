// `form[data-renew=ACT]`: when somebody changes what a case, a date or a fee depends on (`[data-renews]`), the server shows the
// form again by ACT, and the parts that follow from it (`[data-part]`) are renewed in place: nothing typed moves. Without
// scripts a button does the same. A part of rows is renewed only when its rows are others.
import { fingerprint } from "./typed.js";

/** Walking through a list by the arrow keys changes it at every step. */
const PAUSE_MS = 300;
let asked = 0;

export function renewing(root) {
  const form = root.querySelector("form[data-renew]");
  let timer = 0;
  form?.addEventListener("change", (event) => {
    if (!event.target.closest("[data-renews]")) return;
    asked += 1;
    clearTimeout(timer);
    timer = setTimeout(() => renew(form), PAUSE_MS);
  });
}

async function renew(form, withFiles = false) {
  const mine = ++asked;
  const was = fingerprint(form, "typed");
  const fields = new FormData(form);
  fields.set("act", form.dataset.renew);
  const hasFiles = [...fields.values()].some((value) => value instanceof File && value.size);
  // Chosen files stay where they are, unless their rows go.
  if (!withFiles) for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  // As the form itself would send them: most steps take no files.
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body }).catch(() => null);
  if (mine !== asked || !answer || answer.redirected || ![200, 422].includes(answer.status)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  // Somebody went on typing meanwhile: what was answered is about another form.
  if (fingerprint(form, "typed") !== was) {
    renew(form, withFiles);
    return;
  }
  const parts = [...form.querySelectorAll("[data-part]")].map((part) => [part, page.getElementById(part.id)]).filter(([, fresh]) => fresh);
  const otherRows = parts.some(([part, fresh]) => part.dataset.part === "rows" && rows(part) !== rows(fresh));
  if (otherRows && hasFiles && !withFiles) {
    renew(form, true);
    return;
  }
  const focused = document.activeElement?.id;
  for (const [part, fresh] of parts) {
    if (part.dataset.part === "rows" ? otherRows : part.innerHTML !== fresh.innerHTML) part.innerHTML = fresh.innerHTML;
  }
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  form.dispatchEvent(new CustomEvent("motcua:swapped", { bubbles: true }));
}

/** Which rows they are, by their hidden names. */
function rows(part) {
  return [...part.querySelectorAll("input[type=hidden]")].map((one) => `${one.name}=${one.value}`).join("&");
}
