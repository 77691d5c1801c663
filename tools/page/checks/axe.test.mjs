// No screen in no language breaks a rule of axe-core; what a screen reader hears is there.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { PATIENCE, answered, open, ready, setUp } from "./support.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const there = setUp("webgl2");

async function broken(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"])
  test(`axe finds nothing (${colorScheme})`, { timeout: 9 * PATIENCE }, async () => {
    const { page, context } = await open(there.browser, there.server.url, { colorScheme, bypassCSP: true });
    await ready(page);
    for (const lang of ["ja", "ja-easy", "en"]) {
      await page.click(`[data-lang=${lang}]`);
      await page.waitForFunction((l) => document.querySelector(`[data-lang=${l}]`).ariaPressed === "true", lang);
      assert.deepEqual(await broken(page), [], `home, ${lang}`);
      for (const question of ["sun", "crowd", "office"]) {
        await page.click(`a.question[data-question=${question}]`);
        await answered(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((more) => (more.open = true)));
        await page.fill("#search-text", "都");
        await page.waitForSelector("#places button");
        assert.deepEqual(await broken(page), [], `${question}, ${lang}`);
        await page.fill("#search-text", "");
        await page.click("#back");
      }
    }
    await page.goto(`${there.server.url}about.html`);
    await page.waitForTimeout(500);
    assert.deepEqual(await broken(page), [], "about");
    await context.close();
  });

test("a screen reader hears picture, clock and answer", { timeout: 2 * PATIENCE }, async () => {
  const { page, context } = await open(there.browser, `${there.server.url}#q=sun&l=en`);
  await ready(page);
  await answered(page);
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const heard = nodes.filter((n) => !n.ignored).map((n) => `${n.role?.value}: ${n.name?.value ?? ""}`);
  const has = (pattern) => assert.ok(heard.some((line) => pattern.test(line)), `${pattern} in ${heard.join("\n")}`);
  has(/^image: Nishi-Shinjuku in three dimensions.*JST|^image: Nishi-Shinjuku in three dimensions/);
  has(/^slider: Time/);
  has(/^button: Closer/);
  has(/^heading: Sunlight/);
  has(/^searchbox: Find a place/);
  const status = await page.locator("#sentence[role=status]").innerText();
  assert.match(status, /sun|shade/);
  await context.close();
});
