// Says above a form what became of what was typed into it, and offers the other way.
const WORDS = {
  vi: {
    restored: () => "Đã khôi phục nội dung ông/bà nhập dở.",
    left: (time) => `Lúc ${time} ông/bà đã nhập dở biểu mẫu này mà chưa gửi.`,
    changed: (time) => `Nội dung trên hệ thống đã thay đổi từ khi ông/bà nhập dở lúc ${time}. Xin xem nội dung mới trước khi khôi phục.`,
    restore: "Khôi phục nội dung đã nhập",
    drop: "Bỏ nội dung đó",
  },
  en: {
    restored: () => "What you had typed is back.",
    left: (time) => `At ${time} you typed into this form and did not send it.`,
    changed: (time) => `What is stored has changed since you typed here at ${time}. Look at it before you restore.`,
    restore: "Restore what was typed",
    drop: "Discard it",
  },
};

export function note(form, what, at, { restore, drop }) {
  form.querySelector(":scope > [data-keep-note]")?.remove();
  const words = WORDS[document.documentElement.lang] ?? WORDS.vi;
  const box = document.createElement("div");
  box.className = "flash";
  box.dataset.keepNote = what;
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  const time = new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  text.textContent = words[what](time);
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  if (restore) buttons.append(button(words.restore, "btn-secondary", box, restore));
  buttons.append(button(words.drop, "btn-quiet", box, drop));
  box.append(document.createElement("span"), text, buttons);
  form.prepend(box);
}

function button(label, kind, box, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `btn ${kind} btn-small`;
  one.textContent = label;
  one.addEventListener("click", () => {
    box.remove();
    act();
  });
  return one;
}
