// The page about the page: only its language changes.

import * as texts from "./texts.js";

const asked = new URLSearchParams(location.hash.slice(1)).get("l");
for (const button of document.querySelectorAll("[data-lang]"))
  button.addEventListener("click", () => texts.speak(button.dataset.lang));
texts.speak(texts.wanted(asked));
