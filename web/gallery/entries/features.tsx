import { OutsideHistory } from '../../src/features/access/outside-history.tsx';
import { RoleAt } from '../../src/features/access/role-at.tsx';
import { AssignRolesDialog } from '../../src/features/assign-roles/assign-roles.tsx';
import { RoleDates } from '../../src/features/assign-roles/role-dates.tsx';
import { InviteButton } from '../../src/features/invite/invite-button.tsx';
import { PermissionSelect } from '../../src/features/permissions/permission-select.tsx';
import { DialogButton } from '../../src/ui/form/action-button.tsx';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { CONDITIONS, held, inDays, LONG, MARCO, ROLES } from '../worst-data.ts';
import { errorOf } from './feedback.tsx';

const [admin, billing, , long] = ROLES as [(typeof ROLES)[0], (typeof ROLES)[0], (typeof ROLES)[0], (typeof ROLES)[0]];
const outside = (code: string) => errorOf(422, 'validation_failed', { errors: { asOf: [code] } });

export const features: Entry[] = [
  { name: 'InviteButton', states: { usual: <InviteButton /> } },
  {
    name: 'AssignRolesDialog',
    states: {
      usual: (
        <DialogButton permission="members:invite" label="Edit roles">
          {(close) => <AssignRolesDialog member={MARCO} name={LONG} onClose={close} />}
        </DialogButton>
      ),
    },
  },
  {
    name: 'RoleDates',
    states: each(
      {
        'not set': { from: null, until: null },
        'with an end': { from: null, until: inDays(10) },
        backwards: { from: inDays(10), until: inDays(5) },
      },
      (period) => (
        <RoleDates
          name="Billing"
          held={period.from ? undefined : held(billing, inDays(-5), period.until)}
          period={period}
          onChange={() => {}}
        />
      ),
    ),
  },
  {
    name: 'PermissionSelect',
    states: {
      empty: <PermissionSelect value={undefined} onChange={() => {}} />,
      chosen: <PermissionSelect value="members:invite" onChange={() => {}} allowClear />,
    },
  },
  {
    name: 'RoleAt',
    states: {
      usual: <RoleAt role={{ ...admin, isOwner: false }} via="tenant" validUntil={null} />,
      'until, under conditions': (
        <RoleAt role={long} via="platform" validUntil={inDays(20)} notes={['suspended']} conditions={CONDITIONS} />
      ),
    },
  },
  {
    name: 'OutsideHistory',
    states: each({ before: 'before_the_tenant', future: 'in_the_future', reversed: 'after_to' }, (code) => (
      <OutsideHistory error={outside(code)} />
    )),
  },
];
