// A citizen's card is taken wherever the cursor stands: in the field for it, in another field of the form (whose own text is
// put back), or nowhere. It belongs to the person among whose fields the cursor stood, else to the one who is chosen
// beside the field for cards; somebody else's number is never replaced without asking.
import { apart, needsServer, readCard } from "./card-text.js";
import { mark } from "./check.js";

const PEOPLE = ["applicant", "owner", "proxy"];

/** `[data-card-number]` takes the number of a scanned card, and marks whose it is (`[data-identity]`). */
function numbers(root) {
  const put = (field, card) => {
    field.value = card.number;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const whose = field.form.querySelector(`[data-identity="${CSS.escape(card.number)}"]`);
    if (whose) {
      whose.checked = true;
      whose.dispatchEvent(new Event("change", { bubbles: true }));
    }
    // Nobody on the dossier: better said while the person stands there than after sending.
    mark(field, whose || !field.dataset.cardStranger ? "" : field.dataset.cardStranger);
  };
  root.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !field.matches?.("[data-card-number]")) return;
    const card = readCard(field.value);
    if (!card) return;
    event.preventDefault();
    put(field, card);
  });
  root.addEventListener("motcua:card", (event) => {
    if (event.target.matches("[data-card-number]")) put(event.target, readCard(event.detail));
  });
}

export function cards(root) {
  numbers(root);
  const field = root.querySelector("[data-card]");
  if (!field) return;
  if (document.activeElement === document.body) field.focus();
  field.form.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "Enter" || !at.matches("input")) return;
    const [before, text] = at === field ? ["", at.value] : apart(at.value);
    const card = readCard(text);
    if (!card) {
      // Enter in the scanner's field must not send a half-filled form.
      if (at !== field) return;
      event.preventDefault();
      mark(field, field.value ? field.dataset.cardUnread : "");
      return;
    }
    event.preventDefault();
    at.value = before;
    // A number that was there is another's; the card says whose it is now.
    take(field, card, text, personAt(at) ?? chosen(field));
  });
  field.addEventListener("motcua:card", (event) => take(field, readCard(event.detail), event.detail, personAt(document.activeElement) ?? chosen(field)));
  const answer = root.querySelector("dialog[data-card-ask]");
  answer?.addEventListener("close", () => {
    const { then } = answer;
    delete answer.then;
    if (answer.returnValue) then?.(answer.returnValue);
    else field.focus();
  });
}

/** Whose field it is: the applicant's, the owner's, the proxy's. */
function personAt(element) {
  const person = element?.name?.split(".")[0];
  return PEOPLE.includes(person) ? person : null;
}

function chosen(field) {
  return field.form.elements.card_for?.value || "applicant";
}

function take(field, card, text, person) {
  mark(field, "");
  const there = field.form.elements[`${person}.identity`];
  const old = there?.value.replace(/[\s.]/g, "") ?? "";
  const answer = document.querySelector("dialog[data-card-ask]");
  if (!old || old === card.number || !answer) {
    fill(field, card, text, person);
    return;
  }
  answer.querySelector("[data-card-old]").textContent = [field.form.elements[`${person}.name`]?.value, there.value].filter(Boolean).join(" · ");
  answer.querySelector("[data-card-new]").textContent = [card.name, card.number].filter(Boolean).join(" · ");
  answer.returnValue = "";
  field.value = "";
  answer.then = (whose) => {
    if (whose !== "replace") {
      take(field, card, text, whose);
      return;
    }
    // Nothing of the other person stays: not the telephone either.
    for (const what of ["identity", "name", "phone", "email", "address"]) put(field.form, `${person}.${what}`, "");
    fill(field, card, text, person);
  };
  answer.showModal();
}

function fill(field, card, text, person) {
  const { form } = field;
  const others = form.elements[`${person}.name`]?.closest("details");
  if (others) others.open = true;
  if (needsServer(card)) {
    field.value = text;
    if (form.elements.card_for) form.elements.card_for.value = person;
    form.requestSubmit(form.querySelector("[name=act][value=card]"));
    return;
  }
  if (form.elements[`${person}.kind`]?.type !== "hidden") put(form, `${person}.kind`, "citizen");
  if (card.name) put(form, `${person}.name`, card.name);
  if (card.address) put(form, `${person}.address`, card.address);
  put(form, `${person}.identity`, card.number);
  field.value = "";
  // The next card is the applicant's again, unless somebody says otherwise.
  if (form.elements.card_for) form.elements.card_for.value = "applicant";
  form.elements[`${person}.phone`]?.focus();
}

function put(form, name, value) {
  const one = form.elements[name];
  if (!one || one.value === value) return;
  one.value = value;
  one.dispatchEvent(new Event("input", { bubbles: true }));
  one.dispatchEvent(new Event("change", { bubbles: true }));
}
