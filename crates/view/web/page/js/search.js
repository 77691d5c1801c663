// Finding places by name.

import { mark } from "./spot.js";
import * as texts from "./texts.js";

const at = (id) => document.getElementById(id);
const REST = 150;
/** How near a found place is looked at, metres. */
const NEAR_M = 450;
let timer = 0;

export function begin(page) {
  at("search-text").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => again(page), REST);
  });
  at("search").querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    at("places").querySelector("button")?.click();
  });
}

/** Looks for what is written, in the language that is chosen. */
export async function again(page) {
  const wanted = at("search-text").value.trim();
  if (!page.answerer || !wanted) {
    at("places").replaceChildren();
    at("search-count").textContent = "";
    return;
  }
  const found = await page.answerer.places(wanted, texts.chosen());
  if (wanted !== at("search-text").value.trim()) return;
  const words = found.length
    ? await page.answerer.say("page-search-found", { count: found.length }, texts.chosen())
    : texts.text("page-search-nothing");
  at("search-count").classList.toggle("hidden", found.length > 0);
  texts.write(at("search-count"), words);
  at("places").replaceChildren(...found.map((place) => line(page, place)));
}

function line(page, place) {
  const button = document.createElement("button");
  button.type = "button";
  const [name, kind] = [document.createElement("strong"), document.createElement("span")];
  name.textContent = place.name;
  texts.write(kind, place.kind);
  button.append(name, " ", kind);
  button.addEventListener("click", () => go(page, place));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function go(page, place) {
  const at_m = [...place.at_m, 0];
  const pose = page.view?.camera;
  if (pose) {
    const near = { ...pose, target_m: at_m, distance_m: NEAR_M, pitch_deg: Math.max(pose.pitch_deg, 40) };
    page.stage.ask({ do: { look: near } });
    page.stage.ask({ do: { select: place.building } });
  }
  mark(page, at_m);
  at("places").replaceChildren();
  at("search-count").textContent = "";
  at("search-text").value = "";
  at("sentence").focus({ preventScroll: false });
}
