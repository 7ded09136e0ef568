// Says that there is something new; the reader decides when to look. Rests while the page is hidden.
export default box => {
  const link = box.querySelector('a');
  let source;
  const listen = () => {
    if (document.hidden) { source?.close(); source = null; return; }
    source ??= new EventSource(box.dataset.live);
    source.onmessage = e => {
      const number = +e.data;
      link.hidden = !(number > 0);
      link.textContent = number === 1 ? box.dataset.one : box.dataset.other.replace('#', number);
    };
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => { source?.close(); source = null; });
  listen();
};
