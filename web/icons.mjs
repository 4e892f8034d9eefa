// The icons the screens use: our name → the file of bootstrap-icons.
// Templates speak of meaning ("overdue"), so a drawing can change in one place.
export const iconNames = {
  running: "clock",
  near: "hourglass-split",
  overdue: "exclamation-triangle-fill",
  done: "check-circle-fill",
  paused: "pause-circle-fill",
  stopped: "x-octagon-fill",
  check: "check-lg",
  cross: "x-lg",
  warning: "exclamation-circle-fill",
  info: "info-circle-fill",
  question: "question-circle",
  search: "search",
  scan: "upc-scan",
  qr: "qr-code",
  printer: "printer",
  download: "download",
  upload: "upload",
  file: "file-earmark",
  "file-pdf": "file-earmark-pdf",
  "file-image": "file-earmark-image",
  "file-sheet": "file-earmark-spreadsheet",
  signed: "patch-check-fill",
  vault: "safe",
  reuse: "arrow-repeat",
  person: "person",
  people: "people",
  company: "building",
  agency: "bank",
  counter: "shop-window",
  ticket: "ticket-perforated",
  calendar: "calendar3",
  money: "cash-coin",
  phone: "telephone",
  mail: "envelope",
  bell: "bell",
  message: "chat-left-text",
  history: "clock-history",
  edit: "pencil",
  trash: "trash3",
  add: "plus-lg",
  undo: "arrow-counterclockwise",
  forward: "arrow-right",
  courier: "truck",
  back: "arrow-left",
  up: "chevron-up",
  down: "chevron-down",
  next: "chevron-right",
  previous: "chevron-left",
  external: "box-arrow-up-right",
  "sign-in": "box-arrow-in-right",
  "sign-out": "box-arrow-right",
  lock: "lock-fill",
  shield: "shield-lock",
  key: "key",
  eye: "eye",
  "eye-off": "eye-slash",
  settings: "gear",
  filter: "funnel",
  list: "list-ul",
  inbox: "inbox",
  folder: "folder2-open",
  send: "send",
  stamp: "pen",
  link: "link-45deg",
  menu: "list",
  star: "star",
  "star-fill": "star-fill",
  keyboard: "keyboard",
  home: "house-door",
  chart: "bar-chart",
  globe: "globe2",
  baby: "emoji-smile",
  food: "cup-hot",
  land: "map",
  build: "hammer",
  wifi: "wifi-off",
};

/** Our own mark: an open door under an arch. */
const MARK = '<path d="M3 22V11a9 9 0 0 1 18 0v11h-3V11a6 6 0 0 0-12 0v11z"/><path d="m9 11.5 6-2.5v13H9z"/>';

/** The mark in the brand colours for the browser's tab. */
export const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#b3191e"/>' +
  `<g fill="#f2c14e" transform="translate(4 3.5)">${MARK}</g></svg>\n`;

/** One SVG holding every icon as a symbol: `<use href="/assets/icons.svg#name">`. */
export function sprite(names, read) {
  const symbols = Object.entries(names).map(([name, file]) => symbol(name, read(file)));
  return `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="mark" viewBox="0 0 24 24">${MARK}</symbol>${symbols.join("")}</svg>\n`;
}

function symbol(name, source) {
  const viewBox = /viewBox="([^"]+)"/.exec(source)[1];
  const body = source.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="${viewBox}" fill="currentColor">${body}</symbol>`;
}
