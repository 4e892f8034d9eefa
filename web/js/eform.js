// `[data-when=NAME][data-when-is="a b"]`: is only asked while the field NAME has one of these answers (any, when none is named).
// Without scripts everything is shown with its condition in words (`[data-when-words]`), and the server passes over what it does
// not ask; here what is not asked is hidden, and so are the words.
export function eforms() {
  const all = [...document.querySelectorAll("[data-when]")];
  if (!all.length) return;
  const renew = () => {
    // Outer ones stand first: what is asked inside something hidden has no answer.
    for (const one of all) one.hidden = !holds(one);
  };
  for (const words of document.querySelectorAll("[data-when-words]")) words.hidden = true;
  document.addEventListener("change", renew);
  renew();
}

function holds(one) {
  const answer = answerOf(one.closest("form"), one.dataset.when);
  const wanted = one.dataset.whenIs.split(" ").filter(Boolean);
  return answer !== "" && (!wanted.length || wanted.includes(answer));
}

/** What the form answers there; a field that is hidden itself answers nothing. */
function answerOf(form, name) {
  const fields = [...(form?.elements ?? [])].filter((field) => field.name === name && !field.closest("[data-when][hidden]"));
  const chosen = fields.find((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim()));
  return chosen ? chosen.value.trim() : "";
}
