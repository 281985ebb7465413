// <button data-module="print" hidden>: prints the page.
for (const button of document.querySelectorAll('[data-module~="print"]')) button.hidden = false;

document.addEventListener("click", (event) => {
  if (event.target.closest('[data-module~="print"]')) window.print();
});
