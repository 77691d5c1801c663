// How long the page takes on a slow line and a slow machine, and how much memory it takes.
//
//   node measure.mjs [ROUNDS]     FUTAGO, DIST, CHROMIUM as for the checks; WAY=webgl2 (default) or none
//
// 12 Mbit/s with 40 ms to and fro, the processor slowed down four times; times are marks in the browser's own trace,
// milliseconds from the beginning of the navigation. Latency is what the browser's event timing says: from a press to
// the next frame that shows it. Memory is what the browser's processes for the page hold (proportional set size). The
// slow-down is of the page's own thread; software drawing has cores of its own, so that a busy machine is slower still,
// which the load that is printed tells.

import { readFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { browse, open, ready, serve } from "./checks/support.mjs";

const ROUNDS = Number(process.argv[2] ?? 3);
const WAY = process.env.WAY ?? "webgl2";
const SLOW = { offline: false, latency: 40, downloadThroughput: 12e6 / 8, uploadThroughput: 12e6 / 8 };
const RATE = 4;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Marks of a trace: name to milliseconds after the navigation began. */
function marks(events) {
  const begun = events.filter((event) => event.name === "navigationStart" && event.args.data?.documentLoaderURL?.startsWith("http")).at(-1);
  const found = {};
  for (const { name, ts } of events)
    if (name.startsWith("futago-") || name === "firstContentfulPaint" || name.startsWith("largestContentfulPaint::"))
      found[name] = (ts - begun.ts) / 1000;
  return found;
}

async function load(browser, url) {
  const context = await browser.newContext({ viewport: { width: 390, height: 760 }, serviceWorkers: "block" });
  const page = await context.newPage();
  page.setDefaultTimeout(240_000);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW);
  await session.send("Emulation.setCPUThrottlingRate", { rate: RATE });
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["blink.user_timing", "loading", "devtools.timeline"] } });
  await page.goto(url);
  if (WAY === "none") await page.waitForSelector("body[data-answers]", { state: "attached" });
  else await ready(page);
  const done = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await done;
  return { context, page, found: marks(events) };
}

/** The longest times from press to frame of what people press. */
async function latency(page) {
  await page.evaluate(() => {
    window.presses = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.interactionId) window.presses.push([entry.name, entry.target?.id || entry.target?.dataset?.lang || "", entry.duration]);
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
  });
  const press = async (selector) => {
    await page.click(selector);
    await page.waitForTimeout(1500);
  };
  await press("a.question[data-question=sun]");
  await press("[data-lang=en]");
  await press("[data-lang=ja]");
  await press("[data-move=nearer]");
  await press("#play");
  await press("#play");
  await press("#more summary");
  await page.focus("#minute");
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(1500);
  return page.evaluate(() => window.presses);
}

/** MB that the browser's processes for drawing and running the page hold. */
async function memory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const held = {};
  for (const { type, id } of processInfo) {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    const pss = Number(rollup.match(/^Pss:\s+(\d+)/m)?.[1] ?? 0) / 1024;
    held[type] = (held[type] ?? 0) + pss;
  }
  return held;
}

const server = await serve();
const rounds = [];
const presses = [];
let held;
for (let round = 0; round < ROUNDS; round += 1) {
  const browser = await browse(WAY);
  const { page, found } = await load(browser, server.url);
  rounds.push(found);
  presses.push(...(await latency(page)));
  held = await memory(browser);
  await browser.close();
}
server.end();
console.log(`${cpus().length} cores, load ${loadavg().map((load) => load.toFixed(1)).join(" ")} (1, 5 and 15 minutes)`);
for (const name of Object.keys(rounds[0])) console.log(`${name}: median ${median(rounds.map((found) => found[name])).toFixed(0)} ms of ${ROUNDS}`);
const worst = new Map();
for (const [name, target, ms] of presses) worst.set(`${name} ${target}`, Math.max(worst.get(`${name} ${target}`) ?? 0, ms));
console.log("latency, ms, the longest of each:", Object.fromEntries([...worst].toSorted((a, b) => b[1] - a[1]).slice(0, 12)));
console.log("memory, MB:", Object.fromEntries(Object.entries(held).map(([type, mb]) => [type, Math.round(mb)])));
