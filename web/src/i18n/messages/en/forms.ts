export default {
  'form.invalid': 'This value is not valid.',
  'form.discard_title': 'Discard your changes?',
  'form.discard': 'Discard changes',
  'form.keep_editing': 'Keep editing',
  'form.stale_title': 'Another user saved a change while you were editing.',
  'form.stale_text': 'Your input is kept. Saving now overwrites the stored version.',
  'form.stale_same': 'The stored version already matches your input. There is nothing to save.',
  'form.stored_version': 'Stored version',
  'form.your_version': 'Your version',
  'form.save_your_version': 'Save my version',
};
