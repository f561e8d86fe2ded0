import type { SessionInfo } from 'bff/contract';
import { setIdentity } from '../providers/auth/identity.ts';

/** Fetches what belongs to the identity provider in use; our own accounts need nothing more. */
export async function chooseIdentity(info: SessionInfo): Promise<void> {
  if (info.identityProvider !== 'local') setIdentity(await (await import('./load-identity.ts')).loadIdentity(info));
}
