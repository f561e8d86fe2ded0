import type { WebhookEvent } from 'bff/contract';
import type { MessageKey } from '../../../i18n/i18n.ts';
import { hasMessage, t } from '../../../i18n/i18n.ts';
import type { Tone } from '../../../ui/chips/status-dot.tsx';

export const eventStatus: Record<WebhookEvent['status'], { tone: Tone; label: MessageKey }> = {
  dead: { tone: 'bad', label: 'sync.event_status_dead' },
  failed: { tone: 'warn', label: 'sync.event_status_failed' },
  received: { tone: 'warn', label: 'sync.event_status_received' },
  applied: { tone: 'good', label: 'sync.event_status_applied' },
  ignored: { tone: 'neutral', label: 'sync.event_status_ignored' },
};

const KINDS = ['user', 'organization', 'organizationMembership', 'organizationInvitation', 'session'] as const;
const OPERATIONS = ['created', 'updated', 'accepted', 'deleted', 'ended', 'removed', 'revoked'];

/** Returns the label of an event type, or the provider's own name. */
export function formatEventType(type: string): string {
  const key = `sync.type_${type}`;
  return hasMessage(key) ? t(key) : type;
}

/** Filter options: all types of an object, then each type. */
export const typeOptions = () =>
  KINDS.flatMap((kind) => [`${kind}.`, ...OPERATIONS.map((action) => `${kind}.${action}`)])
    .filter((type) => hasMessage(`sync.type_${type}`))
    .map((value) => ({ value, label: formatEventType(value) }));

type Issue = { path?: (string | number)[]; message?: string };

/** Formats an error as one line; validation errors are a list. */
export function formatSyncError(error: string): string {
  try {
    const issues: unknown = JSON.parse(error);
    if (!Array.isArray(issues)) return error;
    return (issues as Issue[]).map(({ path = [], message = '' }) => `${path.join('.')}: ${message}`).join('; ');
  } catch {
    return error;
  }
}
