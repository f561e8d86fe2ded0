import { Button } from 'antd';
import { useState } from 'react';
import { ActionDialog, type ActionDialogProps } from '../../src/ui/dialog/action-dialog.tsx';
import { Dialog } from '../../src/ui/dialog/dialog.tsx';
import { ImpactPane } from '../../src/ui/dialog/impact.tsx';
import { LeaveGuard } from '../../src/ui/dialog/leave-guard.tsx';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { EFFECTS, LONG } from '../worst-data.ts';
import { errorOf } from './feedback.tsx';

const impact = { affected: 1, error: null, isStale: false, isSeen: true, retry: () => {} };

export const dialog: Entry[] = [
  {
    name: 'ActionDialog',
    states: {
      usual: <Confirm label="Suspend Acme" />,
      danger: <Confirm label="Remove Marco Lindt" danger />,
      'long, with a reason': <Confirm label={`Remove ${LONG}`} danger reason />,
      'above the threshold': <Confirm label="Suspend Globex" danger confirmName={LONG} affected={100} />,
    },
  },
  {
    name: 'Dialog',
    states: { 'long title': <Opened /> },
  },
  {
    name: 'ImpactPane',
    states: {
      ...each(EFFECTS, (effect) => (
        <ImpactPane impact={{ ...impact, effects: [effect] }} changes={[]} linkTo={undefined} isTitled />
      )),
      'not known yet': (
        <ImpactPane impact={{ ...impact, effects: undefined }} changes={[]} linkTo={undefined} isTitled />
      ),
      failed: (
        <ImpactPane
          impact={{ ...impact, effects: undefined, error: errorOf(500, 'internal_error') }}
          changes={[]}
          linkTo={undefined}
          isTitled
        />
      ),
    },
  },
  { name: 'LeaveGuard', states: { 'nothing to lose': <LeaveGuard active={false} /> } },
];

function Confirm({ label, ...props }: { label: string } & Partial<ActionDialogProps>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open ? (
        <ActionDialog
          title={`${label}?`}
          action={label}
          onConfirm={async () => ({})}
          onClose={() => setOpen(false)}
          {...props}
        >
          {LONG} loses access to the tenant.
        </ActionDialog>
      ) : null}
    </>
  );
}

function Opened() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Compare versions
      </Button>
      {open ? (
        <Dialog title={`Versions of ${LONG}`} onCancel={() => setOpen(false)}>
          {LONG}
        </Dialog>
      ) : null}
    </>
  );
}
