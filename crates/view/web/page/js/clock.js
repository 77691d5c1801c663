// The one clock, in Japan Standard Time. The scene keeps it; without a picture the page does.

import * as texts from "./texts.js";

const at = (id) => document.getElementById(id);
const ZONE = "Asia/Tokyo";
const HOUR = 3600e3;
/** Month and day of the named days; the sun is within a degree of them in every year. */
const DAYS = { summer: "06-21", equinox: "03-20", winter: "12-22" };

let own = new Date();
/** Whether the scene has still to hear of it. */
let ahead = true;
let page = null;
/** The first view is the address's or the scene's own. */
let begun = true;

/** The instant that is shown. */
export const instant = () => (ahead || !page?.view ? own : new Date(page.view.clock.at));

/** Japan's wall clock of an instant. */
export function inJapan(date) {
  const shifted = new Date(date.getTime() + 9 * HOUR).toISOString();
  return { day: shifted.slice(0, 10), minute: Number(shifted.slice(11, 13)) * 60 + Number(shifted.slice(14, 16)) };
}

export function begin(of) {
  page = of;
  at("minute").addEventListener("input", () => go(inJapan(instant()).day, Number(at("minute").value)));
  at("now").addEventListener("click", () => {
    goTo(new Date());
  });
  at("day").addEventListener("change", () => choose(at("day").value));
  at("date").addEventListener("change", () => at("date").value && go(at("date").value, inJapan(instant()).minute));
  at("play").addEventListener("click", () => page.stage?.ask({ do: { play: !page.view?.clock.playing } }));
  write(page);
}

function choose(day) {
  const { minute } = inJapan(instant());
  const today = inJapan(new Date()).day;
  at("date-label").hidden = day !== "other";
  if (day === "other") return at("date").focus();
  go(day === "today" ? today : `${today.slice(0, 4)}-${DAYS[day]}`, minute);
}

function go(day, minute) {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, "0"));
  goTo(new Date(`${day}T${hours}:${minutes}:00+09:00`));
}

function goTo(date) {
  [own, ahead, begun] = [date, true, false];
  if (!page.stage?.ask({ do: { go_to: date.toISOString() } })) {
    write(page);
    page.changed?.();
  }
}

/** Date and time in words. */
export function said(date, long = true) {
  const language = texts.chosen() === "en" ? "en-GB" : "ja-JP";
  const day = long ? { year: "numeric", month: "long", day: "numeric", weekday: "short" } : {};
  return new Intl.DateTimeFormat(language, { timeZone: ZONE, hour: "numeric", minute: "2-digit", ...day }).format(date);
}

/** Shows the time that is. */
export function write() {
  if (page?.view && (begun || new Date(page.view.clock.at).getTime() === own.getTime())) ahead = begun = false;
  const now = instant();
  const { day, minute } = inJapan(now);
  at("time").textContent = `${said(now)} JST`;
  if (document.activeElement !== at("minute")) at("minute").value = minute;
  at("minute").setAttribute("aria-valuetext", said(now, false));
  at("date").value = day;
  const today = inJapan(new Date()).day;
  const known = Object.entries(DAYS).find(([, month]) => day === `${today.slice(0, 4)}-${month}`)?.[0];
  const name = day === today ? "today" : (known ?? "other");
  if (at("day").value !== name) at("day").value = name;
  at("date-label").hidden = at("day").value !== "other";
  const playing = page?.view?.clock.playing ?? false;
  at("play").setAttribute("aria-pressed", String(playing));
  at("play").setAttribute("aria-label", texts.plain(texts.text(playing ? "page-pause" : "page-play")));
  at("stage").setAttribute("aria-label", texts.plain(texts.text("page-stage-label", { time: said(now) })));
}
