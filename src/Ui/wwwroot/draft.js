// Keeps an unsent text on this device until it is sent, and brings it back into an empty editor.
export default box => {
  if (!box.dataset.draft) return;
  const area = box.querySelector('textarea');
  const key = 'draft:' + box.dataset.draft;
  const kept = localStorage.getItem(key);
  if (kept && !area.value) {
    area.value = kept;
    box.querySelector('[data-state]').textContent = box.dataset.draftKept;
  }
  area.addEventListener('input', () => {
    if (area.value) localStorage.setItem(key, area.value);
    else localStorage.removeItem(key);
  });
  area.form.addEventListener('submit', e => { if (!e.submitter?.formTarget) localStorage.removeItem(key); });
};
