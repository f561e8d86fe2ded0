import { createClerkInstance } from '../clerk-stub/instance.ts';
import { type ClerkStub, startClerkStub } from '../clerk-stub/server.ts';
import { mintSessionToken } from '../clerk-stub/session-token.ts';
import { type Caller, type Harness, ORIGIN, startHarness } from './harness.ts';
import { ownDatabase } from './own-database.ts';

export interface ClerkCopy {
  stub: ClerkStub;
  harness: Harness;
  /** What a process of the product needs to work on the same database against the same stub. */
  settings: Record<string, string>;
  /** Calls the app as this person, signed in at the stub. */
  as(userId: string): Caller;
  close(): Promise<void>;
}

/** The app in Clerk mode beside a stub of Clerk, on a database of its own: a run that compares everybody may work here. */
export async function startClerkCopy(settings: Record<string, string> = {}): Promise<ClerkCopy> {
  const database = await ownDatabase();
  const stub = await startClerkStub({ instance: createClerkInstance({ seed: 'copy' }) });
  const all = {
    IDENTITY_PROVIDER: 'clerk',
    DATABASE_URL: database.ownerUrl,
    CLERK_SECRET_KEY: stub.secretKey,
    CLERK_API_URL: stub.url,
    CLERK_JWT_KEY: stub.instance.signingKey().publicPem,
    CLERK_WEBHOOK_SIGNING_SECRET: stub.webhookSecret,
    ...settings,
  };
  const harness = await startHarness(all);
  return {
    stub,
    harness,
    settings: all,
    as: (userId) => {
      const session = stub.instance.createSession(userId);
      const token = mintSessionToken(stub.instance, session, { issuer: stub.url, party: ORIGIN, lifetimeSeconds: 600 });
      return (method, path, body, headers) =>
        harness.anonymous(method, path, body, { ...headers, authorization: `Bearer ${token}` });
    },
    close: async () => {
      await harness.close();
      await stub.close();
      await database.stop();
    },
  };
}
