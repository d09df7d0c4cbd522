// Looks every few seconds what became of a page on its way in. Without this script the page has a link that does the same.
const place = document.getElementById("intake");
const EVERY = 2000;

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("intake");
  if (found.dataset.state === place.dataset.state) {
    setTimeout(look, EVERY);
    return;
  }
  place.dataset.state = found.dataset.state;
  place.replaceChildren(...found.childNodes);
}

if (place) setTimeout(look, EVERY);
