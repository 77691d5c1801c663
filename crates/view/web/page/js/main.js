// Puts the page together: texts first, then the worker that answers and the picture, each as soon as it is there.

import * as texts from "./texts.js";
import { Answerer } from "./answerer.js";
import { Stage } from "./stage.js";
import { fetchPacks } from "./packs.js";
import * as address from "./address.js";
import * as clock from "./clock.js";
import * as movers from "./movers.js";
import * as question from "./question.js";
import * as search from "./search.js";
import * as share from "./share.js";
import { mark } from "./spot.js";
import * as sun from "./sun.js";

const at = (id) => document.getElementById(id);
/** Where the site begins: the spot where nobody marked one and there is no picture with a middle. */
const MIDDLE = [0, 0, 0];

/** What the parts of the page know of each other. */
const page = {
  answerer: null,
  stage: null,
  /** The marked spot: { lon, lat, at_m, building }. */
  spot: null,
  /** The view as the scene tells it. */
  view: null,
  credits: [],
  question: null,
  /** Whether the answer is for after the change that a question compares with. */
  after: false,
  /** The area that is computed. */
  form: sun.FORM,
  notice,
  credit,
  /** News of the scene, or of what stands in for it. */
  hear: (news) => listen(news),
};

function notice(words) {
  texts.write(at("notice"), words);
}

/** Credits of data that came later. */
function credit(lines) {
  page.credits = [...new Set([...page.credits, ...lines])];
  credits();
}

function links() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.question, #back, #home-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const wanted = link.dataset.question ?? null;
    if (wanted === page.question) return;
    question.show(page, wanted);
    address.remember(page, true);
  });
  window.addEventListener("popstate", () => {
    const { question: wanted, after, link, spot } = address.read();
    page.after = after;
    question.show(page, wanted);
    if (link) page.stage?.ask({ link_to: link });
    if (spot) mark(page, spot);
  });
}

async function speak(code) {
  await texts.speak(code);
  search.again(page);
  clock.write(page);
  question.changed(page);
  sun.legend(page);
  page.stage?.rename();
  credits();
  address.remember(page);
}

function credits() {
  const words = page.credits.length ? page.credits.join(" · ") : texts.text("page-credits-none");
  at("credits").textContent = `${texts.plain(texts.text("page-credits"))}: ${words}`;
}

function listen(news) {
  if (news.state) {
    page.view = news.state;
    clock.write(page);
    question.changed(page);
    address.remember(page);
  }
  if (news.spot) {
    page.spot = news.spot;
    if (page.question === null) question.show(page, "sun");
    else question.changed(page);
    address.remember(page);
  }
  if (news === "drawn") question.afresh(page);
  if (news.shown !== undefined) question.colours(page, news.shown);
  if (news.credits) {
    credit(news.credits);
  }
}

async function begin() {
  const asked = address.read();
  const coming = send(asked);
  links();
  for (const button of document.querySelectorAll("[data-lang]"))
    button.addEventListener("click", () => speak(button.dataset.lang));
  await texts.speak(texts.wanted(asked.language));
  clock.begin(page);
  movers.begin(page);
  search.begin(page);
  share.begin(page);
  question.begin(page);
  page.after = asked.after;
  question.show(page, asked.question);
  if (asked.embedded) document.body.dataset.embedded = "";
  const connection = () => notice(navigator.onLine ? "" : texts.text("page-offline"));
  window.addEventListener("offline", connection);
  window.addEventListener("online", connection);
  connection();
  await load(asked, coming);
}

/** Sends for the module that draws and for the city, which are most of what the first picture waits for. */
function send(asked) {
  page.stage = new Stage(listen, notice);
  page.stage.prepare(asked);
  const packs = fetchPacks();
  // Whoever opens them hears of it.
  packs.catch(() => {});
  return packs;
}

/** Gives the city to picture and answers; either may fail and leave the other. */
async function load(asked, coming) {
  at("again").hidden = true;
  at("loading").hidden = false;
  page.answerer = new Answerer();
  let packs;
  try {
    packs = await coming;
  } catch (why) {
    return failed(why);
  }
  const picture = page.stage.open(packs, asked);
  // The module that answers takes nothing of the line from the one that draws.
  await page.stage.fetched();
  try {
    await page.answerer.open(packs);
    document.body.dataset.answers = "";
    performance.mark("futago-answers");
    question.changed(page);
    search.again(page);
    // A link is answered before there is a picture, or without one.
    page.view ??= await address.viewOf(asked.link);
    clock.write();
    if (asked.spot) await told(asked.spot);
    await picture;
    if (!page.spot && !page.stage.draws) await told(MIDDLE);
  } catch (why) {
    return failed(why);
  }
  if (page.question !== null && !page.spot) page.stage.ask("middle");
  question.changed(page);
  offline();
}

/** Takes a spot as the answers know it, where the picture has told none. */
async function told(at_m) {
  page.spot ??= await page.answerer.spot(at_m);
  question.changed(page);
}

function failed(why) {
  console.warn(why);
  texts.write(at("loading-text"), texts.text(why.damaged ? "page-damaged" : "page-loading-failed", { what: why.what ?? "" }));
  at("loading-bar").hidden = true;
  at("loading-share").textContent = "";
  at("again").hidden = false;
  at("again").onclick = () => {
    at("loading-bar").hidden = false;
    texts.write(at("loading-text"), texts.text("page-loading"));
    const asked = address.read();
    load(asked, send(asked));
  };
}

async function offline() {
  if (!("serviceWorker" in navigator)) return;
  try {
    const had = navigator.serviceWorker.controller !== null;
    await navigator.serviceWorker.register("sw.js", { type: "module" });
    await navigator.serviceWorker.ready;
    if (!had) notice(texts.text("page-offline-ready"));
  } catch (why) {
    console.info("no offline copy:", why);
  }
}

begin();
// For tests, which look at what the page knows.
window.futago = page;
