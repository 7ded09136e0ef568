// A dialog: browsers without command/commandfor get the same; a click outside closes it.
export default dialog => {
  if (dialog.open) { // Rendered open for browsers without scripts.
    dialog.close();
    dialog.showModal();
  }
  if (!('commandForElement' in HTMLButtonElement.prototype)) {
    for (const button of document.querySelectorAll(`[commandfor="${dialog.id}"]`)) {
      button.addEventListener('click', () => (button.getAttribute('command') === 'show-modal' ? dialog.showModal() : dialog.close()));
    }
  }
  dialog.addEventListener('click', e => { if (e.target === dialog) dialog.close(); });
};
