/** Pages between sign-in and the console: invitations, and accounts that are not ready. */
export default {
  'entry.request_id': 'Requête {id}',
  'entry.down_title': 'Rolecall ne répond pas',
  'entry.not_here_title': 'Votre compte n’est pas encore ici',
  'entry.not_here_text':
    'Vous êtes connecté, mais ce Rolecall n’a pas reçu votre compte du fournisseur d’identité. Cela prend d’habitude quelques secondes ; si rien ne change, montrez cette page à un administrateur.',
  'entry.account': 'Compte',
  'entry.banned_title': 'Ce compte est bloqué',
  'entry.banned_text': 'Un administrateur a bloqué ce compte. Adressez-vous à lui si vous pensez à une erreur.',
  'invite.title': '{tenant} vous invite',
  'invite.from': '{inviter} invite {email} à rejoindre {tenant}.',
  'invite.from_unknown': '{email} est invité à rejoindre {tenant}.',
  'invite.as': 'En tant que',
  'invite.until': 'Valable jusqu’au',
  'invite.for': 'Pour',
  'invite.join': 'Rejoindre {tenant}',
  'invite.joining': 'Un instant',
  'invite.create_and_join': 'Créer le compte et rejoindre',
  'invite.sign_in_and_join': 'Se connecter et rejoindre',
  'invite.new_here': 'Je suis nouveau ici',
  'invite.have_account': 'J’ai un compte',
  'invite.signed_in_as': 'Vous êtes connecté en tant que {email}.',
  'invite.other_person':
    'Vous êtes connecté en tant que {current}, mais cette invitation est pour {email}. Déconnectez-vous pour l’accepter.',
  'invite.closed_title': 'Cette invitation ne peut pas être utilisée',
  'invite.closed_text':
    'Elle a peut-être expiré, été retirée ou déjà servi, ou bien le lien n’a pas été copié en entier. Demandez-en une nouvelle à la personne qui vous a invité.',
  'invite.to_console': 'Ouvrir Rolecall',
  'error.account_disabled': 'Ce compte est bloqué.',
  'error.invitation_closed': 'Cette invitation ne peut plus être utilisée.',
  'error.invitation_other_email': 'Cette invitation est pour une autre adresse e-mail.',
  'error.email_not_verified':
    'Confirmez d’abord votre adresse e-mail : le lien est dans le message que nous avons envoyé.',
};
