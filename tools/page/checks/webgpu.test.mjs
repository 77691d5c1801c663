// The page drawn and computed with WebGPU, on the browser's software adapter and a display in memory.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { DIST, PATIENCE, VALUES, answered, open, picture, ready, setUp } from "./support.mjs";

/** Hours of one sun: a point on the edge of a shadow may be in the sun by one more or less on another machine. */
const STEP_H = 1e-4;
/** So many points lie on edges; the twins agree to it in the simulation's own tests. */
const EDGES = 1e-3;

async function values(page, question, backend) {
  return page.evaluate(async ([text, way]) => {
    await window.futago.answerer.run(text, way, () => {});
    return [...(await window.futago.answerer.values())];
  }, [JSON.stringify(question), backend]);
}

/** The same question answered by the program's own code on this machine. */
async function native(question) {
  const folder = await mkdtemp(join(tmpdir(), "futago-page-"));
  await writeFile(join(folder, "question.json"), JSON.stringify(question));
  const packs = ["buildings", "streets", "bridges", "shelters"].map((name) => join(DIST, "city", `${name}.city`));
  const { stdout } = await promisify(execFile)(VALUES, [join(folder, "question.json"), ...packs], { encoding: "buffer", maxBuffer: 1 << 28 });
  return [...new Float32Array(new Uint8Array(stdout).buffer)];
}

const there = setUp("webgpu");

test("WebGPU draws, answers and computes", { timeout: 4 * PATIENCE, skip: process.env.DISPLAY ? false : "no display" }, async () => {
  const { page, wrong, context } = await open(there.browser, `${there.server.url}#q=sun&p=60.00,60.00,0.00&compute=gpu`, { viewport: { width: 900, height: 640 } });
  await ready(page);
  assert.equal(await page.getAttribute("body", "data-drawing"), "webgpu");
  await answered(page);
  await picture(page, "webgpu");
  await page.selectOption("#day", "winter");
  await page.locator("#minute").fill("720");
  const question = await page.evaluate(() => window.futago.stage.answer({ question: window.futago.form }, "question"));
  const [gpu, cpu] = [await values(page, question, "gpu"), await values(page, question, "cpu")];
  const here = await native(question);
  assert.ok(here.length > 10_000 && here.some((v) => v > 1) && here.some((v) => v < 1), "the question asks nothing");
  for (const [name, found] of [["cpu", cpu], ["gpu", gpu]]) {
    assert.equal(found.length, here.length, name);
    const parts = found.filter((v, i) => !(Number.isNaN(v) && Number.isNaN(here[i])) && !(Math.abs(v - here[i]) <= STEP_H));
    assert.ok(parts.length <= here.length * EDGES, `${name}: ${parts.length} of ${here.length} values differ`);
  }
  assert.deepEqual(wrong, []);
  await context.close();
});
