export default {
  'form.invalid': 'Cette valeur n’est pas valide.',
  'form.discard_title': 'Abandonner vos modifications ?',
  'form.discard': 'Abandonner les modifications',
  'form.keep_editing': 'Continuer la modification',
  'form.stale_title': 'Un autre utilisateur a enregistré une modification pendant que vous modifiiez ce formulaire.',
  'form.stale_text': 'Votre saisie est conservée. L’enregistrer maintenant remplace la version enregistrée.',
  'form.stale_same': 'La version enregistrée correspond déjà à votre saisie. Il n’y a rien à enregistrer.',
  'form.stored_version': 'Version enregistrée',
  'form.your_version': 'Votre version',
  'form.save_your_version': 'Enregistrer ma version',
};
