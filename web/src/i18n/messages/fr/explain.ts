export default {
  'live.changed': 'Vos accès ont changé : {places}',
  'live.membership_suspended':
    'Votre adhésion à {tenant} est suspendue. Vous ne pouvez rien y faire tant qu’un administrateur ne la réactive pas.',
  'live.left_title': 'Vous n’appartenez plus à {tenant}',
  'live.left_text':
    'Votre adhésion vient de prendre fin. Si cela vous surprend, demandez à un propriétaire ou à un administrateur.',
};
