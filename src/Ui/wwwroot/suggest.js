// Suggestions below a search field (WAI-ARIA combobox).
export default form => {
  const field = form.querySelector('[type=search]');
  const list = document.createElement('div');
  Object.assign(list, { id: field.id + '-list', className: 'suggestions', role: 'listbox', hidden: true, ariaLabel: field.placeholder });
  form.append(list);
  Object.assign(field, { role: 'combobox', ariaAutoComplete: 'list', ariaExpanded: false });
  field.setAttribute('aria-controls', list.id);
  let timer, at = -1, asked;

  const show = open => {
    list.hidden = !open;
    field.ariaExpanded = open;
    at = -1;
    field.removeAttribute('aria-activedescendant');
  };
  const ask = async () => {
    asked = field.value.trim();
    if (asked.length < 2) return show(false);
    const words = asked;
    const answer = await fetch(form.dataset.suggest + '?q=' + encodeURIComponent(words)).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    if (words !== asked) return;
    list.replaceChildren(...found.map(({ text, href, hint }, i) => {
      const entry = Object.assign(document.createElement('a'), { id: `${list.id}-${i}`, href, textContent: text, role: 'option', tabIndex: -1 });
      if (hint) entry.append(document.createElement('br'), hint);
      return entry;
    }));
    show(found.length > 0);
  };
  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  if (field.value && document.activeElement === field) ask(); // Typed while this was on its way.
  field.addEventListener('blur', () => setTimeout(show, 150, false));
  field.addEventListener('keydown', e => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const entries = list.children;
    if (e.key === 'Escape') show(false);
    else if (e.key === 'Enter' && entries[at] && !list.hidden) { e.preventDefault(); entries[at].click(); }
    else if (by && !list.hidden) {
      e.preventDefault();
      at = (at + by + entries.length) % entries.length;
      for (const entry of entries) entry.ariaSelected = entry === entries[at];
      field.setAttribute('aria-activedescendant', entries[at].id);
    }
  });
};
