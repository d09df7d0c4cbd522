// The coding screen without a page load for each passage: words are selected, or a sentence is followed, and the form
// comes filled in. Without this script every sentence is a link that does the same.
const texts = document.querySelector("[data-text]");
const record = document.getElementById("code");
// Keys, and what they put the cursor into.
const PLACES = { c: "#id_claim", f: "#id_figure0-measure", s: "#id_source", t: "#tactics", n: "#note", r: "#redact" };

// Letters after which a name is completed.
const FEWEST = 3;

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
  if (!texts || !selection.rangeCount || selection.isCollapsed || !texts.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : [start, end];
}

async function choose(address, place) {
  let page = null;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // Without an answer the browser goes there itself, and says what is wrong.
  }
  const [form, words] = [page?.getElementById("code"), page?.querySelector("[data-text]")];
  if (!form || !words) {
    location.assign(address);
    return;
  }
  record.replaceChildren(...form.childNodes);
  texts.replaceChildren(...words.childNodes);
  texts.dataset.text = words.dataset.text;
  history.replaceState(null, "", address.replace(/#.*/, ""));
  put(place);
}

function put(place) {
  const found = record.querySelector(place) ?? record.querySelector("#id_claim");
  if (found.tagName === "DETAILS") found.open = true;
  (found.tagName === "DETAILS" ? found.querySelector("input:not([type=hidden]), textarea, select") : found).focus();
}

// A few letters stand for a name that is held: the rest is written after them, selected, so that the next letter takes
// its place, as in a browser's own line of addresses. What was changed last is written first.
function complete(event) {
  const field = event.target;
  const typed = field.value;
  if (event.inputType !== "insertText" || !field.list || typed.length < FEWEST) return;
  if (field.selectionEnd !== typed.length) return;
  const begun = typed.toLowerCase();
  const found = [...field.list.options].find((one) => one.value.toLowerCase().startsWith(begun));
  if (!found || found.value.length === typed.length) return;
  field.value = typed + found.value.slice(typed.length);
  field.setSelectionRange(typed.length, field.value.length);
}

// A claim that was counted before is most often counted by the same measure again: seen before it is saved.
function count(claim) {
  const known = [...claim.list.options].find((one) => one.value.toLowerCase() === claim.value.toLowerCase());
  const [counted, low] = ["measure", "low"].map((name) => record.querySelector(`#id_figure0-${name}`));
  if (!low?.value || (counted.value && counted.value !== counted.dataset.proposed)) return;
  counted.value = counted.dataset.proposed = known?.dataset.measure ?? "";
}

if (record) {
  texts?.addEventListener("click", (event) => {
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
      const { pathname } = new URL(record.querySelector("#report-form").action);
      choose(`${pathname}?at=${texts.dataset.text}:${span[0]}-${span[1]}#code`, PLACES[key]);
    } else if (PLACES[key] && record.querySelector("[name=at]").value) {
      event.preventDefault();
      put(PLACES[key]);
    } else if (texts && (key === "j" || key === "k")) {
      // From sentence to sentence, without the mouse.
      const all = [...texts.querySelectorAll(".sentence")];
      const at = all.indexOf(document.activeElement);
      all[Math.max(0, Math.min(all.length - 1, at + (key === "j" ? 1 : -1)))]?.focus();
    }
  });

  record.addEventListener("input", (event) => {
    complete(event);
    if (event.target.id === "id_claim") count(event.target);
  });

  // After a report was saved the next sentence is the next to read.
  const after = new URLSearchParams(location.search).get("after");
  if (after && texts) {
    const next = [...texts.querySelectorAll(".sentence")].find((one) => Number(one.dataset.start) >= Number(after));
    next?.focus({ preventScroll: false });
  }
}
