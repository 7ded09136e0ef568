// Passkeys: asks the server for options, the browser for a credential, and hands the answer back (WebAuthn Level 3 §5.1).
export default function (part) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  part.hidden = false;
  const form = part.querySelector('form');
  const says = part.querySelector('[role=alert]');
  const isSignIn = part.dataset.passkey === 'sign-in';
  const post = (path, body) => fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    body: JSON.stringify(body ?? {}),
  });
  form.addEventListener('submit', async e => {
    e.preventDefault();
    says.hidden = true;
    try {
      const begun = await post(isSignIn ? '/passkeys/sign-in' : '/passkeys/register');
      if (!begun.ok) throw await begun.json();
      const { options, state } = await begun.json();
      const json = JSON.parse(options);
      const credential = isSignIn
        ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) })
        : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) });
      const name = form.elements.name?.value ?? '';
      const path = isSignIn ? '/passkeys/sign-in/answer' : '/passkeys/register/answer?name=' + encodeURIComponent(name);
      const answered = await post(path, { credential: JSON.stringify(credential), state });
      if (!answered.ok) throw await answered.json();
      location.assign(part.dataset.back);
    } catch (refused) {
      if (refused.name === 'NotAllowedError') return; // Cancelling is no error.
      says.textContent = refused.detail ?? refused.message;
      says.hidden = false;
    }
  });
}
