// What the questions have in common: the spot, the sentence, the day as a strip, and the choice of before and after.
// Each question is a module with `ask(page)`, which gives an answer, and `strip(answer, element)` for
// its day, `draw(answer)` for what is its own, and `results(page)` for the picture where an answer names a field.

import * as texts from "./texts.js";
import * as address from "./address.js";
import * as crowd from "./crowd.js";
import * as office from "./office.js";
import * as sun from "./sun.js";

const at = (id) => document.getElementById(id);
const MODULES = { sun, crowd, office };
let asked = 0;
/** The results that the picture has. */
let painted = null;

export function begin(page) {
  page.changed = () => changed(page);
  at("middle").addEventListener("click", () => page.stage?.ask("middle"));
  for (const box of document.querySelectorAll("#question input[type=radio]"))
    box.addEventListener("change", () => {
      page.after = box.value === "after";
      changed(page);
      address.remember(page);
    });
  sun.begin(page);
}

/** Shows the first screen or a question. */
export function show(page, question) {
  const before = page.question;
  page.question = question;
  document.body.dataset.screen = question ?? "home";
  at("home").hidden = question !== null;
  at("question").hidden = question === null;
  if (question !== before) {
    for (const part of document.querySelectorAll("[data-of]")) part.hidden = part.dataset.of !== question;
    if (before) clear(page, MODULES[before]);
  }
  if (question !== null) {
    for (const box of document.querySelectorAll("#question input[type=radio]"))
      box.checked = (box.value === "after") === page.after;
    name(question);
    if (question !== before) at("question-name").focus({ preventScroll: true });
    // Where nobody marked a spot, the middle of the picture is asked about.
    if (!page.spot) page.stage?.ask("middle");
  }
  changed(page);
}

/** The name in the language that is chosen. */
function name(question) {
  at("question-name").dataset.t = `page-ask-${question}`;
  texts.write(at("question-name"), texts.text(at("question-name").dataset.t));
  const caption = at("day-caption");
  caption.dataset.t = MODULES[question].CHART;
  texts.write(caption, texts.text(caption.dataset.t));
}

/** The colours of the picture and what they stand for, as the scene tells them. */
export function colours(page, scale) {
  const module = MODULES[page.question];
  at("colours").hidden = !scale || !module?.TICK;
  if (at("colours").hidden) return;
  at("colours-bar").style.background = `linear-gradient(to right, ${scale.colours.join(", ")})`;
  const tick = (value, i) => {
    const item = document.createElement("li");
    item.textContent = `${i === 2 && scale.clipped ? "≥ " : ""}${module.TICK(value)}`;
    return item;
  };
  at("colours-ticks").replaceChildren(...scale.ticks.map(tick));
}

/** Nothing of the last question stays in the picture. */
function clear(page, module) {
  asked += 1;
  at("day-chart").hidden = true;
  at("day-words").replaceChildren();
  Object.assign(at("sentence").dataset, { now: "", words: "" });
  texts.write(at("sentence"), texts.text("page-spot-hint"));
  module.leave?.();
  painted = null;
  at("colours").hidden = true;
  page.stage?.ask("no_results");
  page.stage?.ask({ do: { show_field: null } });
}

/** Asks again, since spot, time, choice or language are others. */
export async function changed(page) {
  const module = MODULES[page.question];
  if (!module) return;
  const { spot } = page;
  at("place-name").textContent = named(spot);
  if (!spot || !page.answerer || document.body.dataset.answers === undefined) return;
  const number = ++asked;
  let answer;
  try {
    answer = await module.ask(page, spot);
  } catch (why) {
    answer = { sentence: texts.text("page-failed", { why: why.message }), more: [] };
  }
  if (number !== asked || !answer) return;
  say(at("sentence"), answer.sentence, page.view?.clock.playing);
  at("sentence").dataset.now = answer.now ?? "";
  at("day-words").replaceChildren(...answer.more.map(texts.paragraph));
  at("day-chart").hidden = !module.strip(answer, at("strip"));
  module.draw?.(answer);
  if (answer.field) paint(page, module, answer);
}

/** A new picture has no results. */
export function afresh(page) {
  painted = null;
  changed(page);
}

/** Shows in the picture what the answer is of: fetches its results when they are not those there, and chooses. */
async function paint(page, module, { set, field }) {
  if (!page.stage?.draws) return;
  if (painted !== set) {
    painted = set;
    try {
      const results = await module.results(page);
      if (painted !== set) return;
      page.stage.show(results);
    } catch (why) {
      return console.warn("not in the picture:", why);
    }
  }
  if (page.view?.shown !== field) page.stage.ask({ do: { show_field: field } });
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
