// The coding screen without a page load for each passage: words are selected, or a sentence is followed, and the form
// comes filled in. Without this script every sentence is a link that does the same.
const texts = document.querySelector("[data-text]");
const record = document.getElementById("code");
// Keys, and what they put the cursor into.
const PLACES = { c: "#id_claim", f: "#id_figure0-measure", s: "#id_source", t: "#tactics", n: "#note", r: "#redact" };

// Positions are counted in code points, as everywhere in the archive.
const points = (words) => [...words].length;

function placeOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const sentence = element.closest("[data-start]");
  if (!sentence) return null;
  const before = document.createRange();
  before.setStart(sentence, 0);
  before.setEnd(node, offset);
  return Number(sentence.dataset.start) + points(before.toString());
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !texts.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : [start, end];
}

async function choose(address, place) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    location.assign(address);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  record.replaceChildren(...page.getElementById("code").childNodes);
  texts.replaceChildren(...page.querySelector("[data-text]").childNodes);
  history.replaceState(null, "", address.replace(/#.*/, ""));
  put(place);
}

function put(place) {
  const found = record.querySelector(place) ?? record.querySelector("#id_claim");
  if (found.tagName === "DETAILS") found.open = true;
  (found.tagName === "DETAILS" ? found.querySelector("input:not([type=hidden]), textarea, select") : found).focus();
}

if (texts && record) {
  texts.addEventListener("click", (event) => {
    const sentence = event.target.closest(".sentence");
    if (!sentence || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Words that were just selected are chosen by a key, not by the click that ended the selection.
    if (!selected()) choose(sentence.getAttribute("href"), PLACES.c);
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && record.contains(event.target)) {
      event.preventDefault();
      record.querySelector("#report-form").requestSubmit();
      return;
    }
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const span = selected();
    if (PLACES[key] && span) {
      event.preventDefault();
      choose(`?at=${texts.dataset.text}:${span[0]}-${span[1]}#code`, PLACES[key]);
    } else if (PLACES[key] && record.querySelector("[name=at]").value) {
      event.preventDefault();
      put(PLACES[key]);
    } else if (key === "j" || key === "k") {
      // From sentence to sentence, without the mouse.
      const all = [...texts.querySelectorAll(".sentence")];
      const at = all.indexOf(document.activeElement);
      all[Math.max(0, Math.min(all.length - 1, at + (key === "j" ? 1 : -1)))]?.focus();
    }
  });

  // After a report was saved the next sentence is the next to read.
  const after = new URLSearchParams(location.search).get("after");
  if (after) {
    const next = [...texts.querySelectorAll(".sentence")].find((one) => Number(one.dataset.start) >= Number(after));
    next?.focus({ preventScroll: false });
  }
}
