// `[data-phone]`: a telephone takes the pictures for a paper. Its code stands in a dialog until they are here; whatever goes
// wrong, and the end of the code, is said there.
import { size } from "./files.js";

const ASK_MS = 2500;
/** The server's own limit of a code (`phone/link.rs`). */
const ENDS_MS = 10 * 60 * 1000;
const WORDS = {
  vi: {
    close: "Đóng",
    wait: "Quét mã bằng điện thoại, chụp và gửi. Mã dùng một lần, trong 10 phút.",
    failed: "Chưa lấy được mã để chụp. Xin kiểm tra đường truyền rồi bấm lại; nếu đã bị đăng xuất, xin đăng nhập lại, nội dung đã nhập vẫn còn.",
    ended: "Mã đã hết hạn mà chưa có ảnh nào. Xin đóng rồi bấm nút để lấy mã mới.",
    lost: "Đang mất kết nối; ảnh gửi lên sẽ hiện khi có mạng lại.",
  },
  en: {
    close: "Close",
    wait: "Scan the code with a phone, take the picture and send it. The code works once, for 10 minutes.",
    failed: "The code could not be made. Check the line and press again; if you were signed out, sign in again: what you typed stays.",
    ended: "The code has ended and no picture came. Close this and press the button for a new code.",
    lost: "The line is down; what is sent appears when it is back.",
  },
};

export function phones(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-phone]");
    if (button) byPhone(event, button);
  });
}

async function byPhone(event, button) {
  event.preventDefault();
  const words = WORDS[document.documentElement.lang] ?? WORDS.vi;
  const answer = await fetch("/can-bo/may-quet", { method: "POST" }).catch(() => null);
  const link = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null;
  const { sheet, tell } = shown(link, button.textContent.trim(), words);
  const began = Date.now();
  const timer = link && setInterval(async () => {
    if (Date.now() - began > ENDS_MS) {
      clearInterval(timer);
      tell(words.ended);
      return;
    }
    const came = await fetch(`/can-bo/may-quet/${link.id}`).then((a) => (a.ok && !a.redirected ? a.json() : null), () => null);
    tell(came ? words.wait : words.lost);
    if (!came?.length || !sheet.open) return;
    sheet.close();
    for (const file of came) {
      const label = box(button.dataset.phone, file);
      button.before(label);
      // So that it is kept with what was typed.
      label.firstChild.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }, ASK_MS);
  sheet.addEventListener("close", () => {
    clearInterval(timer);
    sheet.remove();
    button.focus();
  });
}

/** The code, large, in a dialog that closes by itself when the pictures are here; without a code, why. */
function shown(link, title, words) {
  const sheet = document.createElement("dialog");
  sheet.className = "sheet phone-code";
  sheet.setAttribute("aria-label", title);
  if (link) sheet.append(drawn(link));
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  const tell = (text) => {
    if (told.textContent !== text) told.textContent = text;
  };
  tell(link ? words.wait : words.failed);
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.className = "btn btn-secondary";
  close.textContent = words.close;
  form.append(close);
  sheet.append(told, form);
  document.body.append(sheet);
  sheet.showModal();
  return { sheet, tell };
}

function drawn(link) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${link.size} ${link.size}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", link.url);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", link.path);
  svg.append(path);
  return svg;
}

/** The same ticked box that the server writes for a file that is here already. */
function box(name, file) {
  const label = document.createElement("label");
  label.className = "choice";
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value: file.sha256, checked: true });
  const words = document.createElement("span");
  words.textContent = `${file.name} · ${typeof file.size === "number" ? size(file.size) : file.size}`;
  label.append(input, words);
  return label;
}
