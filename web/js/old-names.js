// `input[data-old-names=URL]`: an address that names a commune of before July 2025 gets today's name under its field, and a
// button that takes it over. The server knows the names; an address goes by POST, for it belongs into no URL.
const PAUSE_MS = 400;
/** Shorter names no commune. */
const WHOLE = 8;

export function oldNames() {
  let timer = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset?.oldNames) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(field), PAUSE_MS);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-address]");
    if (button) take(button);
  });
}

async function ask(field) {
  const typed = field.value;
  if (typed.trim().length < WHOLE) return show(field, []);
  const body = new URLSearchParams({ dia_chi: typed });
  const answer = await fetch(field.dataset.oldNames, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || field.value !== typed) return;
  show(field, (await answer.json()).items);
}

function show(field, items) {
  const box = place(field);
  box.replaceChildren(...items.map((item) => line(field, item)));
}

function line(field, item) {
  const row = document.createElement("p");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet btn-small";
  button.dataset.address = item.address;
  button.setAttribute("aria-controls", field.id);
  button.textContent = item.use;
  row.append(`${item.words} `, button);
  return row;
}

function take(button) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  if (!field) return;
  field.value = button.dataset.address;
  show(field, []);
  // Whatever keeps what is typed hears of it as of any other letter.
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** Under the field, told to a screen reader when it changes. */
function place(field) {
  let box = field.parentElement.querySelector(":scope > .old-names");
  if (!box) {
    box = document.createElement("div");
    box.className = "old-names form-text";
    box.setAttribute("aria-live", "polite");
    field.after(box);
  }
  return box;
}
