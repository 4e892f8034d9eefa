// `form[data-step-by-step]`: what its button does cannot be taken back, so Enter in a line goes on to the next field instead of
// sending; scanners end with Enter too. `[data-ticks=ID]`: a line that says something ticks its row.
export function stepping() {
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || !isLine(field)) return;
    if (!field.form?.matches("[data-step-by-step]")) return;
    event.preventDefault();
    const lines = [...field.form.elements].filter((one) => (isLine(one) || one.type === "submit") && !one.disabled && one.getClientRects().length);
    lines[lines.indexOf(field) + 1]?.focus();
  });
  document.addEventListener("input", (event) => {
    const box = event.target.dataset?.ticks && document.getElementById(event.target.dataset.ticks);
    if (!box || box.checked === !!event.target.value.trim()) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function isLine(field) {
  return !!field?.matches?.("input:not([type=checkbox], [type=radio], [type=file], [type=hidden], [type=submit], [type=button])");
}
