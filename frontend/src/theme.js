// Runs before the first paint: a page without a chosen look follows the device.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function follow() {
  root.dataset.bsTheme = dark.matches ? "dark" : "light";
}

if (root.dataset.look === "auto") {
  follow();
  dark.addEventListener("change", follow);
}
