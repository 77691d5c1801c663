// A server with the page, and a browser before it.
//
//   FUTAGO  the program (for `futago serve`)       DIST      the page's folder
//   CHROMIUM  the browser                          VALUES    the example `values` of futago_web
//   PICTURES  folder for screenshots, if they are wanted

import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const from = (path) => fileURLToPath(new URL(path, import.meta.url));
const FUTAGO = process.env.FUTAGO ?? from("../../../target/debug/futago");
export const DIST = process.env.DIST ?? from("../../../dist");
/** The example `values` of futago_web. */
export const VALUES = process.env.VALUES ?? from("../../../target/debug/examples/values");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PICTURES = process.env.PICTURES;

/** Software drawing takes its time on two cores, milliseconds. */
export const PATIENCE = 120_000;

const ALWAYS = [
  "--no-sandbox", "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-gpu-watchdog", "--ignore-gpu-blocklist", "--use-angle=swiftshader",
];
/** How a browser is started for a way of drawing. */
const WAYS = {
  webgl2: { headless: true, args: [...ALWAYS, "--enable-unsafe-swiftshader"] },
  webgpu: {
    // Pictures of WebGPU stay black without a display; the caller brings one in memory.
    headless: false,
    args: [...ALWAYS, "--enable-unsafe-webgpu", "--enable-features=Vulkan", "--use-vulkan=swiftshader", "--use-webgpu-adapter=swiftshader"],
  },
  none: { headless: true, args: [...ALWAYS, "--disable-gpu", "--disable-3d-apis"] },
};

/** Serves a folder; gives its address and what ends it. */
export async function serve(folder = DIST) {
  const server = spawn(FUTAGO, ["--lang", "en", "serve", folder, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`futago serve ended with ${code}`)));
    createInterface(server.stdout).on("line", (line) => {
      const found = line.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
  });
  return { url, end: () => server.kill() };
}

/** A browser that draws one way. */
export const browse = (way) => chromium.launch({ executablePath: CHROMIUM, ...WAYS[way] });

/** Server and browser of a file of checks: there before the first one, gone after the last. */
export function setUp(way) {
  const there = {};
  before(async () => {
    there.server = await serve();
    there.browser = await browse(way);
  });
  after(async () => {
    await there.browser?.close();
    there.server?.end();
  });
  return there;
}

/** A page that gathers what goes wrong in it. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ locale: "ja-JP", viewport: { width: 390, height: 760 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  return { context, page, wrong };
}

/** Waits for picture and answers. */
export async function ready(page) {
  await page.waitForSelector("body[data-answers]", { state: "attached" });
  await page.waitForSelector("body[data-drawing]", { state: "attached" });
}

/** Waits until there is an answer. */
export async function answered(page) {
  await page.waitForSelector("#sentence[data-now]:not([data-now=''])", { state: "attached" });
  return page.innerText("#sentence");
}

/** Keeps a screenshot for those who look at them. */
export async function picture(page, name, how = {}) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, ...how });
}
