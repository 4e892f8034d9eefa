// Where what was typed is kept: in sessionStorage, not localStorage, because counter computers are shared and what a citizen
// typed must not outlive the tab.
// When a form is sent, its record gets a number, which goes along in a cookie; when the server has taken the form it names that
// number in a cookie of its own (`http/taken.rs`), and the next page forgets the record. Storage may be full or forbidden;
// keeping is a courtesy, so its failure stays silent.
const PREFIX = "motcua.keep.";
const WHO = "motcua.keep-who";
const WORKING_DAY_MS = 12 * 60 * 60 * 1000;

/** Every record that is not older than a working day; older ones go. */
export function records() {
  const keys = attempt(() => Object.keys(sessionStorage), []).filter((key) => key.startsWith(PREFIX));
  const found = keys.map((key) => [key.slice(PREFIX.length), read(key.slice(PREFIX.length))]);
  return found.filter(([, record]) => record);
}

export function read(key) {
  const record = attempt(() => JSON.parse(sessionStorage.getItem(PREFIX + key)), null);
  if (!record || Date.now() - record.at < WORKING_DAY_MS) return record;
  forget(key);
  return null;
}

export function write(key, record) {
  attempt(() => sessionStorage.setItem(PREFIX + key, JSON.stringify(record)));
}

export function forget(key) {
  attempt(() => sessionStorage.removeItem(PREFIX + key));
}

export function forgetAll() {
  for (const [key] of records()) forget(key);
}

/** What one officer typed is nothing for the next in the same tab. */
export function belongTo(who) {
  if (!who) return;
  if (attempt(() => sessionStorage.getItem(WHO), null) !== who) forgetAll();
  attempt(() => sessionStorage.setItem(WHO, who));
}

/** A number for what is about to be sent, told to the server. */
export function announce() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const number = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  setCookie("motcua-sent", number, 600);
  return number;
}

/** Whether the server has taken what was sent under this number. */
export function wasTaken(number) {
  const name = `motcua-taken-${number}`;
  const is = document.cookie.split("; ").includes(`${name}=1`);
  if (is) setCookie(name, "", 0);
  return is;
}

function setCookie(name, value, seconds) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${seconds}; samesite=strict${secure}`;
}

function attempt(act, otherwise) {
  try {
    return act() ?? otherwise;
  } catch {
    return otherwise;
  }
}
