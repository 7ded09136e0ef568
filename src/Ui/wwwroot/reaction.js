// A reaction shows at once and is taken back if the server will not have it.
export default button => {
  const count = button.querySelector('[data-count]');
  const turn = () => {
    const mine = button.getAttribute('aria-pressed') === 'true';
    button.setAttribute('aria-pressed', !mine);
    count.textContent = +count.textContent + (mine ? -1 : 1);
  };
  button.form.addEventListener('submit', async e => {
    e.preventDefault();
    turn();
    const answer = await fetch(button.form.action, { method: 'POST', body: new FormData(button.form, button), redirect: 'manual' }).catch(() => null);
    if (!answer || answer.status >= 400) turn();
  });
};
