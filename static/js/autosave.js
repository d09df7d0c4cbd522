// Keeps what is typed into a form of the desk every few seconds. Without this script a form comes back filled after
// every mistake, and is kept only when it is sent. The form's own address names the place.
const WAIT = 3000;
// Forms in which something is typed and not kept yet, each with its timer; a page may put new forms in place of old.
const waiting = new Map();

async function keep(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const status = form.querySelector("[data-autosave-status]");
  const fields = new FormData(form);
  fields.set("place", new URL(form.action).pathname);
  for (const [name, value] of [...fields]) {
    if (value instanceof File) fields.delete(name);
  }
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new URLSearchParams(fields),
      keepalive: true,
      redirect: "error",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { saved_at: at } = await answer.json();
    if (status) status.textContent = `${status.dataset.kept} ${at}`;
  } catch {
    if (status) status.textContent = status.dataset.failed;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form && !waiting.has(form)) waiting.set(form, setTimeout(keep, WAIT, form));
});
document.addEventListener("submit", (event) => {
  clearTimeout(waiting.get(event.target));
  waiting.delete(event.target);
});
// Whoever goes away in the middle of a sentence finds it again.
addEventListener("pagehide", () => waiting.forEach((_timer, form) => keep(form)));
