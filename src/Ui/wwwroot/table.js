// Choosing rows: all at once, and how many there are.
export default bar => {
  const form = bar.closest('form') ?? document;
  const all = form.querySelector('[data-select-all]');
  const rows = [...form.querySelectorAll('tbody input[type=checkbox]')];
  const said = bar.querySelector('[data-selected-one]');
  const hint = said.textContent;
  said.setAttribute('role', 'status');
  const say = () => {
    const number = rows.filter(r => r.checked).length;
    all.checked = number === rows.length;
    all.indeterminate = number > 0 && !all.checked;
    said.textContent = number === 0 ? hint : number === 1 ? said.dataset.selectedOne : said.dataset.selectedOther.replace('#', number);
  };
  all.hidden = false;
  all.addEventListener('change', () => {
    for (const row of rows) row.checked = all.checked;
    say();
  });
  form.addEventListener('change', e => { if (rows.includes(e.target)) say(); });
  say();
};
