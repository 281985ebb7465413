// <form data-module="submit-once">: a second click while the first is on its way does nothing.
const PAUSE = 4000;

document.addEventListener("submit", (event) => {
  const form = event.target.closest('[data-module~="submit-once"]');
  if (!form || event.defaultPrevented) return;
  if (Date.now() - Number(form.dataset.sentAt ?? 0) < PAUSE) event.preventDefault();
  else form.dataset.sentAt = Date.now();
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
});
