// Fetches a page shortly before it is asked for: on hover, one at a time, never with data saving on.
const seen = new Set([location.href]);

function ask(e) {
  const a = e.target.closest?.('a[href]');
  if (!a || a.origin !== location.origin || a.hash || a.rel.includes('nofollow') || a.hasAttribute('download') || seen.has(a.href)) return;
  const timer = setTimeout(() => {
    seen.add(a.href);
    const link = document.createElement('link');
    link.rel = 'prefetch';
    link.href = a.href;
    document.head.append(link);
  }, 80);
  a.addEventListener('pointerleave', () => clearTimeout(timer), { once: true });
}

export default () => {
  if (!navigator.connection?.saveData && document.createElement('link').relList.supports('prefetch')) addEventListener('pointerover', ask);
};
