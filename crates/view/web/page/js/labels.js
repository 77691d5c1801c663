// Names of landmarks and the mark of the spot, over the picture. They are for the eye: what they say is in the answer too.

import * as texts from "./texts.js";

const at = (id) => document.getElementById(id);
/** Fewer names on a small screen: one for so many pixels. */
const PIXELS_A_NAME = 45000;
const MOST = 16;
/** From the names to the buttons at the right edge and on to the edge, pixels. */
const BESIDE = 14;

let found = [];
let last = null;
let pin = null;
const shown = new Map();

/** Names by index: [Japanese, English]. */
export function names(list) {
  found = list;
  clear();
}

export function clear() {
  shown.clear();
  pin = null;
  at("labels").replaceChildren();
}

/** Names again, in the language that is chosen now. */
export function rename() {
  const beside = last;
  clear();
  if (beside) place(beside);
}

/** Puts names and mark where the scene says; the highest first, none on another. */
export function place(beside) {
  last = beside;
  const layer = at("labels");
  const { width, height } = layer.getBoundingClientRect();
  const free = width - at("movers").offsetWidth - BESIDE;
  const most = Math.min(MOST, Math.max(3, Math.floor((width * height) / PIXELS_A_NAME)));
  const taken = [];
  const kept = new Set();
  for (const [index, [x, y]] of beside.labels) {
    if (kept.size >= most) break;
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const label = shown.get(index) ?? made(index, layer);
    const half = label.offsetWidth / 2;
    const box = { left: x - half, right: x + half, top: y - label.offsetHeight - 12, bottom: y };
    if (box.left <= 2 || box.right >= free || box.top <= 2 || taken.some((other) => over(box, other))) continue;
    taken.push(box);
    kept.add(index);
    label.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
  }
  for (const [index, label] of shown) label.style.visibility = kept.has(index) ? "visible" : "hidden";
  mark(beside.pin, layer);
  at("compass").style.transform = `rotate(${-beside.heading_deg}deg)`;
}

function made(index, layer) {
  const label = document.createElement("span");
  label.className = "label";
  label.textContent = found[index][texts.chosen() === "en" ? 1 : 0];
  layer.append(label);
  shown.set(index, label);
  return label;
}

const over = (a, b) => a.left < b.right + 4 && b.left < a.right + 4 && a.top < b.bottom + 4 && b.top < a.bottom + 4;

function mark(place, layer) {
  if (!place) return void pin?.remove();
  if (!pin?.isConnected) {
    pin = document.createElement("span");
    pin.className = "pin";
    layer.append(pin);
  }
  // Before its turn, which the transform would come after.
  pin.style.translate = `${Math.round(place[0])}px ${Math.round(place[1])}px`;
}
