// Keeps in this browser alone which articles and claims were read last, and lists them in the workspace. Nothing is
// sent anywhere. Without this script nothing is kept, and the page says so.
const MOST = 50;
const DAYS = 30;
const place = document.querySelector("[data-recent]");
const name = place && `recently-read:${place.dataset.recent}`;

function kept() {
  let found = {};
  try {
    found = JSON.parse(localStorage.getItem(name)) || {};
  } catch {
    // Storage that is shut, or holds something else, is as good as empty.
  }
  const since = Date.now() - DAYS * 24 * 60 * 60 * 1000;
  const read = Array.isArray(found.read) ? found.read : [];
  return { isOff: found.isOff === true, read: read.filter((one) => /^\/(articles|claims)\//.test(one.path) && one.at > since) };
}

function keep(state) {
  try {
    localStorage.setItem(name, JSON.stringify(state));
  } catch {
    // Full or shut: then nothing is kept.
  }
}

function note() {
  const state = kept();
  if (state.isOff) return;
  const path = location.pathname;
  const others = state.read.filter((one) => one.path !== path);
  keep({ isOff: false, read: [{ path, title: place.dataset.recentTitle, at: Date.now() }, ...others].slice(0, MOST) });
}

function list() {
  const part = (which) => place.querySelector(`[data-recent-${which}]`);
  const { isOff, read } = kept();
  part("without").hidden = true;
  part("tools").hidden = false;
  part("switch").checked = !isOff;
  part("clear").hidden = !read.length;
  part("none").hidden = read.length > 0;
  part("items").hidden = !read.length;
  part("items").replaceChildren(
    ...read.map(({ path, title }) => {
      const link = document.createElement("a");
      link.href = path;
      link.textContent = title || path;
      const line = document.createElement("li");
      line.append(link);
      return line;
    }),
  );
}

if (place && "recentList" in place.dataset) {
  list();
  place.querySelector("[data-recent-clear]").addEventListener("click", () => {
    keep({ ...kept(), read: [] });
    list();
    place.querySelector("[data-recent-switch]").focus();
  });
  // Who wants nothing kept has nothing kept: what was there goes, too.
  place.querySelector("[data-recent-switch]").addEventListener("change", (event) => {
    keep({ isOff: !event.target.checked, read: event.target.checked ? kept().read : [] });
    list();
  });
} else if (place) {
  note();
}
