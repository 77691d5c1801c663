// Texts of the page in the language that is chosen. Sentences with numbers come from the worker, which has Fluent;
// here are only those without, and those whose values are put in as they are.

/** Languages, with what HTML calls them. */
export const LANGUAGES = { ja: "ja", "ja-easy": "ja", en: "en" };

const KEPT = "futago-language";
let language = "ja";
let texts = {};

/** The language that was asked for, chosen before, or that the browser prefers. */
export function wanted(asked) {
  const kept = storage()?.getItem(KEPT);
  for (const code of [asked, kept]) if (code && code in LANGUAGES) return code;
  return navigator.language?.toLowerCase().startsWith("ja") ? "ja" : "en";
}

/** The language of the page. */
export const chosen = () => language;

/** Fetches a language and writes the page in it. */
export async function speak(code) {
  const answer = await fetch(`texts/${code}.json`);
  if (!answer.ok) throw new Error(`texts/${code}.json: ${answer.status}`);
  texts = await answer.json();
  language = code;
  storage()?.setItem(KEPT, code);
  document.documentElement.lang = LANGUAGES[code];
  document.title = plain(texts["page-title"]);
  for (const element of document.querySelectorAll("[data-t]")) write(element, texts[element.dataset.t]);
  for (const element of document.querySelectorAll("[data-a]"))
    for (const pair of element.dataset.a.split(" ")) {
      const [name, key] = pair.split(":");
      element.setAttribute(name, plain(texts[key]));
    }
  for (const button of document.querySelectorAll("[data-lang]"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === code));
}

/** A text with its values. */
export function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** A text where no readings can be shown. */
export const plain = (words = "") => words.replace(/《[^》]*》/g, "");

/** Writes words, with readings over 漢字《かんじ》. */
export function write(element, words = "") {
  // A list to choose from shows no readings.
  if (element instanceof HTMLOptionElement) element.textContent = plain(words);
  else element.replaceChildren(...ruby(words));
}

/** A paragraph of words. */
export function paragraph(words) {
  const p = document.createElement("p");
  write(p, words);
  return p;
}

function ruby(words) {
  const parts = [];
  let from = 0;
  for (const match of words.matchAll(/([\p{Script=Han}々ヶ]+)《([^》]*)》/gu)) {
    parts.push(words.slice(from, match.index));
    const over = document.createElement("ruby");
    over.append(match[1], tag("rp", "("), tag("rt", match[2]), tag("rp", ")"));
    parts.push(over);
    from = match.index + match[0].length;
  }
  parts.push(words.slice(from));
  return parts;
}

function tag(name, content) {
  const element = document.createElement(name);
  element.textContent = content;
  return element;
}

/** Local storage, where it is allowed. */
export function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
