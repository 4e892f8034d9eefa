// Photographs on their way to the server: opened, turned, cut and shrunk here, so that a slow line carries a tenth of the bytes.
// The server does the same again with whatever comes; nothing depends on this file.

/** A4 at 200 dpi: small print stays legible. */
const LONGEST = 2400;
const QUALITY = 0.85;
/** Small and upright already: sent as it is. */
const SMALL = 1_000_000;

/** No turn, nothing cut. */
export const asTaken = () => ({ turns: 0, left: 0, top: 0, right: 0, bottom: 0 });

export function isPicture(file) {
  return /^image\/(jpeg|png|heic|heif)$/.test(file.type) || isHeic(file);
}

export function isHeic(file) {
  return /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name);
}

export const cannotOpenHeic =
  "trình duyệt này không mở được ảnh HEIC. Xin chụp màn hình ảnh đó rồi chọn lại, hoặc vào Cài đặt, Camera, Định dạng, chọn Tương thích nhất rồi chụp lại";

/** The picture upright as the camera was held, or nothing where this browser cannot open it. */
export async function open(file) {
  return createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
}

/** The part that is kept, in pixels of the picture before it is turned; the cuts are hundredths of what one sees. */
export function kept(width, height, change) {
  // What one sees has been turned: its left edge was the bottom one before a quarter turn.
  const sides = [change.top, change.right, change.bottom, change.left];
  const [top, right, bottom, left] = sides.map((_, i) => sides[(i + change.turns) % 4]);
  const x = Math.round((width * left) / 100);
  const y = Math.round((height * top) / 100);
  return {
    x,
    y,
    width: Math.max(1, Math.round(width * (1 - right / 100)) - x),
    height: Math.max(1, Math.round(height * (1 - bottom / 100)) - y),
  };
}

/** Draws the picture into a canvas as changed, no side longer than `longest`. */
export function draw(canvas, bitmap, change, longest) {
  const part = kept(bitmap.width, bitmap.height, change);
  const scale = Math.min(1, longest / Math.max(part.width, part.height));
  const [width, height] = [Math.max(1, Math.round(part.width * scale)), Math.max(1, Math.round(part.height * scale))];
  const lies = change.turns % 2 === 1;
  canvas.width = lies ? height : width;
  canvas.height = lies ? width : height;
  const pen = canvas.getContext("2d");
  // What shines through is paper.
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((change.turns * Math.PI) / 2);
  pen.drawImage(bitmap, part.x, part.y, part.width, part.height, -width / 2, -height / 2, width, height);
}

/** The file that is sent in place of the one chosen; the same one where there is nothing to change. */
export async function ready(file, change, apart) {
  if (!isPicture(file)) return file;
  const untouched = Object.values(change).every((n) => n === 0);
  if (untouched && !isHeic(file) && (apart || file.size <= SMALL)) return file;
  const bitmap = await open(file);
  if (!bitmap) return file;
  const canvas = document.createElement("canvas");
  draw(canvas, bitmap, change, apart ? Number.MAX_SAFE_INTEGER : LONGEST);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || (untouched && !isHeic(file) && blob.size >= file.size)) return file;
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}
