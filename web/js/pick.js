// Ticking rows: `data-pick-all` ticks the page, `data-pick-count` tells how many are ticked.
export function picking() {
  // Enter on a tick would press the form's first button and do the step to what is ticked; it does what Space does.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.(".rows-pick, .data-pick")) return;
    event.preventDefault();
    event.target.click();
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form || event.target.type !== "checkbox") return;
    const boxes = [...form.querySelectorAll(".rows-pick, .data-pick:not([data-pick-all])")];
    if ("pickAll" in event.target.dataset) for (const box of boxes) box.checked = event.target.checked;
    const count = boxes.filter((box) => box.checked).length;
    for (const place of form.querySelectorAll("[data-pick-count]")) place.textContent = String(count);
  });
}
