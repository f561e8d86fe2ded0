import { Timeline } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';

export type Step = {
  key: string;
  /** Whether it leads on, is where the path ends, or was not reached. */
  state: 'met' | 'missing' | 'open';
  name: ReactNode;
  to?: string | undefined;
  note?: ReactNode;
};

const DOTS = {
  met: { color: 'var(--good)', dot: <Icon name="check" size={16} /> },
  missing: { color: 'var(--bad)', dot: <Icon name="close" size={16} /> },
  open: { color: 'var(--text-tertiary)' },
} as const;

/** The way from a user to a permission, step by step. */
export function PathSteps({ steps }: { steps: Step[] }) {
  return (
    <Timeline
      className="explain-path"
      items={steps.map(({ key, state, name, to, note }) => ({
        key,
        ...DOTS[state],
        children: (
          <>
            {to ? <Link to={to}>{name}</Link> : <strong>{name}</strong>}
            {note ? <div className="muted">{note}</div> : null}
          </>
        ),
      }))}
    />
  );
}
