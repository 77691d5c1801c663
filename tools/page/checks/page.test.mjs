// The page drawn with WebGL2: what people do with it, and what goes wrong around it.

import { deflateRawSync } from "node:zlib";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertLooks } from "./golden.mjs";
import { PATIENCE, answered, browse, open, picture, ready, setUp } from "./support.mjs";

const NOON = "#q=sun&p=60.00,60.00,0.00";
const there = setUp("webgl2");
const check = (name, run) => test(name, { timeout: 2 * PATIENCE }, run);

/** The share of pixels of a screenshot that are not the commonest colour. */
async function liveliness(page) {
  const shot = await page.locator("#view").screenshot();
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const draw = canvas.getContext("2d");
    draw.drawImage(image, 0, 0);
    const { data } = draw.getImageData(0, 0, image.width, image.height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const colour = (data[i] >> 4) * 256 + (data[i + 1] >> 4) * 16 + (data[i + 2] >> 4);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return 1 - Math.max(...counts.values()) / (data.length / 4);
  }, shot.toString("base64"));
}

/** Waits until something is so: the city comes piece by piece, and a busy machine takes its time. */
async function eventually(is, otherwise) {
  const until = Date.now() + PATIENCE;
  while (!(await is())) {
    assert.ok(Date.now() < until, otherwise);
    await new Promise((next) => setTimeout(next, 500));
  }
}

const lively = (page) => eventually(async () => (await liveliness(page)) > 0.4, "the picture is all but empty");

check("the city is drawn, named and answered for", async () => {
  const { page, wrong, context } = await open(there.browser, there.server.url);
  await ready(page);
  assert.equal(await page.getAttribute("body", "data-drawing"), "webgl2");
  assert.ok(await page.isHidden("#poster"));
  await lively(page);
  await eventually(async () => (await page.locator(".label:visible").count()) >= 3, "landmarks have no names");
  assert.match(await page.innerText("#credits"), /東京都|PLATEAU/);
  await picture(page, "phone-home");
  await page.click("a.question[data-question=sun]");
  assert.match(await answered(page), /日なた|日かげ|太陽/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "question-name");
  await picture(page, "phone-sun");
  await page.goBack();
  assert.ok(await page.isVisible("#home"));
  await page.goForward();
  assert.ok(await page.isVisible("#question"));
  assert.deepEqual(wrong, []);
  await context.close();
});

check("a tap asks about its place; time and day change the answer", async () => {
  const { page, context } = await open(there.browser, `${there.server.url}${NOON}`);
  await ready(page);
  await answered(page);
  const box = await page.locator("#stage").boundingBox();
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.8);
  await page.waitForFunction(() => !document.querySelector("#place-name").textContent.startsWith("35.6")
    || window.futago.spot.at_m[0] !== 60);
  await page.selectOption("#day", "winter");
  await page.locator("#minute").fill("720");
  // Not the sentence: where the sun never comes it stays as it was.
  await page.waitForFunction(() => /12月22日.*12:00 JST/.test(document.querySelector("#time").innerText));
  await page.locator("#minute").fill("120");
  await page.waitForSelector("#sentence[data-now=night]");
  await context.close();
});

check("three languages; what is kept and linked comes back", async () => {
  const { page, wrong, context } = await open(there.browser, `${there.server.url}${NOON}`);
  await ready(page);
  await page.selectOption("#day", "winter");
  await page.locator("#minute").fill("600");
  await answered(page);
  await page.click("[data-lang=ja-easy]");
  await page.waitForSelector("#sentence ruby rt");
  await picture(page, "phone-easy");
  await page.click("[data-lang=en]");
  await page.waitForFunction(() => /^(At 10:00|No direct sun)/.test(document.querySelector("#sentence").innerText));
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.waitForFunction(() => location.hash.includes("v=futago-view"));
  await page.waitForTimeout(800);
  const address = page.url();
  const said = await page.innerText("#sentence");
  const view = await page.evaluate(() => window.futago.view);
  const other = await open(there.browser, address);
  await ready(other.page);
  await other.page.waitForFunction(() => window.futago.view !== null);
  await other.page.waitForFunction((was) => document.querySelector("#sentence").innerText === was, said);
  assert.deepEqual(await other.page.evaluate(() => window.futago.view), view);
  assert.deepEqual([...wrong, ...other.wrong], []);
  await other.context.close();
  await context.close();
});

check("everything can be done with the keyboard alone", async () => {
  const { page, context } = await open(there.browser, there.server.url);
  await ready(page);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY", "something took the focus");
  const seen = new Set();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const e = document.activeElement;
      return e === document.body ? "" : e.id || e.dataset.lang || e.dataset.move || e.dataset.question || e.className || e.tagName;
    });
    if (!now) break;
    seen.add(now);
  }
  for (const wanted of ["skip", "ja-easy", "en", "stage", "nearer", "reset", "play", "minute", "day", "sun", "crowd", "office", "search-text", "copy-link", "save-picture"])
    assert.ok([...seen].some((id) => id.includes(wanted)), `${wanted} is not reached: ${[...seen].join(" ")}`);
  await page.focus("#stage");
  const before = await page.evaluate(() => window.futago.view.camera);
  await page.keyboard.down("ArrowUp");
  await page.waitForFunction((was) => window.futago.view.camera.target_m[1] !== was.target_m[1], before);
  await page.keyboard.up("ArrowUp");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.move), "nearer", "the picture keeps the focus");
  await page.keyboard.press("Enter");
  await page.waitForFunction((was) => window.futago.view.camera.distance_m < was.distance_m, before);
  await context.close();
});

// With the fewest hours that have a bar: where fewer than the least number were counted, there is none.
for (const [question, place, least, wanted, picture_of] of [
  ["office", "第一本庁舎", 12, /合成データ: .*都庁.*約.*人/s, "office-level-floors"],
  ["crowd", "プラザ通り", 5, /合成データ: 2020 年 1 月の平日/, "crowd-counted-flow"],
])
  check(`${question}: a sentence, the day, before and after, in the picture and by link`, async () => {
    const { page, wrong, context } = await open(there.browser, `${there.server.url}#q=${question}&p=60.00,60.00,0.00`);
    await ready(page);
    await page.fill("#search-text", place);
    await page.waitForSelector("#places button");
    await page.keyboard.press("Enter");
    await page.selectOption("#day", "other");
    await page.fill("#date", "2026-11-24");
    await page.locator("#minute").fill("660");
    await page.waitForFunction((like) => new RegExp(like, "s").test(document.querySelector("#sentence").innerText), wanted.source);
    await page.waitForFunction((key) => window.futago.view.shown?.startsWith(key), picture_of);
    await page.waitForSelector("#colours:not([hidden])");
    // Hours of which too few people were counted have a mark instead of a bar.
    assert.ok((await page.locator("#strip .bar, #strip .unknown").count()) >= 18, "the day is not there");
    const counted = await page.locator("#strip .bar").count();
    assert.ok(counted >= least, `only ${counted} hours have a bar`);
    const before = await page.innerText("#sentence");
    const bars = await page.locator("#strip").innerHTML();
    await page.focus(`[name=${question}-case][value=before]`);
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((was) => document.querySelector("#sentence").innerText !== was, before);
    assert.notEqual(await page.locator("#strip").innerHTML(), bars);
    await page.waitForFunction(() => /-(after|what-if)$/.test(window.futago.view.shown));
    await page.waitForFunction(() => location.hash.includes("w=after"));
    await page.waitForTimeout(3000);
    await picture(page, `phone-${question}`, { fullPage: true });
    const after = await page.innerText("#sentence");
    await page.click("[data-lang=ja-easy]");
    await page.waitForSelector("#sentence ruby rt");
    await picture(page, `phone-${question}-easy`);
    await page.click("[data-lang=en]");
    await page.waitForFunction(() => /Synthetic data/.test(document.querySelector("#sentence").innerText));
    await page.click("[data-lang=ja]");
    await page.waitForFunction((was) => document.querySelector("#sentence").innerText === was, after);
    await page.click("#back");
    await page.waitForFunction(() => window.futago.view.shown === null);
    await page.goBack();
    await page.waitForFunction((was) => document.querySelector("#sentence").innerText === was, after);
    assert.deepEqual(wrong, []);
    await context.close();
  });

check("a link with a planned change is answered for it, and for the city without", async () => {
  const { page, wrong, context } = await open(there.browser, `${there.server.url}${NOON}`);
  await ready(page);
  await answered(page);
  await page.evaluate(async () => {
    const [{ building }] = await window.futago.answerer.places("第一本庁舎", "ja");
    window.futago.stage.ask({ do: { remove: building } });
  });
  await page.waitForFunction(() => /^このリンクの計画どおりの場合/.test(document.querySelector("#sentence").innerText));
  assert.match(await page.innerText("#day-words"), /なくす建物 1 棟.*計画がない場合/s);
  const said = await page.innerText("#sentence");
  const address = await page.evaluate(async () => (await import("./js/address.js")).of(window.futago));
  const other = await open(there.browser, new URL(address, there.server.url).href);
  await ready(other.page);
  await other.page.waitForFunction((was) => document.querySelector("#sentence").innerText === was, said);
  assert.deepEqual([...wrong, ...other.wrong], []);
  await other.context.close();
  await context.close();
});

check("places are found by name and looked at", async () => {
  const { page, context } = await open(there.browser, there.server.url);
  await ready(page);
  await page.fill("#search-text", "都庁");
  await page.waitForSelector("#places button");
  await page.keyboard.press("Enter");
  await answered(page);
  await page.fill("#search-text", "qqqq");
  await page.waitForFunction(() => /みつかりません/.test(document.querySelector("#search-count").innerText));
  await context.close();
});

check("sun hours are computed in the page, and can be stopped", async () => {
  const { page, wrong, context } = await open(there.browser, `${there.server.url}${NOON}&compute=cpu`, { viewport: { width: 1280, height: 800 } });
  await ready(page);
  await page.selectOption("#day", "winter");
  await answered(page);
  await page.click("#more summary");
  // Pressed within the page: a computation is over before a hand from outside has found the button.
  await page.evaluate(() => {
    const [progress, compute, cancel] = ["progress", "compute", "cancel"].map((id) => document.getElementById(id));
    const watch = new MutationObserver(() => {
      if (progress.value === 0) return;
      watch.disconnect();
      cancel.click();
    });
    watch.observe(progress, { attributes: true });
    compute.click();
  });
  await page.waitForFunction(() => /やめました/.test(document.querySelector("#progress-words").innerText));
  await page.click("#compute");
  await page.waitForSelector("#legend:not([hidden])");
  assert.match(await page.innerText("#legend-ticks"), /時間/);
  assert.ok((await page.locator("#findings p").count()) > 0);
  await page.waitForTimeout(3000);
  await picture(page, "wide-sun-hours");
  assert.deepEqual(wrong, []);
  await context.close();
});

check("a picture is saved with time, answer and sources", async () => {
  const { page, wrong, context } = await open(there.browser, `${there.server.url}${NOON}`);
  await ready(page);
  await answered(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-picture")]);
  assert.match(download.suggestedFilename(), /^futago-[\d-]+\.png$/);
  const bytes = await readFile(await download.path());
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
  assert.ok(bytes.length > 20_000, `${bytes.length} bytes are hardly a picture`);
  if (process.env.PICTURES) await download.saveAs(`${process.env.PICTURES}/saved.png`);
  await page.waitForFunction(() => document.querySelector("#shared").innerText !== "");
  assert.deepEqual(wrong, []);
  await context.close();
});

check("the towers look as they did", async () => {
  const { page, context } = await open(there.browser, `${there.server.url}${NOON}`, { viewport: { width: 960, height: 640 } });
  await ready(page);
  await page.selectOption("#day", "winter");
  await page.locator("#minute").fill("720");
  await answered(page);
  await page.waitForTimeout(3000);
  await assertLooks(page, "winter-noon");
  await context.close();
});

check("it works without a connection after the first visit", async () => {
  const { page, context } = await open(there.browser, there.server.url);
  await ready(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // The module of this way of drawing is kept when it is used under the worker's eyes.
  await page.reload();
  await ready(page);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  assert.equal(await page.getAttribute("body", "data-drawing"), "webgl2");
  await context.close();
});

check("a damaged pack and a broken connection are said, and can be tried again", async () => {
  const { page, context } = await open(there.browser, "about:blank", { serviceWorkers: "block" });
  await page.route("**/city/streets.city", (route) => route.abort());
  await page.goto(there.server.url);
  await page.waitForSelector("#again:not([hidden])");
  assert.match(await page.innerText("#loading-text"), /streets\.city/);
  await page.unroute("**/city/streets.city");
  await page.route("**/city/bridges.city", async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    body[body.length >> 1] ^= 0xff;
    await route.fulfill({ response: answer, body });
  });
  await page.click("#again");
  await page.waitForFunction(() => /こわれ/.test(document.querySelector("#loading-text").innerText));
  await page.unroute("**/city/bridges.city");
  await page.click("#again");
  await ready(page);
  assert.equal(await page.getAttribute("body", "data-drawing"), "webgl2");
  await context.close();
});

check("a lost picture comes back with its view", async () => {
  const { page, context } = await open(there.browser, `${there.server.url}${NOON}`);
  await ready(page);
  const first = await page.evaluate(() => window.futago.view.camera.distance_m);
  await page.click("[data-move=nearer]");
  await page.waitForFunction((was) => window.futago.view.camera.distance_m < was, first);
  const view = await page.evaluate(() => window.futago.view.camera);
  await page.evaluate(() => {
    document.body.removeAttribute("data-drawing");
    document.querySelector("#stage").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext();
  });
  await page.waitForSelector("body[data-drawing=webgl2]", { state: "attached" });
  await page.waitForFunction(() => window.futago.stage.draws);
  assert.deepEqual(await page.evaluate(() => window.futago.view.camera), view);
  await lively(page);
  await context.close();
});

for (const [name, viewport] of Object.entries({
  tiny: { width: 320, height: 568 },
  landscape: { width: 740, height: 360 },
  huge: { width: 2560, height: 1440 },
}))
  check(`a ${name} screen shows all of it`, async () => {
    const { page, context } = await open(there.browser, `${there.server.url}${NOON}`, { viewport });
    await ready(page);
    await answered(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `it is ${wide} px too wide`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, .button, select, input, summary, a.question")]
        .filter((e) => e.offsetParent !== null && !e.closest(".hidden"))
        .map((e) => [e.id || e.className || e.dataset.lang, e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([id, box]) => `${id} ${box.width}x${box.height}`));
    assert.deepEqual(small, []);
    await picture(page, name);
    await context.close();
  });

check("text of 200 % fits", async () => {
  const { page, context } = await open(there.browser, `${there.server.url}${NOON}`, { viewport: { width: 390, height: 760 } });
  await ready(page);
  await answered(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `it is ${wide} px too wide`);
  await picture(page, "large-text");
  await context.close();
});

check("fingers pinch, turn and carry", async () => {
  const { page, context } = await open(there.browser, there.server.url, { hasTouch: true });
  await ready(page);
  const box = await page.locator("#stage").boundingBox();
  const session = await context.newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = (type, points) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })) });
  const before = await page.evaluate(() => window.futago.view.camera);
  await touch("touchStart", [[x - 40, y], [x + 40, y]]);
  for (let i = 1; i <= 5; i += 1) {
    await touch("touchMove", [[x - 40 - 8 * i, y], [x + 40 + 8 * i, y]]);
    await page.waitForTimeout(100);
  }
  await touch("touchEnd", []);
  await page.waitForFunction((was) => window.futago.view.camera.distance_m < was.distance_m * 0.8, before);
  await context.close();
});

check("without drawing the answers are there", async () => {
  const plain = await browse("none");
  const { page, context } = await open(plain, `${there.server.url}#q=sun`);
  await ready(page);
  assert.equal(await page.getAttribute("body", "data-drawing"), "none");
  assert.ok(await page.isVisible("#poster"));
  assert.match(await answered(page), /日なた|日かげ|太陽/);
  await picture(page, "no-drawing");
  // A link of a view with a spot: north of the government building at eight in the morning of the shortest day.
  const state = { clock: { at: "2026-12-21T23:00:00Z", playing: false } };
  const view = `futago-view:1:${deflateRawSync(JSON.stringify(state)).toString("base64url")}`;
  const linked = await open(plain, `${there.server.url}#q=sun&l=ja&p=-60,40,0&v=${view}`);
  await ready(linked.page);
  assert.match(await answered(linked.page), /8:00|日なた|日かげ/);
  assert.match(await linked.page.textContent("#time"), /2026年12月22日.*8:00/);
  assert.deepEqual(await linked.page.evaluate(() => window.futago.spot.at_m), [-60, 40, 0]);
  await linked.context.close();
  await context.close();
  await plain.close();
});
