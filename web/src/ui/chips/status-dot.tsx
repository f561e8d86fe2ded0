import './chips.css';
import type { ReactNode } from 'react';
import { type MessageKey, t } from '../../i18n/i18n.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

/** A status as a dot and a label; colour is never the only signal. */
export const StatusDot = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={`status tone-${tone}`}>{children}</span>
);

/** A status by its entry of status-labels.ts. */
export function Status({ tone, label }: { tone: Tone; label: MessageKey }) {
  return <StatusDot tone={tone}>{t(label)}</StatusDot>;
}
