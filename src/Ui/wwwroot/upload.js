// A file field: dropping, size check before sending, progress; with data-upload each file goes at once and leaves its id in the form.
import { post } from './send.js';

export default box => {
  const input = box.querySelector('input[type=file]');
  const list = box.querySelector('.files');
  box.querySelector('[data-drop-text]').hidden = false;

  const show = async file => {
    const item = document.createElement('li');
    const name = document.createElement('span');
    name.className = 'name';
    name.textContent = file.name;
    item.append(name);
    list.append(item);
    if (file.size > +box.dataset.max) {
      name.textContent += ' – ' + box.dataset.tooLarge;
      return false;
    }
    if (!box.dataset.upload) return true;
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', file.name);
    item.append(bar);
    try {
      const sent = await post(file, box.dataset.upload, input.form, part => { bar.value = part; });
      const id = document.createElement('input');
      Object.assign(id, { type: 'hidden', name: input.name, value: sent.id });
      item.append(id);
    } catch {
      name.textContent += ' – ' + box.dataset.failed;
    }
    bar.remove();
    return true;
  };

  const take = async () => {
    if (!box.dataset.upload) list.replaceChildren();
    const fine = await Promise.all([...input.files].map(show));
    if (box.dataset.upload || fine.includes(false)) input.value = '';
  };
  input.addEventListener('change', take);
  box.addEventListener('dragover', e => { e.preventDefault(); box.classList.add('over'); });
  box.addEventListener('dragleave', () => box.classList.remove('over'));
  box.addEventListener('drop', e => {
    e.preventDefault();
    box.classList.remove('over');
    input.files = e.dataTransfer.files;
    take();
  });
};
