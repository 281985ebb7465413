// <div data-module="focus" tabindex="-1">: takes the focus when the page opens, such as a summary of errors.
document.querySelector('[data-module~="focus"]')?.focus();
