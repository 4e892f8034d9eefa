// `form[data-resume=URL]`: files above a mebibyte go to the server in pieces, each proved by its SHA-256, and go on where they
// stopped: after a broken line by themselves, after a reload when the same file is chosen again. Smaller ones, and all of them
// where the browser can reckon no SHA-256 (plain http), go with the form as without scripts.
import { entriesOf, forget, wrong } from "./photos.js";
import { size } from "./files.js";
import { ready } from "./picture.js";

export const PIECE = 1024 * 1024;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export function resuming() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("resume" in form.dataset) || form.dataset.ready === "") {
      delete form.dataset?.ready;
      return;
    }
    const fields = [...form.querySelectorAll("input[type=file]")].filter((field) => entriesOf(field).length);
    if (!fields.length) return;
    // What keeps and guards forms waits for the form itself (app.js has this behaviour first).
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.sending === "") return;
    // A file that cannot be used is changed or taken off by its owner; without a word it would be missing.
    const unusable = fields.find((field) => entriesOf(field).some((e) => e.wrong));
    if (unusable) {
      unusable.focus();
      return;
    }
    form.dataset.sending = "";
    const { submitter } = event;
    send(form, fields).then((whole) => {
      delete form.dataset.sending;
      if (!whole) return;
      // The form goes on by itself now, with what is small in it and the names of what was sent. Not before this event is over:
      // a form that is just being sent takes no second order, and where nothing had to be waited for it still is.
      setTimeout(() => {
        form.dataset.ready = "";
        form.requestSubmit(submitter);
      });
    });
  });
}

/** Whether everything could be sent. */
async function send(form, fields) {
  const progress = bar(form);
  try {
    for (const field of fields) {
      const entries = entriesOf(field);
      const paper = field.name.replace(/^tep\./, "");
      const apart = form.querySelector(`input[name=rieng][value="${CSS.escape(paper)}"]`)?.checked ?? false;
      const files = [];
      for (const entry of entries) files.push(await ready(entry.file, entry.change, apart));
      if (!crypto.subtle || files.every((file) => file.size <= PIECE)) {
        put(field, files);
        continue;
      }
      // All of the field, so that the order stays.
      for (const [at, file] of files.entries()) {
        const id = await sendOne(form, paper, file, progress);
        if (id.wrong) {
          wrong(field, entries[at], id.wrong);
          return false;
        }
        remember(form, paper, id);
      }
      forget(field);
    }
    return true;
  } catch (error) {
    progress.say(error.message);
    return false;
  } finally {
    progress.end();
  }
}

function put(field, files) {
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  field.files = all.files;
}

function remember(form, paper, id) {
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: `gui.${paper}`, value: id });
  form.append(hidden);
}

/** The name under which the whole file lies, or what is wrong with it. */
async function sendOne(form, paper, file, progress) {
  const about = new URLSearchParams({ giay: paper, ten: file.name, co: file.size, dau: await markOf(file) });
  let at = await ask(progress, () => fetch(form.dataset.resume, { method: "POST", body: about }));
  if (at.message) return { wrong: at.message };
  progress.show(file, at.offset);
  while (!at.done) {
    const piece = await file.slice(at.offset, at.offset + at.piece).arrayBuffer();
    const headers = { "piece-sha256": await digest(piece), "content-type": "application/octet-stream" };
    at = await ask(progress, () => fetch(`/tai-len/${at.id}?tu=${at.offset}`, { method: "PUT", body: piece, headers }));
    if (at.message) return { wrong: at.message };
    progress.show(file, at.offset);
  }
  return at.id;
}

/** Asks until there is an answer: a line that is down comes back, a server that starts again is there in a moment. */
async function ask(progress, request) {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const answer = await request().catch(() => null);
    if (answer?.redirected || answer?.status === 401) {
      throw new Error("Phiên làm việc đã hết. Xin tải lại trang, vào lại rồi chọn lại tệp này; phần đã gửi không phải gửi lại.");
    }
    // 409 and 400 say where to go on; 422 says what is wrong.
    if (answer && [200, 400, 409, 422].includes(answer.status)) {
      progress.say("");
      const said = await answer.json().catch(() => null);
      if (said) return said;
    }
    if (answer?.status === 404 || answer?.status === 403) {
      throw new Error("Không gửi tiếp được tệp này. Xin tải lại trang rồi chọn lại tệp.");
    }
    progress.say(answer ? "Hệ thống đang bận, sẽ tự gửi tiếp." : "Đường truyền bị ngắt, sẽ tự gửi tiếp khi có mạng.");
    await wait(pause);
  }
}

/** The pause, or less when the line comes back. */
function wait(pause) {
  return new Promise((done) => {
    const timer = setTimeout(done, pause);
    window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
}

/** By which the server knows the same file again: its name, its size, its beginning. */
async function markOf(file) {
  const head = new Uint8Array(await file.slice(0, PIECE).arrayBuffer());
  const about = new TextEncoder().encode(`${file.name}\n${file.size}\n`);
  const both = new Uint8Array(about.length + head.length);
  both.set(about);
  both.set(head, about.length);
  return digest(both);
}

async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A bar above the buttons of the form, with the words beside it. */
function bar(form) {
  const box = document.createElement("div");
  box.className = "sending";
  const words = document.createElement("p");
  words.id = "sending-words";
  const meter = document.createElement("progress");
  meter.setAttribute("aria-labelledby", words.id);
  const trouble = document.createElement("p");
  trouble.className = "field-error";
  trouble.setAttribute("role", "status");
  box.append(words, meter, trouble);
  form.querySelector(".sending")?.remove();
  (form.querySelector(".actions") ?? form.lastElementChild).before(box);
  box.hidden = true;
  return {
    show(file, offset) {
      box.hidden = false;
      words.textContent = `Đang gửi ${file.name}: ${size(offset)} trong ${size(file.size)}`;
      meter.max = file.size;
      meter.value = offset;
    },
    say(text) {
      if (text) box.hidden = false;
      trouble.textContent = text;
    },
    end() {
      words.textContent = "";
      meter.hidden = true;
      if (!trouble.textContent) box.remove();
    },
  };
}
