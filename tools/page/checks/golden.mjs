// Pictures compared loosely with what they were: the mean colours of a coarse grid, kept as text.
//
// Small differences of drivers and browsers pass; a city without shadows, sky or buildings does not. With GOLDEN=write
// the kept values are written anew: look at the picture before committing them.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { picture } from "./support.mjs";

const COLUMNS = 24;
const ROWS = 16;
/** Of 255: the mean over all cells, and the most of one cell. */
const MEAN = 8;
const MOST = 64;

const place = (name) => fileURLToPath(new URL(`golden/${name}.json`, import.meta.url));

/** Mean red, green, blue of each cell of the scene, row by row from the top. */
function cells(page) {
  return page.evaluate(async ([columns, rows]) => {
    const { width, height, rgba } = await window.futago.stage.picture();
    const sums = Array.from({ length: columns * rows }, () => [0, 0, 0, 0]);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const cell = sums[Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width)];
        for (let i = 0; i < 3; i += 1) cell[i] += rgba[(y * width + x) * 4 + i];
        cell[3] += 1;
      }
    return sums.map(([r, g, b, n]) => [r, g, b].map((sum) => Math.round(sum / n)));
  }, [COLUMNS, ROWS]);
}

/** Holds the scene against what is kept under a name. */
export async function assertLooks(page, name) {
  const now = await cells(page);
  await picture(page, `golden-${name}`);
  if (process.env.GOLDEN === "write") {
    await mkdir(fileURLToPath(new URL("golden/", import.meta.url)), { recursive: true });
    const rows = Array.from({ length: ROWS }, (_, row) => JSON.stringify(now.slice(row * COLUMNS, (row + 1) * COLUMNS)));
    await writeFile(place(name), `[\n${rows.join(",\n")}\n]\n`);
    return;
  }
  const text = await readFile(place(name), "utf8").catch(() => null);
  assert.ok(text, `no picture is kept as ${name}: look at one and write it with GOLDEN=write`);
  const kept = JSON.parse(text).flat();
  assert.equal(now.length, kept.length);
  const away = now.map((cell, i) => Math.max(...cell.map((value, channel) => Math.abs(value - kept[i][channel]))));
  const mean = away.reduce((sum, value) => sum + value, 0) / away.length;
  const most = Math.max(...away);
  const worst = away.indexOf(most);
  const told = `mean ${mean.toFixed(1)}, most ${most} in column ${worst % COLUMNS}, row ${Math.floor(worst / COLUMNS)}`;
  assert.ok(mean <= MEAN && most <= MOST, `the picture is not what it was: ${told}`);
}
