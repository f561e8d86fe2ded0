export default {
  'platform.home': 'Home',
};
