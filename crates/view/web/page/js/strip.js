// The day from left to right, as every question shows it: pieces of one kind, or bars; the hand of the clock; hours.

import * as clock from "./clock.js";

const DAY = 1440;
const share = (minute) => `${((minute / DAY) * 100).toFixed(3)}%`;

/** A piece from one minute to another, of a class; as high as a share of the strip where one is given. */
export function piece(kind, from, until, height = null) {
  const element = document.createElement("span");
  element.className = kind;
  Object.assign(element.style, { left: share(from), width: share(until - from) });
  if (height !== null) Object.assign(element.style, { top: "auto", height: `${(height * 100).toFixed(1)}%` });
  return element;
}

/** Bars of hours; those of which nothing is known are marked. */
export const bars = (hours) =>
  hours.map(({ from, until, share: height, class: kind }) =>
    height === null ? piece("unknown", from, until) : piece(`bar c${kind}`, from, until, Math.max(height, 0.02)));

/** Fills a strip. */
export function fill(strip, kind, pieces) {
  const hand = piece("hand", clock.inJapan(clock.instant()).minute, DAY);
  hand.style.width = "";
  const hours = [0, 6, 12, 18, 24].map((hour) => {
    const tick = piece("hour", hour * 60, DAY);
    tick.style.width = "";
    tick.textContent = `${hour}:00`;
    return tick;
  });
  strip.className = kind;
  strip.replaceChildren(...pieces, hand, ...hours);
}
