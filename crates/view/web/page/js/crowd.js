// The question about crowds: how full the nearest way is, hour by hour, before and after April 2020. Its counts and
// the walk network are fetched when somebody asks for the first time.

import * as texts from "./texts.js";
import * as clock from "./clock.js";
import { fetchCrowds } from "./packs.js";
import { bars, fill } from "./strip.js";

export const CHART = "page-crowd-chart";
/** A value of the picture: people an hour. */
export const TICK = (value) => Number(value.toPrecision(2)).toLocaleString("en");
/** Rests before a fetch that failed is tried again, milliseconds. */
const REST = 5000;
let opened = null;

export async function ask(page, spot) {
  opened ??= open(page);
  try {
    await opened;
  } catch (why) {
    setTimeout(() => (opened = null), REST);
    throw why;
  }
  return page.answerer.crowd(spot, page.after, clock.instant(), texts.chosen());
}

async function open(page) {
  const { packs, flows } = await fetchCrowds();
  page.credit(await page.answerer.openCrowds(packs, flows));
}

export const results = (page) => page.answerer.crowdResults(clock.instant(), texts.chosen());

export function strip({ hours }, element) {
  fill(element, "hours", bars(hours));
  return hours.length > 0;
}
