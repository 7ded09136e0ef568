// A menu of links and buttons: arrow keys walk through it, and its button says whether it is open.
export default menu => {
  const entries = () => [...menu.querySelectorAll('a, button')];
  const begin = () => entries()[0]?.focus();
  menu.addEventListener('toggle', e => { if (e.newState === 'open') begin(); });
  if (menu.matches(':popover-open')) begin(); // It was opened while this was on its way.
  menu.addEventListener('keydown', e => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[e.key];
    if (!by) return;
    e.preventDefault();
    const all = entries();
    const at = all.indexOf(document.activeElement);
    const next = by === 1 ? (at + 1) % all.length : by === -1 ? (at - 1 + all.length) % all.length : by < 0 ? 0 : all.length - 1;
    all[next].focus();
  });
};
