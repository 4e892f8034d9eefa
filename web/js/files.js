// Shows the name and size of what was chosen, and says at once when a file is empty or too large
// (`data-max-bytes`), before the wait of an upload that the server would refuse.
export function chosenFiles() {
  document.addEventListener("change", (event) => {
    // Photographs have a list of their own (photos.js).
    if (event.target.type === "file" && !("photos" in event.target.dataset)) show(event.target);
  });
}

/** 2,4 MB; 512 kB; Vietnamese decimal comma. */
export function size(bytes) {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}

/** How large a file may be: whole mebibytes, which people know as MB. */
export function limit(bytes) {
  return bytes < 1 << 20 ? size(bytes) : `${Math.floor(bytes / (1 << 20))} MB`;
}

/** What is wrong with a file, in words, or nothing. */
export function complaint(file, most) {
  if (file.size === 0) return "tệp rỗng, xin chọn lại";
  if (most && file.size > most) return `lớn hơn ${limit(most)}, xin chọn tệp nhỏ hơn`;
  return "";
}

function show(field) {
  const list = listOf(field);
  const most = Number(field.dataset.maxBytes) || 0;
  list.replaceChildren(...[...field.files].map((file) => line(file, most)));
  const bad = [...field.files].some((file) => complaint(file, most));
  field.classList.toggle("is-invalid", bad);
  field.setAttribute("aria-invalid", String(bad));
}

function line(file, most) {
  const item = document.createElement("li");
  const wrong = complaint(file, most);
  item.textContent = `${file.name} · ${size(file.size)}${wrong ? ` · ${wrong}` : ""}`;
  if (wrong) item.className = "field-error";
  return item;
}

function listOf(field) {
  const next = field.nextElementSibling;
  if (next?.classList.contains("file-chosen")) return next;
  const list = document.createElement("ul");
  list.className = "file-chosen";
  list.setAttribute("role", "status");
  field.after(list);
  return list;
}
