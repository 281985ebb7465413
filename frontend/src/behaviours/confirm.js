// <button data-module="confirm" data-text="Withdraw the request?">: asks before it acts.
document.addEventListener("click", (event) => {
  const button = event.target.closest('[data-module~="confirm"]');
  if (button && !window.confirm(button.dataset.text)) event.preventDefault();
});
