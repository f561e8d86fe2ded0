import { z } from 'zod';
import { providerInstant } from '../../core/values/instant.ts';

const Envelope = z
  .looseObject({
    type: z.string().max(255).catch('unknown'),
    timestamp: z.number().optional().catch(undefined),
    data: z.looseObject({ id: z.string().max(255).optional().catch(undefined) }).catch({ id: undefined }),
  })
  .catch({ type: 'unknown', data: { id: undefined } });

type Data = Record<string, unknown>;

export interface IncomingEvent {
  type: string;
  objectId: string | null;
  occurredAt: Date | null;
  payload: { type: string; data: Data };
}

/** Picks what is stored of a webhook: what is needed to apply it, and nothing that could be a secret. */
export function parseEvent(message: unknown): IncomingEvent {
  const { type, timestamp, data } = Envelope.parse(message);
  const occurredAt = timestamp === undefined ? null : new Date(providerInstant(timestamp));
  return {
    type,
    objectId: data.id ?? null,
    occurredAt: occurredAt && !Number.isNaN(occurredAt.getTime()) ? occurredAt : null,
    payload: { type, data: storedFields(type, data) },
  };
}

// E-mails and text messages hold codes, invitations a link, sessions the user's devices.
function storedFields(type: string, data: Data): Data {
  const family = type.split('.')[0];
  switch (family) {
    case 'user': {
      const { private_metadata, unsafe_metadata, external_accounts, ...rest } = data;
      const { role } = (unsafe_metadata ?? {}) as Data;
      return typeof role === 'string' ? { ...rest, unsafe_metadata: { role } } : rest;
    }
    case 'organization': {
      const { private_metadata, ...rest } = data;
      return rest;
    }
    case 'organizationMembership': {
      const { private_metadata, public_user_data, ...rest } = data;
      const { user_id } = (public_user_data ?? {}) as Data;
      return { ...rest, ...(user_id === undefined ? {} : { public_user_data: { user_id } }) };
    }
    case 'organizationInvitation': {
      const { object, id, email_address, role, organization_id, user_id, status, expires_at, created_at, updated_at } =
        data;
      return { object, id, email_address, role, organization_id, user_id, status, expires_at, created_at, updated_at };
    }
    default: {
      const { object, id, key, status, user_id, organization_id, created_at, updated_at } = data;
      return { object, id, key, status, user_id, organization_id, created_at, updated_at };
    }
  }
}
