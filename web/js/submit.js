// A second press while the first is under way does nothing. The server's idempotency key is the
// real guard; this spares the wait and the doubt. `data-again` on a form (downloads, printing)
// leaves it alone. The button is not disabled: that would drop its own name and value.
export function guardSubmits() {
  document.addEventListener("submit", once);
  for (const end of ["htmx:finally:request", "htmx:after:request", "htmx:error"]) {
    document.addEventListener(end, (event) => release(event.target));
  }
  // Coming back with the back button must find a form that can be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) release(form);
  });
}

function once(event) {
  const form = event.target;
  if ("again" in form.dataset || form.method === "dialog") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // Another listener may still refuse; look after all of them have spoken.
  queueMicrotask(() => {
    const handledElsewhere = event.defaultPrevented && !sentByHtmx(form);
    if (handledElsewhere) return;
    form.setAttribute("aria-busy", "true");
    event.submitter?.setAttribute("aria-busy", "true");
  });
}

function sentByHtmx(form) {
  return ["hx-post", "hx-get", "hx-put", "hx-patch", "hx-delete", "data-hx-post", "data-hx-get"].some((name) => form.hasAttribute(name));
}

function release(target) {
  const form = target?.closest?.("form[aria-busy]");
  if (!form) return;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
