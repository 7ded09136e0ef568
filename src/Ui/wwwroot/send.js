// Sends files that are pasted or dropped somewhere, one after another; token and rights are those of the form around.
export async function post(file, to, form, onProgress) {
  const body = new FormData();
  body.append('file', file);
  const token = form?.querySelector('[name=__RequestVerificationToken]');
  if (token) body.append(token.name, token.value);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest(); // fetch() does not tell how far it is.
    request.open('POST', to);
    request.responseType = 'json';
    request.upload.onprogress = e => onProgress?.(e.loaded / e.total);
    request.onload = () => (request.status < 300 && request.response ? done(request.response) : fail(new Error(request.status)));
    request.onerror = () => fail(new Error('network'));
    request.send(body);
  });
}

export default (place, to, form, onSent) => {
  const take = async (e, files) => {
    if (!files?.length) return;
    e.preventDefault();
    for (const file of files) await post(file, to, form).then(onSent, () => {});
  };
  place.addEventListener('paste', e => take(e, e.clipboardData?.files));
  place.addEventListener('drop', e => take(e, e.dataTransfer?.files));
  place.addEventListener('dragover', e => { if (e.dataTransfer?.types.includes('Files')) e.preventDefault(); });
};
