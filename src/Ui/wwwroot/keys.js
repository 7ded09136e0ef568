// Keys besides the / of plenum.js: ? help, j and k in lists, g then a letter between services, Escape leaves a field.
let waiting = 0;
const isWriting = e => e.target.closest?.('input, textarea, select, [contenteditable]');

function step(by) {
  const rows = [...document.querySelectorAll('[data-row] .title a, .post')];
  const at = rows.indexOf(document.activeElement.closest?.('.post') ?? document.activeElement);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  if (!next) return;
  if (!next.matches('a')) next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function press(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  if (isWriting(e)) {
    if (e.key === 'Escape') e.target.blur();
    return;
  }
  const service = performance.now() - waiting < 1200 && document.querySelector(`.services a[data-key="${CSS.escape(e.key)}"]`);
  waiting = e.key === 'g' ? performance.now() : 0;
  if (service) service.click();
  else if (e.key === '?') document.querySelector('#keys')?.showPopover?.();
  else if (e.key === 'j') step(1);
  else if (e.key === 'k') step(-1);
  else return;
  e.preventDefault();
}

export default first => {
  addEventListener('keydown', press);
  press(first);
};
