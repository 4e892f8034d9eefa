// `a[data-print-paper=A4]`: prints the slip without leaving the page, so that the next citizen is one key away; the paper that
// this counter used last is the one that `e` prints. `[data-print-now]`: it was just issued, so it is printed at once, but not
// again by a reload or the way back. Without scripts the link opens the PDF.
const PAPER = "motcua.paper";

export function printing(root) {
  const links = [...root.querySelectorAll("a[data-print-paper]")];
  if (!links.length) return;
  const usual = links.find((link) => link.dataset.printPaper === remembered()) ?? links[0];
  for (const link of links) {
    if (link === usual) link.dataset.key = "e";
    else delete link.dataset.key;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      remember(link.dataset.printPaper);
      print(link.href);
    });
  }
  const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (isFresh && root.querySelector("[data-print-now]")) print(usual.href);
}

function print(address) {
  document.querySelector("iframe[data-printed]")?.remove();
  const frame = document.createElement("iframe");
  frame.dataset.printed = "";
  frame.className = "visually-hidden";
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.addEventListener("load", () => {
    try {
      frame.contentWindow.print();
    } catch {
      // A browser whose viewer lets nobody in prints from a tab of its own.
      window.open(address, "_blank", "noopener");
    }
  });
  frame.src = address;
  document.body.append(frame);
}

function remembered() {
  try {
    return localStorage.getItem(PAPER);
  } catch {
    return null;
  }
}

function remember(paper) {
  try {
    localStorage.setItem(PAPER, paper);
  } catch {
    return;
  }
}
