import { createSign, randomBytes } from 'node:crypto';
import type { SessionJson } from './serialize.ts';
import type { ClerkInstance } from './state/instance.ts';

interface TokenOptions {
  /** URL of the Frontend API. */
  issuer: string;
  /** The origin that signed in; tokens of the Backend API have none. */
  party?: string | null;
  lifetimeSeconds?: number;
}

const LIFETIME_SECONDS = 60;
const SESSION_CATEGORY = 'cl_B7d4PD111AAA';

/** Signs a session token of version 2, as Clerk does, for the active organization of the session. */
export function mintSessionToken(
  instance: ClerkInstance,
  session: SessionJson,
  { issuer, party, lifetimeSeconds = LIFETIME_SECONDS }: TokenOptions,
): string {
  const { kid, privateKey } = instance.signingKey();
  const iat = Math.floor(Date.now() / 1000);
  const header = { alg: 'RS256', cat: SESSION_CATEGORY, kid, typ: 'JWT' };
  const claims = {
    ...(party ? { azp: party } : {}),
    exp: iat + lifetimeSeconds,
    fva: [0, -1],
    iat,
    iss: issuer,
    jti: randomBytes(10).toString('hex'),
    nbf: iat - 10,
    ...organizationClaims(instance, session),
    sid: session.id,
    sts: 'active',
    sub: session.user_id,
    v: 2,
  };
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function organizationClaims(instance: ClerkInstance, session: SessionJson): object {
  const organizationId = session.last_active_organization_id;
  const membership = organizationId ? instance.findMembership(organizationId, session.user_id) : null;
  if (!membership) return {};
  const { id, slug } = membership.organization;
  const role = { id, slg: slug, rol: membership.role.replace(/^org:/, '') };
  const held = membership.permissions.filter((key) => !key.startsWith('org:sys_')).map((key) => key.split(':'));
  if (held.length === 0) return { o: role };

  // Permissions are encoded as a bit mask per feature: bit n stands for the nth name in `per`.
  const features = [...new Set(held.map(([, feature]) => feature))];
  const names = [...new Set(held.map(([, , name]) => name))];
  const bits = features.map((feature) =>
    names.reduce((mask, name, bit) => mask | (held.some(([, f, n]) => f === feature && n === name) ? 1 << bit : 0), 0),
  );
  return {
    fea: features.map((feature) => `o:${feature}`).join(','),
    o: { ...role, per: names.join(','), fpm: bits.join(',') },
  };
}
