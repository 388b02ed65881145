// The little that pages do by themselves: chosen year and unit take effect, one tick for a whole page, a confirmation before
// what cannot be undone.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  if (event.target.matches("[data-all]"))
    for (const one of event.target.form.querySelectorAll(`[name="${event.target.dataset.all}"]`)) one.checked = event.target.checked;
});
document.addEventListener("submit", (event) => {
  const ask = event.submitter?.dataset.ask ?? event.target.dataset.ask;
  if (ask && !window.confirm(ask)) event.preventDefault();
});
