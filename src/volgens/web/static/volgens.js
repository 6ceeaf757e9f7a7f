// Walks the statements of an article with j and k, and shows which words and which line in the list belong together.
// Without this file every page still works: numbers are links both ways, forms are sent.
(() => {
  "use strict";
  const items = () => [...document.querySelectorAll("li.statement")];
  let current = 0;

  function mark(number, on) {
    for (const part of document.querySelectorAll(`[data-s~="${number}"]`)) part.classList.toggle("lit", on);
  }

  function show(number, scroll) {
    if (current) mark(current, false);
    current = number;
    if (!number) return;
    mark(number, true);
    if (!scroll) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const how = { block: "center", behavior: still ? "auto" : "smooth" };
    document.querySelector(`.text [data-s~="${number}"]`)?.scrollIntoView(how);
    const item = document.getElementById(`d${number}`);
    item?.scrollIntoView({ block: "nearest" });
    item?.querySelector("a")?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const count = items().length;
    if (!count) return;
    if (event.key === "j") show(current >= count ? 1 : current + 1, true);
    else if (event.key === "k") show(current <= 1 ? count : current - 1, true);
    else if (event.key === "Escape") show(0, false);
  });

  document.addEventListener("mouseover", (event) => {
    const part = event.target.closest?.("[data-s]");
    if (part) show(Number(part.dataset.s.split(" ").pop()), false);
  });

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.("li.statement");
    if (item) show(Number(item.dataset.s), false);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.classList.contains("read")) {
      form.querySelector("button").disabled = true;
      form.setAttribute("aria-busy", "true");
    }
  });
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form.read button")) button.disabled = false;
  });
})();
