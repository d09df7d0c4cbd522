// Suggestions under the search box: a combobox with a list of links.
// Source: ARIA Authoring Practices Guide, "Editable Combobox With List Autocomplete".
const PAUSE = 120; // milliseconds

const put = (element, attributes) => {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const { suggest, suggestLabel } = box.dataset;
  const list = document.createElement("div");
  put(list, { id: `${box.id}-list`, class: "suggestions", role: "listbox", "aria-label": suggestLabel, hidden: "" });
  put(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id });
  box.after(list);
  let timer, asking, active;

  const mark = (place) => {
    active = place;
    [...list.children].forEach((link, at) => put(link, { "aria-selected": at === place }));
    const chosen = list.children[place];
    if (!chosen) return box.removeAttribute("aria-activedescendant");
    put(box, { "aria-activedescendant": chosen.id });
    chosen.scrollIntoView({ block: "nearest" });
  };

  const open = (isOpen) => {
    list.hidden = !isOpen;
    put(box, { "aria-expanded": isOpen });
    mark(-1);
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    open(false);
  };

  const show = ([, titles, kinds, addresses]) => {
    list.replaceChildren(...titles.map((title, at) => {
      const link = document.createElement("a");
      put(link, { id: `${list.id}-${at}`, href: addresses[at], role: "option", tabindex: -1 });
      const kind = put(document.createElement("span"), { class: "suggestion-kind" });
      kind.textContent = kinds[at];
      link.append(title, " ", kind);
      return link;
    }));
    open(titles.length > 0);
  };

  const ask = async () => {
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${suggest}?q=${encodeURIComponent(box.value)}`, { signal });
      show(answer.ok ? await answer.json() : [0, []]);
    } catch {
      if (!signal.aborted) open(false);
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = list.children.length - 1;
    // Between the last suggestion and the first stands the field itself.
    if (event.key === "ArrowDown") mark(active < last ? active + 1 : -1);
    else if (event.key === "ArrowUp") mark(active < 0 ? last : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) list.children[active].click();
    else return;
    event.preventDefault();
  });
  // A press on a link must not take the focus away first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", close);
}
