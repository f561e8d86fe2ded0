import type { ApiKey, AuditLog, Invitation, Member, Tenant } from 'bff/contract';
import type { MessageKey } from '../../i18n/i18n.ts';
import type { Tone } from './status-dot.tsx';

type Shown = { tone: Tone; label: MessageKey };

/** Tone and label by member status. */
export const memberStatus: Record<Member['status'], Shown> = {
  active: { tone: 'good', label: 'status.active' },
  suspended: { tone: 'warn', label: 'status.suspended' },
  left: { tone: 'neutral', label: 'status.left' },
};

/** Tone and label by invitation status. */
export const invitationStatus: Record<Invitation['status'], Shown> = {
  pending: { tone: 'warn', label: 'status.pending' },
  accepted: { tone: 'good', label: 'status.accepted' },
  expired: { tone: 'neutral', label: 'status.expired' },
  revoked: { tone: 'neutral', label: 'status.revoked' },
};

/** Tone and label by tenant status. */
export const tenantStatus: Record<Tenant['status'], Shown> = {
  trialing: { tone: 'neutral', label: 'status.trialing' },
  active: { tone: 'good', label: 'status.tenant_active' },
  suspended: { tone: 'warn', label: 'status.tenant_suspended' },
  cancelled: { tone: 'bad', label: 'status.cancelled' },
  archived: { tone: 'neutral', label: 'status.archived' },
};

/** Tone and label by the outcome of an event. */
export const outcomeStatus: Record<AuditLog['outcome'], Shown> = {
  allowed: { tone: 'good', label: 'audit.outcome_allowed' },
  denied: { tone: 'bad', label: 'audit.outcome_denied' },
};

/** Tone and label by API key status. */
export const apiKeyStatus: Record<ApiKey['status'], Shown> = {
  active: { tone: 'good', label: 'api_keys.active' },
  expired: { tone: 'warn', label: 'api_keys.expired' },
  revoked: { tone: 'neutral', label: 'api_keys.revoked' },
};
