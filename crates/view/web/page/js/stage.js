// The picture: takes the module that the browser can draw with, opens it on the canvas, and shows names and the spot
// over it.

import * as texts from "./texts.js";
import * as labels from "./labels.js";

const at = (id) => document.getElementById(id);
/** A picture that breaks again within this is not tried once more, milliseconds. */
const GIVE_UP = 20000;

/** What this browser can draw with, best first. */
export async function ways(asked) {
  const found = [];
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (adapter) found.push("webgpu");
  const probe = document.createElement("canvas").getContext("webgl2");
  if (probe) {
    found.push("webgl2");
    probe.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return asked ? found.filter((way) => way === asked) : found;
}

export class Stage {
  /** Whether there is a picture. */
  draws = false;
  /** How it is drawn. */
  way = null;
  #listen;
  #notice;
  #prepared = null;
  #module = null;
  #opened = 0;
  #waiting = new Map();
  #view = null;

  constructor(listen, notice) {
    this.#listen = listen;
    this.#notice = notice;
  }

  /** Begins to fetch the module that draws, while the city is on its way too. */
  prepare(asked) {
    this.#prepared = (async () => {
      [this.way = null] = await ways(asked.drawing);
      return this.way && fetched(this.way, 1);
    })();
    // Whoever opens the picture hears of it.
    this.#prepared.catch(() => {});
  }

  /** Comes back when the module that draws is there, or when there will be none. */
  async fetched() {
    await this.#prepared.catch(() => {});
  }

  /** Opens the picture and comes back when the first one is drawn, or when there will be none. */
  async open(packs, asked) {
    try {
      const module = await this.#prepared;
      if (!module) return this.#without();
      await this.#begin(module, packs, asked);
    } catch (why) {
      console.warn("no picture:", why);
      this.#without();
    }
  }

  async #begin(module, packs, asked) {
    const number = ++this.#opened;
    const begun = performance.now();
    const canvas = at("stage");
    canvas.hidden = false;
    before = document.activeElement;
    this.#module = module;
    const drawn = new Promise((resolve) => this.#waiting.set("drawn", resolve));
    this.#watch(canvas, number, () => {
      this.#module = null;
      this.draws = false;
      if (performance.now() - begun < GIVE_UP && number > 2) return this.#without();
      this.#notice(texts.text("page-lost"));
      const fresh = canvas.cloneNode();
      canvas.replaceWith(fresh);
      fetched(this.way, number + 1)
        .then((next) => this.#begin(next, packs, { ...asked, link: "", view: this.#view }))
        .catch(() => this.#without());
    });
    module.openStage(packs, asked.link ?? "", new Date().toISOString(), "#stage", (news) => this.#hear(JSON.parse(news)), picture);
    if (asked.view) this.ask({ do: { open: asked.view } });
    if (asked.spot) this.ask({ spot: asked.spot });
    await drawn;
    // A new picture takes the keys to itself, which nobody asked for.
    if (document.activeElement === canvas) held(canvas);
    this.draws = true;
    at("loading").hidden = true;
    at("poster").hidden = true;
    document.body.dataset.drawing = this.way;
    performance.mark("futago-drawn");
  }

  /** Calls back once when the picture breaks: its device was lost or its module ended. */
  #watch(canvas, number, broke) {
    const once = () => {
      if (number !== this.#opened) return;
      window.removeEventListener("error", heard);
      window.removeEventListener("unhandledrejection", heard);
      broke();
    };
    const heard = (event) => {
      const why = event.error ?? event.reason;
      if (why instanceof WebAssembly.RuntimeError) once();
    };
    canvas.addEventListener("webglcontextlost", once, { once: true });
    window.addEventListener("error", heard);
    window.addEventListener("unhandledrejection", heard);
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** The page goes on with answers and the prepared picture. */
  #without() {
    this.way = null;
    this.draws = false;
    document.body.dataset.drawing = "none";
    at("stage").hidden = true;
    at("poster").hidden = false;
    at("movers").hidden = true;
    labels.clear();
    texts.write(at("loading-text"), texts.text("page-no-drawing"));
    at("loading-bar").hidden = true;
    at("loading-share").textContent = "";
    at("loading").hidden = false;
  }

  #hear(news) {
    const [kind] = typeof news === "string" ? [news] : Object.keys(news);
    if (kind === "landmarks") labels.names(news.landmarks);
    else if (kind === "beside") labels.place(news.beside);
    else if (kind === "state") this.#view = news.state;
    const waiting = this.#waiting.get(kind);
    this.#waiting.delete(kind);
    waiting?.(news[kind]);
    this.#listen(news);
  }

  /** Asks the scene for something; false when there is none. */
  ask(wish) {
    if (!this.#module) return false;
    this.#module.ask(JSON.stringify(wish));
    return true;
  }

  /** Asks, and waits for the answer of a kind. */
  answer(wish, kind) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(kind, resolve);
      if (!this.ask(wish)) reject(new Error("there is no picture"));
    });
  }

  /** Shows results that the worker found. */
  show(results) {
    this.#module?.showResults(results);
  }

  /** A picture as { width, height, rgba }. */
  picture() {
    return new Promise((resolve, reject) => {
      taker = resolve;
      if (!this.ask("picture")) reject(new Error("there is no picture"));
    });
  }

  /** Writes the names in another language. */
  rename() {
    labels.rename();
  }
}

/** The module that draws one way. One that broke is of no use any more; another address gives another instance. */
async function fetched(way, number) {
  const wasm = fetch(new URL(`../wasm/${way}_bg.wasm`, import.meta.url));
  // Whoever waits for the module hears of it.
  wasm.catch(() => {});
  const module = await import(`../wasm/${way}.js${number > 1 ? `?again=${number}` : ""}`);
  await module.default({ module_or_path: wasm });
  return module;
}

/** Gives the focus back to who had it before the picture. */
function held(canvas) {
  canvas.blur();
  if (before?.isConnected && before !== document.body) return before.focus({ preventScroll: true });
  // So that the next step with the keyboard begins at the top of the page.
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });
  document.body.removeAttribute("tabindex");
}
let before = null;

let taker = null;
function picture(width, height, rgba) {
  taker?.({ width, height, rgba });
  taker = null;
}
