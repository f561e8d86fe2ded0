export default {
  'roles.matrix': 'Matrice des permissions',
  'roles.matrix_lead':
    'Chaque rôle face à chaque permission. Basculez des cases, regardez l’ensemble, puis enregistrez le tout en une fois.',
  'roles.matrix_on': 'activée',
  'roles.matrix_off': 'désactivée',
  'roles.matrix_inherited': 'héritée de {role}',
  'roles.matrix_conditional': 'seulement sous conditions',
  'roles.matrix_edited': 'pas encore enregistré',
  'roles.matrix_from_parent': 'Elle vient de {role} : retirez-la là-bas',
  'roles.matrix_under': 'sous {role}',
  'roles.matrix_keys': 'Les flèches déplacent, Espace bascule.',
  'roles.matrix_keys_more':
    'Début et Fin vont aux bouts de la ligne, avec Ctrl à la première et à la dernière case. Page précédente et Page suivante déplacent de dix lignes. Au-dessus de la première ligne se trouvent les noms des rôles, qu’Entrée ouvre.',
  'roles.legend_own': 'propre',
  'roles.legend_inherited': 'héritée',
  'roles.legend_locked': 'non modifiable par vous',
  'roles.matrix_discard': 'Abandonner',
  'roles.matrix_unsaved': 'Modifications non enregistrées',
  'roles.matrix_reason': 'Motif (facultatif)',
  'roles.matrix_changes': { one: '{n} modification', other: '{n} modifications' },
  'roles.matrix_in_roles': { one: '{n} rôle', other: '{n} rôles' },
  'roles.matrix_save': {
    one: 'Enregistrer {n} modification dans {roles}',
    other: 'Enregistrer {n} modifications dans {roles}',
  },
  'roles.matrix_saved': {
    one: '{n} modification dans {roles} est enregistrée',
    other: '{n} modifications dans {roles} sont enregistrées',
  },
  'roles.matrix_refused': 'Rien n’est enregistré.',
  'roles.matrix_stale_role':
    '{role} a été modifié entre-temps : vous avez vu la version {seen}, c’est maintenant la {version}.',
  'roles.matrix_stale':
    'Vos modifications sont gardées par-dessus ce qui est enregistré ; vérifiez et enregistrez à nouveau.',
};
