export default {
  'roles.matrix': 'Matrice des permissions',
  'roles.matrix_lead':
    'Tous les rôles et permissions dans un tableau. Modifiez les cases, vérifiez le résultat et enregistrez le tout en une seule modification.',
  'roles.matrix_on': 'activée',
  'roles.matrix_off': 'désactivée',
  'roles.matrix_inherited': 'héritée de {role}',
  'roles.matrix_conditional': 'seulement sous conditions',
  'roles.matrix_edited': 'pas encore enregistré',
  'roles.matrix_from_parent': 'Héritée de {role} : retirez-la sur ce rôle',
  'roles.matrix_child_of': 'enfant de {role}',
  'roles.matrix_keys': 'Flèches : se déplacer ; Espace : basculer.',
  'roles.matrix_keys_more':
    'Début et Fin vont aux extrémités de la ligne, avec Ctrl à la première et à la dernière case. Page précédente et Page suivante déplacent de dix lignes. Les noms des rôles sont au-dessus de la première ligne ; Entrée ouvre le rôle.',
  'roles.legend_direct': 'directe',
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
    one: '{n} modification dans {roles} enregistrée',
    other: '{n} modifications dans {roles} enregistrées',
  },
  'roles.matrix_rejected': 'Aucune modification enregistrée.',
  'roles.matrix_stale_role':
    '{role} a été modifié par un autre utilisateur : vous avez modifié la version {seen}, la version actuelle est la {version}.',
  'roles.matrix_stale':
    'Vos modifications sont conservées par-dessus la version actuelle. Vérifiez et enregistrez de nouveau.',
};
