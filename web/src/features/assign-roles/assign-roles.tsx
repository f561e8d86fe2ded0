import { lazyDialog } from '../../ui/feedback/lazy.tsx';

/** The dialog for all roles of a member, loaded when it opens: mount it only then. */
export const AssignRolesDialog = lazyDialog(() => import('./assign-roles-dialog.tsx'));
