import type { SessionInfo } from 'bff/contract';
import { signInBy } from '../providers/auth/identity.ts';

/** Fetches what belongs to the identity provider in use; our own accounts need nothing more. */
export async function chooseIdentity(info: SessionInfo): Promise<void> {
  if (info.identityProvider !== 'local') signInBy(await (await import('./load-identity.ts')).otherIdentity(info));
}
