export default {
  'platform.home': 'Accueil',
};
