// Answers while people type. `form[data-suggest=URL]` shows the first ones under its field; `form[data-live=SELECTOR]`
// renews that part of the page. Without scripts the form's button does it.
const PAUSE = 150;

export function suggesting() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (event.target.type !== "search" || !form) return;
    if (form.dataset.suggest) later(form, () => suggest(form, event.target));
    else if (form.dataset.live) later(form, () => renew(form));
  });
  document.addEventListener("change", (event) => {
    if (event.target.form?.dataset.live && event.target.matches("select")) later(event.target.form, () => renew(event.target.form));
  });
  document.addEventListener("keydown", walk);
}

const waiting = new WeakMap();

function forget(form) {
  clearTimeout(waiting.get(form)?.timer);
  waiting.get(form)?.request?.abort();
}

function later(form, act) {
  forget(form);
  waiting.set(form, { timer: setTimeout(act, PAUSE) });
}

async function fetched(form, address) {
  const request = new AbortController();
  waiting.set(form, { request });
  try {
    const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // The next letter came first, or the line is broken: the button still works.
  }
}

async function suggest(form, field) {
  const text = field.value.trim() ? await fetched(form, `${form.dataset.suggest}?q=${encodeURIComponent(field.value)}`) : "";
  const box = place(form);
  // Whoever has walked into the list keeps what is under the cursor.
  if (text === null || box.contains(document.activeElement)) return;
  box.innerHTML = text;
}

/** Where suggestions stand: under the form, told to a screen reader when they change. */
function place(form) {
  let box = form.parentElement.querySelector(":scope > .suggest");
  if (!box) {
    box = document.createElement("div");
    box.className = "suggest";
    box.setAttribute("aria-live", "polite");
    form.after(box);
  }
  return box;
}

async function renew(form) {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const text = await fetched(form, address);
  const part = document.querySelector(form.dataset.live);
  if (text === null || !part) return;
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(form.dataset.live);
  if (!fresh) return;
  part.replaceWith(fresh);
  history.replaceState(null, "", address);
}

/** Down and up walk from the field through the suggestions and back; Escape puts them away. */
function walk(event) {
  const form = event.target.closest?.("form[data-suggest]") ?? event.target.closest?.(".suggest")?.previousElementSibling;
  if (!form?.dataset?.suggest || !["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
  const box = place(form);
  const field = form.querySelector('input[type="search"]');
  if (event.key === "Escape") {
    forget(form);
    box.replaceChildren();
    field.focus();
    return;
  }
  const stops = [field, ...box.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  if (stops.length < 2 || at < 0 || at >= stops.length) return;
  event.preventDefault();
  stops[at].focus();
}
