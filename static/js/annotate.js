// Writing on a text: words are selected, a key or a button says what for, and the form comes to the margin beside them.
// Without this script the number of each paragraph brings the form, and words are copied into it.
const text = document.querySelector("[data-text]");
const form = document.getElementById("write");

// Key, kind of note, what the cursor goes to; a highlight is saved at once.
const KINDS = [
  ["h", "highlighting", null],
  ["n", "commenting", "#id_body"],
  ["q", "questioning", "#id_body"],
  ["t", "tagging", "#id_tags"],
  ["l", "linking", "#id_claim"],
];

// Positions are counted in code points, as everywhere in the archive.
const points = (words) => [...words].length;

function placeOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element?.closest("[data-start]");
  if (!paragraph || !text.contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return { paragraph, at: Number(paragraph.dataset.start) + points(before.toString()) };
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const from = placeOf(range.startContainer, range.startOffset);
  let to = placeOf(range.endContainer, range.endOffset);
  if (from && !to) {
    // A selection that ends beyond the text, such as one of a whole paragraph, ends with its paragraph.
    to = { at: Number(from.paragraph.dataset.start) + points(from.paragraph.textContent) };
  }
  if (!from || !to || from.at >= to.at) return null;
  return { paragraph: from.paragraph, start: from.at, end: to.at, words: range.toString() };
}

function marginOf(paragraph) {
  const line = paragraph.closest("li");
  let margin = line.querySelector(".margin");
  if (!margin) {
    margin = document.createElement("div");
    margin.className = "margin";
    margin.lang = "en";
    line.append(margin);
  }
  return margin;
}

function choose(place, kind, cursor) {
  const field = (name) => form.querySelector(`#id_${name}`);
  field("at").value = `${text.dataset.text}:${place.start}-${place.end}`;
  // The place says which words: the field shows them, and is not looked up unless somebody changes it.
  field("quote").value = "";
  field("quote").placeholder = place.words;
  field("motivation").value = kind;
  if (kind === "highlighting") {
    form.requestSubmit();
    return;
  }
  marginOf(place.paragraph).append(form);
  const aim = form.querySelector(cursor);
  const more = aim.closest("details");
  if (more) more.open = true;
  aim.focus();
}

if (text && form?.querySelector("#id_at")) {
  const bar = document.createElement("div");
  bar.className = "mark-bar";
  bar.hidden = true;
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", text.dataset.act ?? "Write on these words");
  // What is selected when a finger or the mouse comes down on the bar; the tap itself may take the selection away.
  let last = null;
  for (const [key, kind, cursor] of KINDS) {
    const button = document.createElement("button");
    const label = form.querySelector(`#id_motivation option[value="${kind}"]`)?.textContent ?? kind;
    button.type = "button";
    button.append(label, " ");
    const hint = document.createElement("kbd");
    hint.textContent = key.toUpperCase();
    button.append(hint);
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => last && choose(last, kind, cursor));
    bar.append(button);
  }
  document.body.append(bar);

  document.addEventListener("selectionchange", () => {
    const now = selected();
    if (now) last = now;
    bar.hidden = !now;
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const known = KINDS.find(([one]) => one === key);
    const place = selected();
    if (known && place) {
      event.preventDefault();
      choose(place, known[1], known[2]);
    } else if (key === "j" || key === "k") {
      // From paragraph to paragraph, without the mouse; Enter on its number writes on it.
      const all = [...text.querySelectorAll(".paragraph-number")];
      const at = all.indexOf(document.activeElement);
      all[Math.max(0, Math.min(all.length - 1, at + (key === "j" ? 1 : -1)))]?.focus();
    }
  });

  for (const help of document.querySelectorAll(".with-script")) help.hidden = false;
  const chosen = form.closest(".margin");
  if (chosen && !form.querySelector("[role=alert]")) {
    // The address leads to the form, which takes the cursor when the page is there; then its first field does.
    addEventListener("load", () => setTimeout(() => form.querySelector("#id_quote").focus()));
  }
}
