// The switches work by style alone; this keeps the language and the title of the document in step for screen readers.
for (const input of document.querySelectorAll("input[name=lang]")) {
  input.addEventListener("change", () => {
    document.documentElement.lang = input.value;
    document.title = input.dataset.title;
  });
}
