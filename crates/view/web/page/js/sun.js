// The question about the sun: the answer for the spot, the day as a strip, and hours of sun around it.

import * as texts from "./texts.js";
import * as address from "./address.js";
import * as clock from "./clock.js";
import { fill, piece } from "./strip.js";

const at = (id) => document.getElementById(id);
/** The area that is computed: side and distance of points, metres; minutes from sun to sun. */
export const FORM = { kind: "sun_hours", side_m: 400, spacing_m: 2, step_min: 10, hours: [6, 18] };
export const CHART = "page-sun-day-chart";
/** Whether the computation is to end; the worker hears of it only once it has begun. */
let stopped = false;

export function begin(page) {
  at("compute").addEventListener("click", () => compute(page));
  at("cancel").addEventListener("click", () => {
    stopped = true;
    page.answerer.stop();
  });
  at("hide-result").addEventListener("click", () => {
    page.stage?.ask("no_results");
    page.stage?.ask({ do: { show_field: null } });
    leave();
  });
}

export async function ask(page, spot) {
  const whatIf = page.view?.what_if ?? {};
  try {
    return await page.answerer.sun(spot.lon, spot.lat, clock.instant(), whatIf, texts.chosen());
  } catch (why) {
    // A link may change buildings that this city does not have.
    const key = Object.keys(whatIf).length ? "page-failed" : "page-outside";
    return { sentence: texts.text(key, { why: why.message }), more: [], stretches: [], day: null };
  }
}

/** Night, shade, sun. Patterns tell them apart without colour. */
export function strip({ stretches, day }, element) {
  if (!day) return false;
  const bar = (kind, from, to) => piece(kind, from, to + 1);
  fill(element, "sun", [bar("shade", ...day), ...stretches.map((s) => bar("sun", ...s))]);
  return true;
}

export function leave() {
  at("legend").hidden = true;
}

async function compute(page) {
  const words = at("progress-words");
  stopped = false;
  busy(true);
  texts.write(words, texts.text("page-computing"));
  try {
    const question = await page.stage.answer({ question: FORM }, "question");
    if (stopped) throw new Error("cancelled");
    const tell = async ({ share, left_s }) => {
      at("progress").value = share;
      if (!(left_s > 2)) return;
      const left = await page.answerer.say("page-computing-left", { seconds: left_s }, texts.chosen());
      if (!at("cancel").hidden) texts.write(words, left);
    };
    const results = await page.answerer.run(JSON.stringify(question), address.read().backend, tell);
    page.stage.show(results);
    await legend(page);
    texts.write(words, texts.text("page-result-done"));
  } catch (why) {
    const ended = String(why.message).startsWith("cancelled");
    texts.write(words, texts.text(ended ? "page-cancelled" : "page-failed", { why: why.message }));
  }
  busy(false);
}

function busy(is) {
  at("compute").hidden = is;
  at("cancel").hidden = !is;
  at("progress").hidden = !is;
  at("progress").value = 0;
  at(is ? "cancel" : "compute").focus({ preventScroll: true });
}

/** Legend and findings of the last computation, in the language that is chosen. */
export async function legend(page) {
  const closed = page.question !== "sun" || document.body.dataset.answers === undefined;
  const said = closed ? null : await page.answerer.legend(texts.chosen());
  at("legend").hidden = !said;
  if (!said) return;
  texts.write(at("legend-title"), said.title);
  at("legend-bar").style.background = `linear-gradient(to right, ${said.colours.join(", ")})`;
  const item = (words) => {
    const li = document.createElement("li");
    texts.write(li, words);
    return li;
  };
  at("legend-ticks").replaceChildren(...said.ticks.map(item));
  at("findings").replaceChildren(...said.findings.map(texts.paragraph));
  at("limits").replaceChildren(...said.limits.map(item));
}
