// Keeps what is typed into a form of the desk every few seconds. Without this script a form comes back filled after
// every mistake, and is kept only when it is sent. The form's own address names the place.
const WAIT = 3000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let isSent = false;

  const keep = async () => {
    timer = 0;
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
  };

  form.addEventListener("input", () => {
    if (!timer && !isSent) timer = setTimeout(keep, WAIT);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  // Whoever goes away in the middle of a sentence finds it again.
  addEventListener("pagehide", () => {
    if (timer && !isSent) {
      clearTimeout(timer);
      keep();
    }
  });
}
