// The counter's form: tick all papers, see what is known of the person, take files by dragging and by telephone.
import { size } from "./files.js";

const ASK_MS = 2500;

export function counter(root) {
  root.addEventListener("click", (event) => {
    const all = event.target.closest?.("[data-tick-all]");
    const phone = event.target.closest?.("[data-phone]");
    if (all) tickAll(event, all.form);
    else if (phone) byPhone(event, phone);
  });
  const past = root.querySelector("[data-past]");
  if (past) document.addEventListener("change", (event) => knownOf(past, event.target));
  for (const kind of ["dragover", "drop"]) root.addEventListener(kind, dropped);
}

function tickAll(event, form) {
  event.preventDefault();
  for (const box of form.querySelectorAll("[data-full]")) {
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** The earlier dossiers of whom the number names, without leaving the form. */
async function knownOf(past, field) {
  if (field.name !== past.dataset.pastOf) return;
  const number = field.value.replace(/[ .]/g, "");
  if (!/^\w[\d-]{8,13}$/.test(number)) return;
  const variant = field.form.elements.variant?.value ?? "";
  const query = new URLSearchParams({ so: number, truong_hop: variant });
  const answer = await fetch(`${past.dataset.past}?${query}`).catch(() => null);
  if (answer?.ok && !answer.redirected) past.innerHTML = await answer.text();
}

function dropped(event) {
  const field = event.target.closest?.(".check")?.querySelector("[data-drop]");
  if (!field || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  if (event.type !== "drop") return;
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

async function byPhone(event, button) {
  event.preventDefault();
  const answer = await fetch("/can-bo/may-quet", { method: "POST" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const link = await answer.json();
  const sheet = shown(link, button.textContent.trim());
  const timer = setInterval(async () => {
    const came = await fetch(`/can-bo/may-quet/${link.id}`).then((a) => (a.ok ? a.json() : []), () => []);
    if (!came.length) return;
    sheet.close();
    for (const file of came) button.before(box(button.dataset.phone, file));
  }, ASK_MS);
  sheet.addEventListener("close", () => {
    clearInterval(timer);
    sheet.remove();
    button.focus();
  });
}

/** The code, large, in a dialog that closes by itself when the pictures are here. */
function shown(link, title) {
  const sheet = document.createElement("dialog");
  sheet.className = "sheet phone-code";
  sheet.setAttribute("aria-label", title);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${link.size} ${link.size}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", link.url);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", link.path);
  svg.append(path);
  const words = document.createElement("p");
  words.textContent = title;
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.className = "btn btn-secondary";
  close.textContent = document.documentElement.lang === "en" ? "Close" : "Đóng";
  form.append(close);
  sheet.append(words, svg, form);
  document.body.append(sheet);
  sheet.showModal();
  return sheet;
}

/** The same ticked box that the server writes for a file that is here already. */
function box(name, file) {
  const label = document.createElement("label");
  label.className = "choice";
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value: file.sha256, checked: true });
  const words = document.createElement("span");
  words.textContent = `${file.name} · ${typeof file.size === "number" ? size(file.size) : file.size}`;
  label.append(input, words);
  return label;
}
