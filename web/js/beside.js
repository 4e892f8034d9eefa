// `[data-split]`: on a wide screen a row opens beside the list instead of on a page of its own. j and k look in
// (after a short rest, so that walking costs nothing), Enter or a click goes in. Without scripts, on a narrow screen
// and with a modifier key the row is an ordinary link.
const WIDE = window.matchMedia("(min-width: 1200px)");
const REST_MS = 180;
let asked = 0;
let resting = 0;

export function besideList(root) {
  const split = root.querySelector("[data-split]");
  if (!split) return;
  split.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(split, row, true);
  });
  split.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    clearTimeout(resting);
    if (!row || !WIDE.matches || row.getAttribute("aria-current")) return;
    resting = setTimeout(() => open(split, row, false), REST_MS);
  });
}

async function open(split, row, enter) {
  clearTimeout(resting);
  const place = split.querySelector("[data-detail]");
  const mine = ++asked;
  const answer = await fetch(`${row.getAttribute("href")}/xem`, { headers: { Accept: "text/html" } }).catch(() => null);
  if (mine !== asked) return;
  // Signed out or gone: the page itself says so better than a part of it.
  if (!answer?.ok || answer.redirected) {
    location.assign(row.href);
    return;
  }
  place.innerHTML = await answer.text();
  place.dispatchEvent(new CustomEvent("motcua:swapped", { bubbles: true }));
  for (const one of split.querySelectorAll("[data-row][aria-current]")) one.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  place.scrollTop = 0;
  const address = new URL(location.href);
  address.searchParams.set("hs", row.dataset.code);
  history.replaceState(null, "", address);
  if (enter) place.focus({ preventScroll: true });
}
