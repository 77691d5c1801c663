// The question about the sun: the answer for the spot, the day as a strip, and hours of sun around it.

import * as texts from "./texts.js";
import * as address from "./address.js";
import * as clock from "./clock.js";

const at = (id) => document.getElementById(id);
/** The area that is computed: side and distance of points, metres; minutes from sun to sun. */
export const FORM = { kind: "sun_hours", side_m: 400, spacing_m: 2, step_min: 10, hours: [6, 18] };
let asked = 0;

export function begin(page) {
  page.changed = () => changed(page);
  at("middle").addEventListener("click", () => page.stage?.ask("middle"));
  at("compute").addEventListener("click", () => compute(page));
  at("cancel").addEventListener("click", () => page.answerer.stop());
  at("hide-result").addEventListener("click", () => hide(page));
}

/** Asks again, since spot, time or language are others. */
export async function changed(page) {
  if (page.question !== "sun") return;
  const { spot } = page;
  at("place-name").textContent = named(spot);
  if (!spot || !page.answerer || document.body.dataset.answers === undefined) return;
  const number = ++asked;
  let answer;
  try {
    answer = await page.answerer.sun(spot.lon, spot.lat, clock.instant().toISOString(), texts.chosen());
  } catch {
    answer = { sentence: texts.text("page-outside"), more: [], stretches: [], day: null };
  }
  if (number !== asked) return;
  say(at("sentence"), answer.sentence, page.view?.clock.playing);
  at("sentence").dataset.now = answer.now ?? "";
  at("day-words").replaceChildren(...answer.more.map(paragraph));
  strip(answer);
}

function named(spot) {
  if (!spot) return "";
  const [ja, en] = spot.building ?? ["", ""];
  const name = texts.chosen() === "en" ? en : ja;
  return `${name} ${spot.lat.toFixed(5)}°, ${spot.lon.toFixed(5)}°`.trim();
}

/** A live region is told of what changed, and left in peace while time runs. */
function say(element, words, running) {
  element.setAttribute("aria-live", running ? "off" : "polite");
  if (element.dataset.words === words) return;
  element.dataset.words = words;
  texts.write(element, words);
}

function paragraph(words) {
  const p = document.createElement("p");
  texts.write(p, words);
  return p;
}

/** The day from left to right: night, shade, sun. Patterns tell them apart without colour. */
function strip({ stretches, day }) {
  at("day-chart").hidden = !day;
  if (!day) return;
  const share = (minute) => `${((minute / 1440) * 100).toFixed(3)}%`;
  const bar = (kind, from, to) => {
    const piece = document.createElement("span");
    piece.className = kind;
    Object.assign(piece.style, { left: share(from), width: share(to - from + 1) });
    return piece;
  };
  const now = document.createElement("span");
  now.className = "hand";
  now.style.left = share(clock.inJapan(clock.instant()).minute);
  const hours = [0, 6, 12, 18, 24].map((hour) => {
    const tick = document.createElement("span");
    tick.className = "hour";
    tick.textContent = `${hour}:00`;
    tick.style.left = share(hour * 60);
    return tick;
  });
  at("strip").replaceChildren(bar("shade", ...day), ...stretches.map((s) => bar("sun", ...s)), now, ...hours);
}

async function compute(page) {
  const words = at("progress-words");
  busy(true);
  texts.write(words, texts.text("page-computing"));
  try {
    const question = await page.stage.answer({ question: FORM }, "question");
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
    const stopped = String(why.message).startsWith("cancelled");
    texts.write(words, texts.text(stopped ? "page-cancelled" : "page-failed", { why: why.message }));
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
  const said = document.body.dataset.answers === undefined ? null : await page.answerer.legend(texts.chosen());
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
  at("findings").replaceChildren(...said.findings.map(paragraph));
  at("limits").replaceChildren(...said.limits.map(item));
}

function hide(page) {
  page.stage?.ask("no_results");
  page.stage?.ask({ do: { show_field: null } });
  at("legend").hidden = true;
}
