import { SYSTEM_PERMISSIONS } from '../access/permissions.ts';

const LEARNING_PLATFORM = [
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
  { code: 'progress:read', description: "View learners' progress" },
  { code: 'progress:export', description: "Download learners' progress" },
];

/** Permissions of the demo's host app, a learning platform. A code that Rolecall itself uses is its own. */
export const APP_PERMISSIONS = LEARNING_PLATFORM.filter(({ code }) => !Object.hasOwn(SYSTEM_PERMISSIONS, code));
