import './theme/tokens.css';
import './theme/base.css';
import type { SessionInfo } from 'bff/contract';
import { createRoot } from 'react-dom/client';
import { Entry, prefetchLikelyApp } from './entry.tsx';
import { loadMessages } from './i18n/i18n.ts';
import { setIdentity } from './providers/auth/identity.ts';
import { readSessionInfo } from './providers/auth/session-info.ts';
import { followTabs } from './providers/auth/tabs.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
followTabs();
// Without session info the page still renders and shows the error on use.
const identityChosen = readSessionInfo().then(chooseIdentity, () => undefined);
void prefetchLikelyApp(identityChosen).catch(() => undefined);
// Not awaited by the module: other files import from the chunk that it is in.
void Promise.all([loadMessages('entry'), identityChosen]).then(() => createRoot(root).render(<Entry />));

/** Loads the code of the identity provider in use; local accounts need none. */
async function chooseIdentity(info: SessionInfo) {
  if (info.identityProvider === 'local') return;
  const { otherIdentity } = await import('./sign-in/other-identity.tsx');
  setIdentity(await otherIdentity(info));
}
