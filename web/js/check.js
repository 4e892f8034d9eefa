// `input[data-check=URL][data-check-kind=FIELD]`: what is wrong with an identity or tax number stands beside its field while
// people type. The server says it, so the rule and its words exist once; it says the same again when the form is sent.
const PAUSE_MS = 250;
/** Shorter is nobody's whole number. */
const WHOLE = 10;

export function checking() {
  let timer = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset?.check) return;
    clearTimeout(timer);
    const isMarked = field.getAttribute("aria-invalid") === "true";
    const isWhole = field.value.replace(/[\s.-]/g, "").length >= WHOLE;
    if (isMarked || isWhole) timer = setTimeout(() => ask(field, isMarked), PAUSE_MS);
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.dataset?.check) ask(field, true);
    // Another kind of applicant has another kind of number.
    const of = field.name && document.querySelector(`[data-check-kind="${CSS.escape(field.name)}"]`);
    if (of?.value) ask(of, true);
  });
}

/** `hasLeft`: a number that is only too short is wrong once the field was left, not before. */
async function ask(field, hasLeft) {
  const typed = field.value;
  const kind = field.form.elements[field.dataset.checkKind]?.value ?? "citizen";
  if (!typed.trim()) return mark(field, "");
  const body = new URLSearchParams({ loai: kind, so: typed });
  const answer = await fetch(field.dataset.check, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || field.value !== typed) return;
  const { wrong, short } = await answer.json();
  if (hasLeft || !short) mark(field, wrong);
}

/** Says beside a field what is wrong with it; without words nothing is. */
export function mark(field, words) {
  const id = `${field.id}-error`;
  const there = document.getElementById(id);
  field.classList.toggle("is-invalid", !!words);
  if (!words) {
    there?.remove();
    field.removeAttribute("aria-invalid");
    describe(field, id, false);
    return;
  }
  field.setAttribute("aria-invalid", "true");
  describe(field, id, true);
  const line = there ?? field.parentElement.appendChild(document.createElement("p"));
  line.id = id;
  line.className = "field-error";
  line.setAttribute("aria-live", "polite");
  if (line.textContent !== words) line.textContent = words;
}

function describe(field, id, isOn) {
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  const all = isOn ? [...others, id] : others;
  if (all.length) field.setAttribute("aria-describedby", all.join(" "));
  else field.removeAttribute("aria-describedby");
}
