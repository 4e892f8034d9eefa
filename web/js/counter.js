// The counter's form: tick all papers, see what is known of the person, take files by dragging.
export function counter(root) {
  root.addEventListener("click", (event) => {
    const all = event.target.closest?.("[data-tick-all]");
    if (all) tickAll(event, all.form);
  });
  const past = root.querySelector("[data-past]");
  if (past) {
    document.addEventListener("input", (event) => other(past, event.target));
    document.addEventListener("change", (event) => knownOf(past, event.target));
  }
  for (const kind of ["dragover", "drop"]) root.addEventListener(kind, dropped);
}

function tickAll(event, form) {
  event.preventDefault();
  for (const box of form.querySelectorAll("[data-full]")) {
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

let asked = 0;

const number = (field) => field.value.replace(/[ .]/g, "");

/** Another number is being typed: what is known of the last person is nothing for the next one's eyes. */
function other(past, field) {
  if (field.name !== past.dataset.pastOf || number(field) === past.dataset.pastFor) return;
  asked += 1;
  past.dataset.pastFor = "";
  past.replaceChildren();
}

/** The earlier dossiers of whom the number names, without leaving the form. */
async function knownOf(past, field) {
  if (field.name !== past.dataset.pastOf) return;
  other(past, field);
  const whole = number(field);
  if (!/^\w[\d-]{8,13}$/.test(whole) || whole === past.dataset.pastFor) return;
  const mine = ++asked;
  const body = new URLSearchParams({ so: whole, truong_hop: field.form.elements.variant?.value ?? "" });
  const answer = await fetch(past.dataset.past, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const text = await answer.text();
  if (mine !== asked) return;
  past.dataset.pastFor = whole;
  past.innerHTML = text;
}

/** A file dropped on a paper's row joins those that are there; beside the rows it does nothing, least of all open itself. */
function dropped(event) {
  if (!event.dataTransfer?.types.includes("Files") || !document.querySelector("[data-drop]")) return;
  event.preventDefault();
  const field = event.target.closest?.(".check")?.querySelector("[data-drop]");
  event.dataTransfer.dropEffect = field ? "copy" : "none";
  if (event.type !== "drop" || !field) return;
  field.files = joined(field.files, event.dataTransfer.files).files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The files that are there and the new ones, each once. */
export function joined(here, more) {
  const all = new DataTransfer();
  const same = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
  for (const file of here) all.items.add(file);
  for (const file of more) if (![...here].some((one) => same(one, file))) all.items.add(file);
  return all;
}
