// The one script every page loads: the reader's own theme and language, and what the page asks for.
const root = document.documentElement;
const chosen = localStorage.getItem('theme'); // Written only on the reader's own click.
if (chosen && !root.dataset.theme) root.dataset.theme = chosen;

const here = new URL(location);
if (here.searchParams.has('flash')) { // A reload must not repeat the message.
  here.searchParams.delete('flash');
  history.replaceState(history.state, '', here);
}
const language = here.searchParams.get('lang');
if (language) { // Guests have no cookie: the language travels in the address.
  addEventListener('click', e => {
    const a = e.target.closest?.('a[href]');
    if (a && a.origin === location.origin && !new URL(a.href).searchParams.has('lang')) {
      const to = new URL(a.href);
      to.searchParams.set('lang', language);
      a.href = to;
    }
  }, true);
}

const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

const signs = ['focusin', 'pointerover', 'touchstart', 'dragenter', 'beforetoggle'];
const enhance = (part, names) => {
  for (const name of names.split(' ')) import(`./${name}.js`).then(m => m.default(part));
};

function start() {
  for (const button of document.querySelectorAll('[data-theme-switch]')) {
    const say = () => { button.textContent = isDark() ? button.dataset.toLight : button.dataset.toDark; };
    say();
    button.hidden = false;
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      localStorage.setItem('theme', root.dataset.theme);
      say();
    });
  }
  for (const part of document.querySelectorAll('[data-enhance]')) enhance(part, part.dataset.enhance);
  for (const part of document.querySelectorAll('[data-enhance-on-use]')) { // What rests untouched costs no request.
    const wake = () => {
      for (const sign of signs) part.removeEventListener(sign, wake);
      enhance(part, part.dataset.enhanceOnUse);
    };
    if (part.dataset.draft && localStorage.getItem('draft:' + part.dataset.draft)) wake();
    else for (const sign of signs) part.addEventListener(sign, wake, { passive: true });
  }
  for (const part of document.querySelectorAll('[data-with-script]')) part.hidden = false;
  document.querySelector('#errors')?.focus();
  addEventListener('keydown', e => { // At once, as what is typed next is for that field.
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const field = document.querySelector('main [type=search]') ?? document.querySelector('[type=search]');
    if (field) e.preventDefault();
    field?.focus();
  });
  addEventListener('keydown', e => import('./keys.js').then(m => m.default(e)), { once: true });
  addEventListener('pointerover', () => import('./prefetch.js').then(m => m.default()), { once: true });
}
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start); else start();
