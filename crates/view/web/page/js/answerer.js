// The worker that answers, from the page's side: each call is a message with a number and a promise.

export class Answerer {
  #worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  #calls = new Map();
  #next = 0;
  #tell = null;

  constructor() {
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      for (const { reject } of this.#calls.values()) reject(new Error(event.message));
      this.#calls.clear();
    };
  }

  #hear({ call, value, error, progress }) {
    if (progress) return this.#tell?.(progress);
    const waiting = this.#calls.get(call);
    this.#calls.delete(call);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(Object.assign(new Error(error), { damaged: error.startsWith("pack ") }));
  }

  #ask(what, ...with_) {
    const call = this.#next++;
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
      this.#worker.postMessage({ call, what, with: with_ });
    });
  }

  /** Opens the packs. */
  open(packs) {
    return this.#ask("open", packs);
  }

  /** When a spot is in the sun on the day of an instant, in the city as a what-if changes it. */
  sun(lon, lat, at, whatIf, language) {
    return this.#ask("sun", lon, lat, at.toISOString(), JSON.stringify(whatIf), language);
  }

  /** How full the offices of a spot are; after the change or before. */
  office(spot, after, at, language) {
    return this.#ask("office", spot, at.toISOString(), after, language);
  }

  /** Floors of the day of an instant, for the scene. */
  officeResults(at, language) {
    return this.#ask("officeResults", at.toISOString(), language);
  }

  /** Takes in flows and the packs of their network; gives credits. */
  openCrowds(packs, flows) {
    return this.#ask("openCrowds", packs, flows);
  }

  /** Streets at the hour of an instant, for the scene. */
  crowdResults(at, language) {
    return this.#ask("crowdResults", at.toISOString(), language);
  }

  /** How full the way nearest to a spot is; after the change or before. */
  crowd(spot, after, at, language) {
    return this.#ask("crowd", spot, at.toISOString(), after, language);
  }

  places(text, language) {
    return this.#ask("places", text, language);
  }

  /** A sentence with numbers. */
  say(key, values, language) {
    return this.#ask("say", key, values, language);
  }

  legend(language) {
    return this.#ask("legend", language);
  }

  /** What is known of a place, site metres: a spot as the picture tells one. */
  spot(at_m) {
    return this.#ask("spot", at_m);
  }

  /** Computes; `tell` hears { share, left_s }. Gives the results for the scene. */
  run(question, backend, tell) {
    this.#tell = tell;
    return this.#ask("run", question, backend);
  }

  /** Values of the last results, for checks. */
  values() {
    return this.#ask("values");
  }

  /** Ends the computation; its promise is refused. */
  stop() {
    return this.#ask("stop");
  }
}
