// The worker: the small WebAssembly module that answers questions, beside the picture.

import init, { Worker as Answers } from "../wasm/answers.js";

let answers = null;
let stop = null;

/** A turn of the event loop, so that other questions and the wish to stop come in between two steps. */
const pause = () =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });

const work = {
  async open(packs) {
    await init({ module_or_path: new URL("../wasm/answers_bg.wasm", import.meta.url) });
    answers = new Answers(packs);
    stop = answers.stop;
  },
  sun: (lon, lat, at, whatIf, language) => JSON.parse(answers.sun(lon, lat, at, whatIf, language)),
  office: async (spot, at, after, language) =>
    JSON.parse(await answers.office(JSON.stringify(spot), at, after, language)),
  officeResults: (at, language) => answers.officeResults(at, language),
  openCrowds: (packs, flows) => answers.openCrowds(packs, flows),
  crowdResults: (at, language) => answers.crowdResults(at, language),
  crowd: (spot, at, after, language) => JSON.parse(answers.crowd(JSON.stringify(spot), at, after, language)),
  places: (text, language) => JSON.parse(answers.places(text, language)),
  say: (key, values, language) => answers.say(key, JSON.stringify(values), language),
  legend: (language) => JSON.parse(answers.legend(language)),
  spot: ([x, y, z]) => JSON.parse(answers.spot(x, y, z)),
  values: () => answers.values(),
  stop: () => stop?.now(),
  run: (question, backend) =>
    answers.run(question, backend, (share, left_s) => postMessage({ progress: { share, left_s } }), pause),
};

onmessage = ({ data: { call, what, with: values } }) => {
  Promise.resolve()
    .then(() => work[what](...values))
    .then((value) => postMessage({ call, value }))
    .catch((why) => postMessage({ call, error: String(why?.message ?? why) }));
};
