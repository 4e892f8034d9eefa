// `[data-presence=URL][data-version=N]`: says who else has the dossier open, and that it changed meanwhile, before
// somebody writes for nothing. Only a page that is looked at asks.
const ROUND_MS = 20_000;

export function presence(root) {
  const ask = () => {
    const place = root.querySelector("[data-presence]");
    if (place && !document.hidden) look(place);
  };
  ask();
  // A dossier was opened beside the list: who else has it open is asked at once.
  root.addEventListener("motcua:swapped", ask);
  setInterval(ask, ROUND_MS);
  root.addEventListener("click", (event) => {
    const place = event.target.closest?.("[data-presence-close]")?.closest("[data-presence]");
    if (place) place.hidden = true;
  });
}

async function look(place) {
  const answer = await fetch(place.dataset.presence).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { names, version } = await answer.json();
  const lines = [];
  if (names.length) lines.push(place.dataset.openWords.replace("{}", names.join(", ")));
  if (String(version) !== place.dataset.version) lines.push(place.dataset.changedWords);
  const text = lines.join(" ");
  const said = place.querySelector("[role=status]");
  // What was closed comes back when there is something new to say.
  if (said.textContent === text) return;
  // A reader of the screen hears only what changes in sight.
  place.hidden = !text;
  said.textContent = text;
}
