// The little that pages do by themselves: chosen year and unit take effect, a confirmation before what cannot be undone.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  const ask = event.submitter?.dataset.ask ?? event.target.dataset.ask;
  if (ask && !window.confirm(ask)) event.preventDefault();
});
