// Fetches the city with progress in bytes.

import * as texts from "./texts.js";

const at = (id) => document.getElementById(id);
/** Nothing is said of the bytes before this, milliseconds. */
const QUIET = 3000;
const LONG = 15000;

/** The packs as Uint8Arrays. An error says which one (`what`) and whether it was damaged. */
export async function fetchPacks() {
  const list = await (await got("city/city.json")).json();
  const total = list.packs.reduce((sum, pack) => sum + pack.bytes, 0);
  let done = 0;
  const begun = performance.now();
  const tell = (bytes) => {
    done += bytes;
    at("loading-bar").value = done / total;
    const away = performance.now() - begun;
    if (away > QUIET) {
      const mb = (value) => (value / 1e6).toFixed(1);
      at("loading-share").textContent = texts.text("page-loading-share", { done: mb(done), total: mb(total) });
    }
    if (away > LONG) texts.write(at("loading-text"), texts.text("page-loading-long"));
  };
  return Promise.all(list.packs.map((pack) => fetchPack(pack, tell)));
}

/** What the question about crowds needs: packs of the walk network, and flows. */
export async function fetchCrowds() {
  const { crowds } = await (await got("city/city.json")).json();
  const [flows, ...packs] = await Promise.all(crowds.map((file) => fetchPack(file, () => {})));
  return { packs, flows };
}

async function fetchPack({ name, bytes }, tell) {
  const answer = await got(`city/${name}`);
  const whole = new Uint8Array(bytes);
  let filled = 0;
  try {
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > bytes) throw new Error("longer than it should be");
      whole.set(value, filled);
      filled += value.length;
      tell(value.length);
    }
    if (filled !== bytes) throw new Error("cut off");
  } catch (cause) {
    throw Object.assign(new Error(`${name}: ${cause.message}`, { cause }), { what: name });
  }
  return whole;
}

async function got(path) {
  let answer;
  try {
    answer = await fetch(path);
  } catch (cause) {
    throw Object.assign(new Error(path, { cause }), { what: path });
  }
  if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), { what: path });
  return answer;
}
