// A long list of choices, narrowed by a few letters without their marks: `input[data-sieve=ID]` hides those labels in the list
// that hold none of the words. What is ticked stays in sight, so that nothing is sent unseen.
export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

export function holds(label, wanted) {
  const text = bare(label);
  return bare(wanted).split(/\s+/).every((word) => text.includes(word));
}

export function sieving() {
  for (const field of document.querySelectorAll("input[data-sieve]")) field.closest("[hidden]")?.removeAttribute("hidden");
  document.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset?.sieve ?? "");
    if (!list) return;
    for (const choice of list.querySelectorAll("label")) {
      choice.hidden = !choice.querySelector(":checked") && !holds(choice.textContent, event.target.value);
    }
  });
}
