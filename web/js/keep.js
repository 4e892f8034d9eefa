// `<form data-keep="intake:1.009994:v3">`: nothing typed is lost to a dropped session or a reload.
// sessionStorage, not localStorage: counter computers are shared, and what a citizen typed must not
// outlive the tab. Secrets, files and hidden fields are never kept.
// `<meta name="motcua-kept" content="intake:1.009994:v3">` on the page after success forgets it, so that
// the next citizen's form starts empty; signing out (`<form data-keep-forget>`) forgets everything.
const WORKING_DAY_MS = 12 * 60 * 60 * 1000;
const PREFIX = "motcua.keep.";
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

export function rememberForms(root) {
  forgetFinished(root);
  restoreAll(root);
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  document.addEventListener("submit", (event) => {
    if ("keepForget" in event.target.dataset) forgetAll();
  });
  document.addEventListener("htmx:after:settle", () => {
    forgetFinished(document);
    restoreAll(document);
  });
}

/** What may be kept of a form: name → values, in order. */
export function keepable(fields) {
  const kept = {};
  for (const field of fields) {
    if (!field.name || field.disabled || NEVER.has(field.type) || field.autocomplete === "one-time-code") continue;
    (kept[field.name] ||= []).push(isTick(field) ? field.checked : field.value);
  }
  return kept;
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function keep(event) {
  const form = event.target.form;
  if (!form?.dataset.keep) return;
  write(form.dataset.keep, { at: Date.now(), fields: keepable(form.elements) });
}

function restoreAll(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) {
    if (form.dataset.kept) continue;
    form.dataset.kept = "seen";
    restore(form);
  }
}

function restore(form) {
  const stored = read(form.dataset.keep);
  if (!stored || Date.now() - stored.at > WORKING_DAY_MS) return;
  const taken = {};
  let changed = false;
  for (const field of form.elements) {
    const values = stored.fields[field.name];
    if (!values || NEVER.has(field.type)) continue;
    const nth = (taken[field.name] = (taken[field.name] ?? -1) + 1);
    if (values[nth] !== undefined) changed = put(field, values[nth]) || changed;
  }
  if (changed) announce(form);
}

function put(field, value) {
  const slot = isTick(field) ? "checked" : "value";
  if (field[slot] === value) return false;
  field[slot] = value;
  return true;
}

/** Says what happened and offers the page as the server sent it. */
function announce(form) {
  const note = document.createElement("div");
  note.className = "flash";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = form.dataset.keepRestored || "Đã khôi phục nội dung ông/bà nhập dở.";
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-quiet btn-small";
  drop.textContent = form.dataset.keepDiscard || "Bỏ nội dung đó";
  drop.addEventListener("click", () => {
    forget(form.dataset.keep);
    form.reset();
    note.remove();
  });
  note.append(document.createElement("span"), words, drop);
  form.prepend(note);
}

function forgetFinished(root) {
  for (const done of root.querySelectorAll('meta[name="motcua-kept"], [data-keep-clear]')) {
    forget(done.dataset.keepClear || done.content);
  }
}

// Storage may be full or forbidden; keeping is a courtesy, so its failure stays silent.
function write(key, value) {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    return;
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    return;
  }
}

function forgetAll() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    return;
  }
}
