// The editor: toolbar, keys, preview beside, pasted and dropped files.
import send from './send.js';

const around = (area, mark) => {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  let text, start = from;
  if (mark[0] === '^') {
    start = value.lastIndexOf('\n', from - 1) + 1;
    text = value.slice(start, to).split('\n').map(line => mark.slice(1) + line).join('\n');
  } else {
    text = mark.replace('|', chosen);
  }
  area.focus();
  area.setRangeText(text, start, to, 'end');
  if (mark[0] !== '^' && !chosen) area.selectionStart = area.selectionEnd = from + mark.indexOf('|');
  area.dispatchEvent(new Event('input', { bubbles: true }));
};

export default box => {
  const area = box.querySelector('textarea');
  const tools = box.querySelector('[role=toolbar]');
  tools.addEventListener('click', e => {
    const tool = e.target.closest('[data-tool]');
    if (tool) around(area, tool.dataset.tool);
  });
  area.addEventListener('keydown', e => {
    const mark = (e.ctrlKey || e.metaKey) && { b: '**|**', i: '*|*', k: '[|](https://)' }[e.key];
    if (mark) { e.preventDefault(); around(area, mark); }
  });

  const shown = box.querySelector('[data-preview-here]');
  box.querySelector('[data-preview]').addEventListener('click', async e => {
    e.preventDefault();
    const answer = await fetch(e.currentTarget.formAction + '&fragment=true', { method: 'POST', body: new FormData(area.form) });
    if (!answer.ok) return;
    shown.innerHTML = await answer.text(); // Rendered and made safe by our own server.
    shown.className = 'preview prose';
    shown.hidden = false;
    shown.focus();
  });

  if (area.dataset.upload) send(area, area.dataset.upload, area.form, file => around(area, `${/\.(png|jpe?g|gif|webp|avif)$/i.test(file.name) ? '!' : ''}[${file.name}](${file.href})`));
};
