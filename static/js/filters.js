// Lists follow each choice at once. Without this script the button "Show" does the same.
const form = document.getElementById("ask");
const LAST = "filters-focus";

if (form) {
  // Empty fields ask for nothing, and addresses are to be read.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
  for (const control of form.elements) {
    if (control.type === "checkbox" || control.tagName === "SELECT") {
      control.addEventListener("change", () => {
        sessionStorage.setItem(LAST, `${location.pathname} ${control.name} ${control.value}`);
        form.requestSubmit();
      });
    }
  }
  // The new page keeps the place where the reader was.
  const last = sessionStorage.getItem(LAST);
  sessionStorage.removeItem(LAST);
  const [path, name, value] = (last ?? "").split(" ");
  if (path === location.pathname) {
    for (const control of form.elements) {
      if (control.name === name && (control.tagName === "SELECT" || control.value === value)) control.focus();
    }
  }
}
