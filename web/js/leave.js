// `<form data-leave>`: asks before leaving with unsent changes. Sending the form is not leaving.
export function warnBeforeLeaving() {
  let dirty = null;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "leave" in form.dataset) dirty = form;
  });
  document.addEventListener("submit", () => {
    dirty = null;
  });
  document.addEventListener("reset", () => {
    dirty = null;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty?.isConnected) event.preventDefault();
  });
}
