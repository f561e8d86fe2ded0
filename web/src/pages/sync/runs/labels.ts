import type { SyncDrift, SyncRun } from 'bff/contract';
import type { MessageKey } from '../../../i18n/i18n.ts';
import type { Tone } from '../../../ui/chips/status-dot.tsx';

export const runStatus: Record<SyncRun['status'], { tone: Tone; label: MessageKey }> = {
  running: { tone: 'neutral', label: 'sync.run_status_running' },
  done: { tone: 'good', label: 'sync.run_status_done' },
  failed: { tone: 'bad', label: 'sync.run_status_failed' },
  cancelled: { tone: 'neutral', label: 'sync.run_status_cancelled' },
};

export const runMode = ({ mode, direction }: Pick<SyncRun, 'mode' | 'direction'>): MessageKey =>
  mode === 'report' ? 'sync.run_in_report' : `sync.run_in_${direction}`;

export const TYPES = ['user', 'organization', 'membership'] as const;
export const KINDS = ['missing', 'extra', 'different', 'role', 'unreadable'] as const;

/** Returns the number of drift items found, in any state. */
export const driftCountOf = ({ counts }: Pick<SyncRun, 'counts'>) =>
  TYPES.reduce((sum, type) => sum + KINDS.reduce((own, kind) => own + counts[type][kind], 0), 0);

export const driftState: Record<SyncDrift['state'], { tone: Tone; label: MessageKey }> = {
  open: { tone: 'warn', label: 'sync.drift_state_open' },
  repaired: { tone: 'good', label: 'sync.drift_state_repaired' },
  queued: { tone: 'neutral', label: 'sync.drift_state_queued' },
  ignored: { tone: 'neutral', label: 'sync.drift_state_ignored' },
};
/** Open, and its repair is requested. */
export const REQUESTED = { tone: 'neutral', label: 'sync.drift_state_requested' } as const;
