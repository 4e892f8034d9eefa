// `data-format="phone|citizen-id|tax-code|money|date"`: shows under the field how it is understood
// while typing, and writes it that way on leaving. The server accepts every spacing by itself.
const digitsOf = (text) => text.replace(/\D/g, "");

const formats = {
  phone: {
    tidy: phone,
    say: (value) => progress(digitsOf(value), 10),
  },
  "citizen-id": {
    tidy: (value) => (digitsOf(value).length === 12 ? digitsOf(value) : value.trim()),
    say: (value) => progress(digitsOf(value), 12),
  },
  "tax-code": {
    tidy: (value) => value.replace(/\s/g, ""),
    say: (value) => (/^\d{10}(-?\d{3})?$/.test(value.replace(/\s/g, "")) ? "" : "Mã số thuế gồm 10 hoặc 13 chữ số."),
  },
  money: { tidy: money, say: (value) => (digitsOf(value) ? `${money(value)} đ` : "") },
  date: { tidy: date, say: (value) => (date(value) === value.trim() ? "" : date(value)) },
};

/** 0912 345 678; +84 becomes 0; anything else is left as typed. */
export function phone(value) {
  const digits = digitsOf(value).replace(/^84(?=\d{9}$)/, "0");
  return /^0\d{9}$/.test(digits) ? `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}` : value.trim();
}

/** 1.250.000 */
export function money(value) {
  return digitsOf(value).replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
}

/** ddMMyyyy or d-M-yyyy become dd/MM/yyyy; anything else is left as typed. */
export function date(value) {
  const text = value.trim();
  const parts = /^(\d{2})(\d{2})(\d{4})$/.exec(text) || /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text);
  return parts ? `${parts[1].padStart(2, "0")}/${parts[2].padStart(2, "0")}/${parts[3]}` : text;
}

function progress(digits, wanted) {
  if (!digits) return "";
  if (digits.length === wanted) return "";
  return digits.length < wanted ? `${digits.length}/${wanted} chữ số` : `Thừa ${digits.length - wanted} chữ số`;
}

export function formatHints() {
  document.addEventListener("input", (event) => {
    const format = formats[event.target.dataset?.format];
    if (format) hintOf(event.target).textContent = format.say(event.target.value);
  });
  document.addEventListener("focusout", (event) => {
    const format = formats[event.target.dataset?.format];
    if (!format || event.target.readOnly) return;
    const tidied = format.tidy(event.target.value);
    if (tidied !== event.target.value) event.target.value = tidied;
  });
}

/** The line under the field, made at the first key; not read aloud at each key, only described. */
function hintOf(field) {
  const id = `${field.id || field.name}-live`;
  const there = document.getElementById(id);
  if (there) return there;
  const line = document.createElement("p");
  line.id = id;
  line.className = "form-text";
  field.after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
  return line;
}
