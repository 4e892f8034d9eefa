// `[data-counts=URL]`: the counts of the views as they change, by server-sent events into `[data-count=KEY]`.
// Only the tab that is looked at listens: a browser has six connections for a site, and an open page in the
// background must not take one.
export function liveCounts(root) {
  const list = root.querySelector("[data-counts]");
  if (!list || !window.EventSource) return;
  let source = null;
  const follow = () => {
    if (document.hidden || source) return;
    source = new EventSource(list.dataset.counts);
    source.addEventListener("counts", (event) => show(JSON.parse(event.data)));
  };
  const rest = () => {
    source?.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : follow()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", follow);
  follow();
}

/** Puts each count in its place. */
export function show(counts) {
  for (const [key, count] of Object.entries(counts)) {
    for (const place of document.querySelectorAll(`[data-count="${CSS.escape(key)}"]`)) {
      if (place.textContent !== count) place.textContent = count;
    }
  }
}
