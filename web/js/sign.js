// `[data-sign]`: a sheet to sign on. What is drawn goes as points into the hidden field; without this script, or with
// nothing drawn, the slip is signed on paper.
const FURTHER = 3;

/** `10,20 11,22;40,50`: points of a stroke by blanks, strokes by semicolons. */
export function written(strokes) {
  return strokes.map((stroke) => stroke.map(([x, y]) => `${x},${y}`).join(" ")).join(";");
}

export function read(text) {
  const strokes = text.split(";").map((stroke) => stroke.trim().split(/\s+/).map((point) => point.split(",").map(Number)));
  return strokes.filter((stroke) => stroke.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)));
}

export function signing(root) {
  root.querySelectorAll("[data-sign]").forEach(sheet);
}

function sheet(box) {
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input[name=signature]");
  const told = box.querySelector("[data-sign-told]");
  const pen = canvas.getContext("2d");
  if (!pen) return;
  let strokes = field.value ? read(field.value) : [];
  let open = null;

  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
  };
  const keep = () => {
    field.value = written(strokes);
    told.textContent = strokes.length ? told.dataset.signTold : "";
    draw();
  };
  const point = (event) => {
    const at = canvas.getBoundingClientRect();
    const inside = (value, most) => Math.round(Math.min(Math.max(value, 0), 1) * most);
    return [inside((event.clientX - at.left) / at.width, canvas.width), inside((event.clientY - at.top) / at.height, canvas.height)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    open = [point(event)];
    strokes.push(open);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!open) return;
    const [x, y] = point(event);
    const [lastX, lastY] = open.at(-1);
    if (Math.hypot(x - lastX, y - lastY) < FURTHER) return;
    open.push([x, y]);
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (!open) return;
      open = null;
      keep();
    });
  }
  box.querySelector("[data-sign-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
  });
  box.hidden = false;
  keep();
}
