/** What the demo's host app, a learning platform, asks Rolecall about. */
export const APP_PERMISSIONS = [
  { code: 'courses:read', description: 'Open courses and their materials' },
  { code: 'courses:create', description: 'Write new courses' },
  { code: 'courses:publish', description: 'Publish courses and take them back' },
  { code: 'courses:archive', description: 'Archive courses' },
  { code: 'enrollments:read', description: 'See who takes which course' },
  { code: 'enrollments:manage', description: 'Put people into courses and take them out' },
  { code: 'grades:read', description: 'See grades' },
  { code: 'grades:write', description: 'Give grades' },
  { code: 'certificates:issue', description: 'Issue certificates' },
  { code: 'invoices:read', description: 'See invoices' },
  { code: 'invoices:write', description: 'Create and correct invoices' },
  { code: 'reports:read', description: 'See reports' },
  { code: 'reports:export', description: 'Download reports with the data of people' },
] as const;
