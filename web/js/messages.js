// After a refused form the summary has the focus, so that it is read first and its links are near.
// `data-print` prints; `data-open` opens a dialog.
export function messages(root) {
  focusErrors(root);
  document.addEventListener("htmx:after:settle", () => focusErrors(document));
  document.addEventListener("click", (event) => {
    const at = event.target.closest?.("[data-print], [data-open]");
    if (!at) return;
    if ("print" in at.dataset) window.print();
    if (at.dataset.open) document.getElementById(at.dataset.open)?.showModal?.();
  });
}

function focusErrors(root) {
  const summary = root.querySelector(".errors:not([data-seen])");
  if (!summary) return;
  summary.dataset.seen = "";
  summary.focus();
}
