// The pure parts of the scripts, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complaint, size } from "../js/files.js";
import { date, money, phone } from "../js/hints.js";
import { keepable } from "../js/typed.js";
import { chord, isTyping } from "../js/keys.js";
import { newBurst } from "../js/scan.js";
import { apart, needsServer, readCard } from "../js/card-text.js";
import { holds } from "../js/sieve.js";
import { turned } from "../js/photos.js";
import { asTaken, kept } from "../js/picture.js";

test("a phone number is grouped, +84 becomes 0, anything else stays as typed", () => {
  assert.equal(phone("0912345678"), "0912 345 678");
  assert.equal(phone("+84 912.345.678"), "0912 345 678");
  assert.equal(phone(" 091234567 "), "091234567");
});

test("money is grouped by dots", () => {
  assert.equal(money("1250000"), "1.250.000");
  assert.equal(money("1.250.000 đ"), "1.250.000");
  assert.equal(money("007"), "7");
  assert.equal(money(""), "");
});

test("a date may be typed with or without slashes", () => {
  assert.equal(date("14031990"), "14/03/1990");
  assert.equal(date("4-3-1990"), "04/03/1990");
  assert.equal(date("1990"), "1990");
});

test("file sizes are told the Vietnamese way, and an empty file is noticed", () => {
  assert.equal(size(2_430_000), "2,4 MB");
  assert.equal(size(300), "1 kB");
  assert.match(complaint({ size: 0 }, 10), /rỗng/);
  assert.match(complaint({ size: 60_000_000 }, 52_428_800), /lớn hơn 50 MB/);
  assert.equal(complaint({ size: 5 }, 10), "");
});

test("secrets, files and hidden keys are never kept", () => {
  const fields = [
    { name: "name", type: "text", value: "Đỗ Thị Ánh Nguyệt" },
    { name: "agree", type: "checkbox", checked: true, value: "1" },
    { name: "password", type: "password", value: "secret" },
    { name: "key", type: "hidden", value: "01J" },
    { name: "code", type: "text", autocomplete: "one-time-code", value: "123456" },
  ];
  assert.deepEqual(keepable(fields), { name: ["Đỗ Thị Ánh Nguyệt"], "agree=1": [true] });
});

/** Presses keys one after another; gives what the last of them, Enter, brings. */
function scanned(keys, gap) {
  const burst = newBurst();
  return [...keys, { key: "Enter", code: "Enter" }].map((key, nth) => burst.press({ ...key, timeStamp: 1000 + nth * gap })).at(-1);
}

const CARD = "022190004567||Do Thi Anh|14031990|Nu|To 5|25042021";
const typed = (text) => [...text].map((key) => ({ key, code: /\d/.test(key) ? `Digit${key}` : "KeyA" }));

test("TRK-03: a scanner's burst gives its digits by position at Enter; slow typing and short codes give nothing", () => {
  const code = typed("4900261117");
  assert.equal(scanned(code, 8).text, "4900261117");
  assert.equal(scanned(code.map((one) => ({ ...one, code: one.code.replace("Digit", "Numpad") })), 8).text, "4900261117");
  assert.equal(scanned(code, 120), null);
  assert.equal(scanned(typed("12"), 8), null);
});

test("INT-02: a card is collected whole: the eight digits of its last date are no bar code", () => {
  assert.equal(scanned(typed(CARD), 8).text, CARD);
  assert.equal(scanned(typed(CARD), 120), null);
});

test("INT-02: with the Vietnamese layout on, digits and the bar are read by the places of their keys", () => {
  const layout = { 1: "ă", 2: "â", 3: "ê", 4: "ô", 5: "\u0300", 6: "\u0309", 7: "\u0303", 8: "\u0301", 9: "\u0323", 0: "đ" };
  const keys = typed(CARD).map((one) => (layout[one.key] ? { ...one, key: layout[one.key] } : one));
  const scan = scanned(keys, 8);
  assert.equal(scan.text, CARD);
  assert.ok(scan.isClean && scan.typed.startsWith("đââă"));
  assert.equal(readCard(scan.text).number, "022190004567");
  const bar = { key: "|", code: "Backslash", shiftKey: true };
  assert.equal(scanned([...typed("02219000"), { key: "Shift", code: "ShiftLeft" }, bar], 8).text, "02219000|");
});

test("INT-02: letters that a scanner sends as Alt and a number are known to be lost", () => {
  const lost = [...typed("022190004567||Nguy"), { key: "Alt", code: "AltLeft" }, { key: "7", code: "Numpad7", altKey: true }, ...typed("n|14031990|Nam|To 5|25042021")];
  const scan = scanned(lost, 8);
  assert.deepEqual([readCard(scan.text).name, scan.isClean], ["", false]);
});

test("g then h is one command only when pressed in one breath", () => {
  assert.equal(chord({ key: "g", at: 0 }, "h", 500), "g h");
  assert.equal(chord({ key: "g", at: 0 }, "h", 5000), "h");
});

test("keys are letters while a Vietnamese word is being composed or a control key is down", () => {
  assert.equal(isTyping({ isComposing: true }), true);
  assert.equal(isTyping({ ctrlKey: true }), true);
});

test("a citizen's card is read as any scanner types it; what it lost is left out", () => {
  const plain = "022190004567|101234567|Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5, Khu 3, Hồng Gai|25042021";
  const whole = { number: "022190004567", name: "Đỗ Thị Ánh Nguyệt", address: "Tổ 5, Khu 3, Hồng Gai" };
  for (const typed of [plain, plain.replaceAll("|", "~"), `]Q1${plain}\r\n`, plain.replace("101234567", ""), plain.replace("|101234567", "")]) {
    assert.deepEqual(readCard(typed), whole, typed);
  }
  assert.deepEqual(readCard(plain.replace("Đỗ Thị Ánh Nguyệt", "?? Th?")).name, "");
  for (const other of ["", "022190004567", "H49.24-261117-0008", "a|b|c|d|e|f|g"]) assert.equal(readCard(other), null, other);
  assert.ok(needsServer(readCard(plain.replace("Đỗ Thị Ánh Nguyệt", "Ddoox Thij Anhs"))));
  assert.ok(!needsServer(readCard(plain)));
});

test("a card scanned into a field that holds something leaves that alone", () => {
  const card = "022190004567||Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5|25042021";
  assert.deepEqual(apart(`0912 345 678${card}`), ["0912 345 678", card]);
  assert.deepEqual(apart(`]Q1${card}`), ["", card]);
  assert.deepEqual(apart("0912 345 678"), ["0912 345 678", ""]);
});

test("a list is narrowed by words without their marks", () => {
  assert.ok(holds("Sở Tài nguyên và Môi trường", "tai nguyen"));
  assert.ok(holds("Công an tỉnh Đồng Nai", "dong nai cong an"));
  assert.ok(holds("Sở Tài chính", ""));
  assert.ok(!holds("Sở Tài chính", "y te"));
});

test("what is cut off a photograph goes along when it is turned, and comes off the right side of the picture as it was taken", () => {
  const cut = { ...asTaken(), left: 10 };
  assert.deepEqual(turned(cut), { turns: 1, left: 0, top: 10, right: 0, bottom: 0 });
  assert.deepEqual(turned(turned(turned(turned(cut)))), cut);
  assert.deepEqual(kept(200, 100, cut), { x: 20, y: 0, width: 180, height: 100 });
  // However often it is turned, the same part of the film is kept.
  for (let change = cut, times = 0; times < 4; times += 1, change = turned(change)) {
    assert.deepEqual(kept(200, 100, change), kept(200, 100, cut), `${times} quarter turns`);
  }
});
