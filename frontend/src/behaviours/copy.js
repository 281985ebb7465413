// <button data-module="copy" data-from="ID" data-done="Copied" hidden>: puts the text of that element on the clipboard.
for (const button of document.querySelectorAll('[data-module~="copy"]')) button.hidden = !navigator.clipboard;

document.addEventListener("click", async (event) => {
  const button = event.target.closest('[data-module~="copy"]');
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.from).innerText.trim());
  document.getElementById("announcer").textContent = button.dataset.done;
  button.classList.add("is-done");
  setTimeout(() => button.classList.remove("is-done"), 2000);
});
