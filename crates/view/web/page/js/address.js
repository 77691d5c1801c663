// The address holds the whole view: question, language, spot, and place, time and what-if in the scene's own link.

import * as texts from "./texts.js";

const QUESTIONS = ["sun", "crowd", "office"];
/** What the scene's own links begin with. */
const LINK = "futago-view:1:";
/** Rests between two writes of the address, milliseconds. */
const REST = 400;
let timer = 0;

/** What the address asks for. */
export function read() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const spot = parts.get("p")?.split(",").map(Number) ?? [];
  return {
    question: QUESTIONS.includes(parts.get("q")) ? parts.get("q") : null,
    after: parts.get("w") === "after",
    language: parts.get("l"),
    link: parts.get("v") ?? "",
    spot: spot.length === 3 && spot.every(Number.isFinite) ? spot : null,
    embedded: parts.has("embed"),
    drawing: parts.get("draw"),
    backend: ["cpu", "gpu"].includes(parts.get("compute")) ? parts.get("compute") : "auto",
  };
}

/** The view of a scene's link, for answers before there is a picture or without one; null when it is none. */
export async function viewOf(link) {
  if (!link.startsWith(LINK)) return null;
  try {
    const packed = atob(link.slice(LINK.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = new Blob([Uint8Array.from(packed, (letter) => letter.charCodeAt(0))]);
    return await new Response(bytes.stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
  } catch (why) {
    console.info("not a view:", why);
    return null;
  }
}

/** The address of what is shown. */
export async function of(page, embedded = false) {
  const now = read();
  const parts = new URLSearchParams();
  if (page.question) parts.set("q", page.question);
  if (page.after) parts.set("w", "after");
  parts.set("l", texts.chosen());
  if (page.spot) parts.set("p", page.spot.at_m.map((v) => v.toFixed(2)).join(","));
  const link = page.stage?.draws ? await page.stage.answer("link", "link") : now.link;
  if (link) parts.set("v", link);
  if (embedded || now.embedded) parts.set("embed", "");
  for (const [name, value] of [["draw", now.drawing], ["compute", now.backend === "auto" ? null : now.backend]])
    if (value) parts.set(name, value);
  return `${location.pathname}#${parts}`;
}

/** Writes the address; a new screen is a new step back. */
export function remember(page, step = false) {
  clearTimeout(timer);
  const write = async () => {
    const address = await of(page);
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  if (step) write();
  else timer = setTimeout(write, REST);
}
