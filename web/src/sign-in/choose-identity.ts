import type { SessionInfo } from 'bff/contract';
import { setIdentity } from '../providers/auth/identity.ts';

/** Loads the code of the identity provider in use; local accounts need none. */
export async function chooseIdentity(info: SessionInfo): Promise<void> {
  if (info.identityProvider !== 'local') setIdentity(await (await import('./load-identity.ts')).loadIdentity(info));
}
