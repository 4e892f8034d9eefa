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
    if (!row || !WIDE.matches) return;
    // Until it is shown, the keys of the dossier beside the list belong to another one.
    busy(split, !row.getAttribute("aria-current"));
    if (row.getAttribute("aria-current")) {
      asked += 1;
      return;
    }
    resting = setTimeout(() => open(split, row, false), REST_MS);
  });
}

function busy(split, is) {
  const place = split.querySelector("[data-detail]");
  if (is) place.setAttribute("aria-busy", "true");
  else place.removeAttribute("aria-busy");
}

/** The list stays; beside it stands that this one could not be looked into, and the way to its page. */
function failed(split, place, row) {
  const box = document.createElement("div");
  box.className = "empty";
  box.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = place.dataset.failed;
  const link = document.createElement("a");
  [link.className, link.href, link.textContent] = ["btn btn-secondary", row.href, row.textContent];
  box.append(words, link);
  place.replaceChildren(box);
  for (const one of split.querySelectorAll("[data-row][aria-current]")) one.removeAttribute("aria-current");
  busy(split, false);
}

async function open(split, row, enter) {
  clearTimeout(resting);
  const place = split.querySelector("[data-detail]");
  const mine = ++asked;
  const answer = await fetch(`${row.getAttribute("href")}/xem`, { headers: { Accept: "text/html" } }).catch(() => null);
  if (mine !== asked) return;
  if (!answer?.ok || answer.redirected) {
    // Signed out or gone: the page itself says so better than a part of it, to whom goes in. Whoever only walks stays in the list.
    if (enter) location.assign(row.href);
    else failed(split, place, row);
    return;
  }
  const text = await answer.text();
  if (mine !== asked) return;
  place.innerHTML = text;
  busy(split, false);
  place.dispatchEvent(new CustomEvent("motcua:swapped", { bubbles: true }));
  for (const one of split.querySelectorAll("[data-row][aria-current]")) one.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  place.scrollTop = 0;
  const address = new URL(location.href);
  address.searchParams.set("hs", row.dataset.code);
  history.replaceState(null, "", address);
  if (enter) place.focus({ preventScroll: true });
}
