/** Permissions of the demo's host app, a learning platform. */
export const APP_PERMISSIONS = [
  { code: 'courses:read', description: 'View courses and their materials' },
  { code: 'courses:create', description: 'Create courses' },
  { code: 'courses:publish', description: 'Publish and unpublish courses' },
  { code: 'courses:archive', description: 'Archive courses' },
  { code: 'enrollments:read', description: 'View enrollments' },
  { code: 'enrollments:manage', description: 'Enroll and unenroll learners' },
  { code: 'grades:read', description: 'View grades' },
  { code: 'grades:write', description: 'Grade assignments' },
  { code: 'certificates:issue', description: 'Issue certificates' },
  { code: 'invoices:read', description: 'View invoices' },
  { code: 'invoices:write', description: 'Create and edit invoices' },
  { code: 'reports:read', description: 'View reports' },
  { code: 'reports:export', description: 'Download reports' },
] as const;
