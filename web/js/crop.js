// Cutting a photograph by hand: four sliders, one for each edge, beside the picture as it will be. Sliders work with a finger, a
// mouse and the arrow keys alike.
import { draw } from "./picture.js";

const EDGES = [
  ["left", "Bên trái"],
  ["right", "Bên phải"],
  ["top", "Phía trên"],
  ["bottom", "Phía dưới"],
];
/** Of each side; two opposite ones leave a tenth. */
const MOST = 45;
const SIZE = 480;

/** Shows the picture and gives how it is to be cut; closed without a word, it stays as it was. */
export function crop(bitmap, change) {
  return new Promise((done) => {
    const now = { ...change };
    const sheet = document.createElement("dialog");
    sheet.className = "crop";
    sheet.setAttribute("aria-labelledby", "crop-title");
    const title = document.createElement("h2");
    title.id = "crop-title";
    title.textContent = "Cắt ảnh";
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "Ảnh sau khi cắt");
    const show = () => draw(canvas, bitmap, now, SIZE);
    sheet.append(title, canvas, ...EDGES.map(([edge, words]) => slider(edge, words, now, show)), actions(sheet));
    sheet.addEventListener("close", () => {
      sheet.remove();
      done(sheet.returnValue === "keep" ? now : change);
    });
    document.body.append(sheet);
    show();
    sheet.showModal();
  });
}

function slider(edge, words, now, show) {
  const row = document.createElement("div");
  row.className = "field";
  const label = document.createElement("label");
  label.className = "form-label";
  label.htmlFor = `crop-${edge}`;
  label.textContent = words;
  const input = document.createElement("input");
  Object.assign(input, { type: "range", id: `crop-${edge}`, min: "0", max: String(MOST), value: String(now[edge]) });
  input.className = "form-range";
  input.addEventListener("input", () => {
    now[edge] = Number(input.value);
    show();
  });
  row.append(label, input);
  return row;
}

function actions(sheet) {
  const row = document.createElement("div");
  row.className = "buttons";
  for (const [value, words, look] of [["keep", "Xong", "btn-primary"], ["", "Hủy", "btn-quiet"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn ${look}`;
    button.textContent = words;
    button.addEventListener("click", () => sheet.close(value));
    row.append(button);
  }
  return row;
}
