export default {
  'roles.matrix': 'Matrice des permissions',
  'roles.matrix_lead':
    'Chaque rôle face à chaque permission. Basculez des cases, regardez l’ensemble, puis enregistrez.',
  'roles.matrix_on': 'activée',
  'roles.matrix_off': 'désactivée',
  'roles.matrix_inherited': 'héritée de {role}',
  'roles.matrix_edited': 'pas encore enregistré',
  'roles.matrix_from_parent': 'Elle vient de {role} : retirez-la là-bas',
  'roles.matrix_under': 'sous {role}',
  'roles.matrix_keys': 'Les flèches déplacent, Espace bascule.',
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
  'roles.matrix_refused': '{role} n’est pas enregistré.',
  'roles.matrix_stale':
    'Quelqu’un a modifié ce rôle entre-temps. Vos modifications sont gardées par-dessus ce qui est enregistré ; vérifiez et enregistrez à nouveau.',
};
