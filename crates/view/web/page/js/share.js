// Links, embedding, and pictures with their credits.

import * as texts from "./texts.js";
import * as address from "./address.js";
import * as clock from "./clock.js";

const at = (id) => document.getElementById(id);

export function begin(page) {
  const link = async (embedded) => new URL(await address.of(page, embedded), location.href).href;
  at("copy-link").addEventListener("click", async () => copy(await link(false), "page-share-copied"));
  at("copy-embed").addEventListener("click", async () => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: await link(true), width: "640", height: "480", title: document.title });
    frame.setAttribute("loading", "lazy");
    copy(frame.outerHTML, "page-share-embed-copied");
  });
  at("send").hidden = !navigator.share;
  at("send").addEventListener("click", async () => {
    const url = await link(false);
    navigator.share({ title: document.title, text: at("sentence").innerText, url }).catch(() => {});
  });
  at("save-picture").addEventListener("click", () => save(page));
}

async function copy(words, key) {
  try {
    await navigator.clipboard.writeText(words);
    texts.write(at("shared"), texts.text(key));
  } catch {
    // Where the clipboard is closed the words can be taken by hand.
    const field = document.createElement("textarea");
    field.readOnly = true;
    field.value = words;
    field.setAttribute("aria-label", texts.plain(texts.text("page-share-link")));
    at("shared").replaceChildren(field);
    field.select();
  }
}

async function save(page) {
  const picture = page.stage?.draws ? await page.stage.picture() : null;
  const canvas = document.createElement("canvas");
  const draw = canvas.getContext("2d");
  if (picture) {
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const pixels = new ImageData(new Uint8ClampedArray(picture.rgba), picture.width, picture.height);
    // The sky leaves the last channel as it is.
    for (let i = 3; i < pixels.data.length; i += 4) pixels.data[i] = 255;
    draw.putImageData(pixels, 0, 0);
  } else {
    const poster = at("poster");
    [canvas.width, canvas.height] = [poster.naturalWidth, poster.naturalHeight];
    draw.drawImage(poster, 0, 0);
  }
  foot(draw, canvas);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const a = document.createElement("a");
  a.href = URL.createObjectURL(blob);
  a.download = `futago-${clock.instant().toISOString().slice(0, 16).replace(/[:T]/g, "-")}.png`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10000);
  texts.write(at("shared"), texts.text("page-picture-saved"));
}

/** Time, answer and sources under the picture. */
function foot(draw, canvas) {
  const size = Math.max(11, Math.round(canvas.width / 90));
  const lines = [at("time").textContent, at("sentence").innerText, at("credits").textContent].filter(Boolean);
  draw.font = `${size}px sans-serif`;
  const rows = lines.flatMap((line) => wrapped(draw, line, canvas.width - size * 2));
  const height = (rows.length + 0.6) * size * 1.35;
  draw.fillStyle = "rgb(10 14 20 / 78%)";
  draw.fillRect(0, canvas.height - height, canvas.width, height);
  draw.fillStyle = "white";
  rows.forEach((row, i) => draw.fillText(row, size, canvas.height - height + (i + 1) * size * 1.35));
}

function wrapped(draw, line, width) {
  const rows = [""];
  for (const character of line.replace(/\s+/g, " ")) {
    if (draw.measureText(rows.at(-1) + character).width > width) rows.push("");
    rows[rows.length - 1] += character;
  }
  return rows;
}
