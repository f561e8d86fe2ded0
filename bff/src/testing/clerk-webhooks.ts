import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Webhook } from 'svix';
import { v7 as uuid } from 'uuid';
import { type Harness, startHarness } from './harness.ts';

const PATH = '/api/webhooks/clerk';
const SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const CLERK_SETTINGS = {
  IDENTITY_PROVIDER: 'clerk',
  CLERK_JWT_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  CLERK_WEBHOOK_SIGNING_SECRET: SECRET,
};

type Data = Record<string, unknown>;

/** The app as it runs with Clerk, and Svix's side of the webhook. */
export async function startClerkHarness(settings: Record<string, string> = {}) {
  const harness = await startHarness({ ...CLERK_SETTINGS, ...settings });
  const db = harness.services.db.sync;
  return { harness, db, ...sender(harness), ...readers(db) };
}

/** Our copy, by the provider's ids. */
function readers(db: Harness['services']['db']['sync']) {
  const tenantOf = (identityOrgId: string) => db.tenant.findFirstOrThrow({ where: { identityOrgId } });
  const events = (where: object) => db.auditLog.findMany({ where, orderBy: { createdAt: 'asc' } });
  return {
    person: (id: string) => db.user.findFirstOrThrow({ where: { id } }),
    tenantOf,
    events,
    actions: async (where: object) => (await events(where)).map(({ action }) => action),
    member: async (orgId: string, userId: string) => {
      const { id: tenantId } = await tenantOf(orgId);
      const found = await db.membership.findFirstOrThrow({
        where: { tenantId, userId },
        include: { roles: { where: { endedAt: null }, include: { role: true } } },
      });
      return { ...found, roleKeys: found.roles.map(({ role }) => role.key).sort() };
    },
  };
}

function sender(harness: Harness) {
  const deliver = (body: string, headers: Record<string, string>) => harness.anonymous('POST', PATH, body, headers);
  /** Sends an event as Svix would; answers what we make of it, waiting for what is applied after its receipt. */
  const send = async (type: string, data: Data, { id = `msg_${uuid()}` } = {}): Promise<string> => {
    const body = JSON.stringify({ object: 'event', type, instance_id: 'ins_1', timestamp: 1_716_883_200, data });
    const answer = await deliver(body, signed(body, { id }));
    if (answer.status !== 200) throw new Error(`${type}: ${answer.status} ${JSON.stringify(answer.body)}`);
    if (answer.body.result !== 'stored') return answer.body.result;
    await harness.services.inbox.idle();
    const kept = await harness.services.db.sync.webhookEvent.findFirst({ where: { id } });
    return kept?.status === 'applied' || kept?.status === 'ignored' ? kept.status : 'stored';
  };
  return { deliver, send };
}

/** Svix's headers for exactly this body. */
export function signed(body: string, { id = `msg_${uuid()}`, at = new Date(), secret = SECRET } = {}) {
  return {
    'svix-id': id,
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': new Webhook(secret).sign(id, at, body),
  };
}

const T0 = 1_716_883_200_000;
const unique = () => uuid().slice(-12);
/** Clerk's clock, some seconds after a fixed instant. */
export const at = (seconds: number) => T0 + seconds * 1000;

export function clerkUser(overrides: Data = {}) {
  const id = `user_${unique()}`;
  return {
    object: 'user',
    id,
    primary_email_address_id: 'idn_1',
    first_name: 'Ada',
    last_name: 'Park',
    image_url: 'https://img.clerk.com/x',
    public_metadata: {},
    private_metadata: { ssn: 'never kept' },
    email_addresses: [{ id: 'idn_1', email_address: `${id}@example.test`, verification: { status: 'verified' } }],
    banned: false,
    locked: false,
    last_sign_in_at: null,
    created_at: at(0),
    updated_at: at(0),
    ...overrides,
  };
}

export function clerkOrganization(overrides: Data = {}) {
  const id = `org_${unique()}`;
  return {
    object: 'organization',
    id,
    name: `Acme ${id}`,
    slug: id.replace('_', '-'),
    created_by: null as string | null,
    created_at: at(0),
    updated_at: at(0),
    ...overrides,
  };
}

export function clerkMembership(organization: Data, userId: string, overrides: Data = {}) {
  return {
    object: 'organization_membership',
    id: `orgmem_${unique()}`,
    role: 'org:member',
    organization,
    public_user_data: { user_id: userId, first_name: 'Ada', identifier: 'ada@example.test' },
    created_at: at(1),
    updated_at: at(1),
    ...overrides,
  };
}
