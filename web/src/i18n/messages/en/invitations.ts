export default {
  'invitations.title': 'Invitations',
};
