// The QR code of a citizen's card, as a scanner types it:
// number|old number|name|ddMMyyyy|sex|address|issued.
const BARS = ["|", "｜", "¦", "~", "\t", "\\", "¬"];

/** What the card says, or nothing. What a scanner lost (question marks for letters) is left out. */
export function readCard(text) {
  const clean = text.replace(/^\uFEFF/, "").trim().replace(/^\][A-Za-z]\w/, "");
  const bar = BARS.find((one) => clean.split(one).length > 4);
  if (!bar) return null;
  const fields = clean.split(bar).map((field) => field.trim());
  const number = fields.shift().replace(/[ .]/g, "");
  if (!/^(?!000|09[789])\d{12}$/.test(number)) return null;
  if (!fields[0] || isNumber(fields[0])) fields.shift();
  const name = isNumber(fields[0]) ? "" : fields.shift();
  fields.shift();
  if (/^(nam|n[uữ].{0,2}|)$/i.test(fields[0] ?? "")) fields.shift();
  const address = isNumber(fields[0] ?? "") ? "" : fields.shift();
  return { number, name: letters(name), address: letters(address) };
}

/** What stood in a field before a card was scanned into it, and the card. */
export function apart(value) {
  const at = value.search(/\d{12}(?=[|｜¦~\t\\¬])/);
  if (at < 0) return [value, ""];
  return [value.slice(0, at).replace(/\][A-Za-z]\w$/, ""), value.slice(at)];
}

/** Without marks it may be spelled in Telex, which the server reads. */
export function needsServer(card) {
  return /^[\x20-\x7e]+$/.test(card.name);
}

function isNumber(field) {
  return /^[\d/ .-]{8,}$/.test(field ?? "");
}

function letters(text) {
  return text && !/[?\uFFFD□]/.test(text) ? text.replace(/\s+/g, " ") : "";
}
