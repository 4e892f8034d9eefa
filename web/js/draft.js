// `form[data-draft]`: what is written for a step is kept on the server some seconds after the last key, under the same name as
// the button that keeps it without scripts. Files are not sent again each time.
import { fingerprint } from "./typed.js";

const PAUSE_MS = 3000;

export function drafts() {
  let timer = 0;
  const later = (event) => {
    const form = event.target.form;
    if (!form || !("draft" in form.dataset)) return;
    clearTimeout(timer);
    timer = setTimeout(() => keep(form), PAUSE_MS);
  };
  document.addEventListener("input", later);
  // What the browser put back into a form, the server has not heard of either.
  document.addEventListener("change", later);
  document.addEventListener("submit", () => clearTimeout(timer));
}

async function keep(form) {
  const state = fingerprint(form, "typed");
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  fields.set("act", "draft");
  fields.set("quiet", "1");
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  const answer = await fetch(location.pathname, { method: "POST", body }).catch(() => null);
  if (answer?.status !== 204) return;
  form.dispatchEvent(new CustomEvent("motcua:drafted", { bubbles: true, detail: state }));
  const told = form.querySelector("[data-draft-told]");
  if (!told) return;
  const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  told.textContent = told.dataset.draftTold.replace("{}", time);
}
