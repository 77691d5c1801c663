// The question about offices: how full the building is, hour by hour and floor by floor.

import * as texts from "./texts.js";
import * as clock from "./clock.js";
import { bars, fill } from "./strip.js";

const at = (id) => document.getElementById(id);
export const CHART = "page-office-chart";
/** A value of the picture: share of the capacity. */
export const TICK = (value) => `${Math.round(value * 100)} %`;

export const ask = (page, spot) => page.answerer.office(spot, page.after, clock.instant(), texts.chosen());

export function strip({ hours }, element) {
  fill(element, "hours", bars(hours));
  return hours.length > 0;
}

export const results = (page) => page.answerer.officeResults(clock.instant(), texts.chosen());

export function draw({ floors }) {
  at("floors").hidden = floors.length === 0;
  at("floor-rows").replaceChildren(...floors.map(row));
}

export function leave() {
  at("floors").hidden = true;
}

/** A floor; the bar beside its share is for the eye. */
function row({ name, persons, share, level, class: kind }) {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  texts.write(head, name);
  const [people, filled] = [document.createElement("td"), document.createElement("td")];
  people.textContent = persons;
  const bar = document.createElement("span");
  bar.className = `bar c${kind}`;
  bar.style.width = `calc((100% - 4.5rem) * ${Math.min(share, 1).toFixed(2)})`;
  const words = document.createElement("span");
  words.textContent = level;
  filled.append(bar, words);
  line.append(head, people, filled);
  return line;
}
