// The page drawn and computed with WebGPU, on the browser's software adapter and a display in memory.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { PATIENCE, answered, browse, open, picture, ready, serve } from "./support.mjs";

let server;
let browser;
before(async () => {
  server = await serve();
  browser = await browse("webgpu");
});
after(async () => {
  await browser?.close();
  server?.end();
});

test("WebGPU draws, answers and computes", { timeout: 4 * PATIENCE, skip: process.env.DISPLAY ? false : "no display" }, async () => {
  const { page, wrong, context } = await open(browser, `${server.url}#q=sun&p=60.00,60.00,0.00&compute=gpu`, { viewport: { width: 900, height: 640 } });
  await ready(page);
  assert.equal(await page.getAttribute("body", "data-drawing"), "webgpu");
  await answered(page);
  await picture(page, "webgpu");
  assert.deepEqual(wrong, []);
  await context.close();
});
