import { Button } from 'antd';
import { useState } from 'react';
import InviteDialog from '../../src/features/invite/invite-dialog.tsx';
import { CopyButton } from '../../src/ui/feedback/copy-button.tsx';
import { ActionButton, DialogButton } from '../../src/ui/form/action-button.tsx';
import { DateField } from '../../src/ui/form/date-field.tsx';
import { Face } from '../../src/ui/form/face.tsx';
import { PermissionButton } from '../../src/ui/form/permission-button.tsx';
import { RoleChoices } from '../../src/ui/form/role-choices.tsx';
import { SearchField } from '../../src/ui/form/search-field.tsx';
import { ShownOnce } from '../../src/ui/form/shown-once.tsx';
import { StaleSave } from '../../src/ui/form/stale-save.tsx';
import { UserSelect } from '../../src/ui/form/user-select.tsx';
import type { Entry } from '../entry.ts';
import { inDays, LONG, ROLES, UNBROKEN, USERS } from '../worst-data.ts';

const change = () => ({ method: 'post', path: 'tenants/acme/nothing', done: 'Done' }) as const;

export const form: Entry[] = [
  { name: 'RoleChoices', states: { many: <Choices /> } },
  { name: 'SearchField', states: { empty: <SearchField value="" label="Name or e-mail" onChange={() => {}} /> } },
  {
    name: 'UserSelect',
    states: {
      empty: <UserSelect label="User" placeholder="Choose a user" value={undefined} onChange={() => {}} />,
      chosen: <UserSelect label="Chosen user" placeholder="" value="long" known={[USERS.long]} onChange={() => {}} />,
    },
  },
  {
    name: 'PermissionButton',
    states: {
      allowed: <PermissionButton permission="members:invite">Invite member</PermissionButton>,
      denied: <PermissionButton permission="tenant:update">Rename tenant</PermissionButton>,
      blocked: (
        <PermissionButton permission="members:invite" blocked="The tenant is suspended.">
          Invite member
        </PermissionButton>
      ),
    },
  },
  {
    name: 'Face',
    states: {
      usual: (
        <Face
          load={() => {}}
          button={(props) => (
            <button {...props} type="button">
              Find a tenant
            </button>
          )}
        >
          <SearchField value="" label="Find a tenant" onChange={() => {}} />
        </Face>
      ),
    },
  },
  {
    name: 'DateField',
    states: {
      empty: <DateField edge="end" label="Until" value={null} onChange={() => {}} />,
      chosen: <DateField edge="start" label="From" value={inDays(10)} onChange={() => {}} />,
    },
  },
  {
    name: 'DialogButton',
    states: {
      usual: (
        <DialogButton permission="members:invite" label="Invite member">
          {(close) => <InviteDialog onClose={close} />}
        </DialogButton>
      ),
    },
  },
  {
    name: 'ActionButton',
    states: {
      danger: (
        <ActionButton
          permission="members:update"
          label="End sessions"
          title="End sessions?"
          action="End sessions"
          danger
          reason
          change={change}
        >
          {LONG}
        </ActionButton>
      ),
    },
  },
  {
    name: 'CopyButton',
    states: {
      usual: <CopyButton text="text" label="Copy" />,
      primary: <CopyButton text="text" label="Copy link" type="primary" />,
    },
  },
  {
    name: 'ShownOnce',
    states: { usual: <Secret value={UNBROKEN} />, 'shown before': <Secret value={null} /> },
  },
  {
    name: 'StaleSave',
    states: {
      differs: <StaleSave stored={{ name: 'Billing' }} yours={{ name: LONG }} />,
      same: <StaleSave stored={{}} yours={{}} />,
    },
  },
];

function Choices() {
  const [chosen, setChosen] = useState(['billing']);
  return (
    <RoleChoices roles={ROLES} value={chosen} onChange={setChosen} more={() => <span className="muted">More</span>} />
  );
}

function Secret({ value }: { value: string | null }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Show the key
      </Button>
      {open ? (
        <ShownOnce title={LONG} text={LONG} value={value} label="Key" copy="Copy key" onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
