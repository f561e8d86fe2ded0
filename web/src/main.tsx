import './theme/tokens.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { Entry, prefetchLikelyApp } from './entry.tsx';
import { loadMessages } from './i18n/i18n.ts';
import { readSessionInfo } from './providers/auth/session-info.ts';
import { chooseIdentity } from './sign-in/choose-identity.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// Without session info the page still renders and shows the error on use.
void prefetchLikelyApp().catch(() => undefined);
const identityChosen = readSessionInfo().then(chooseIdentity, () => undefined);
await Promise.all([loadMessages('entry'), identityChosen]);
createRoot(root).render(<Entry />);
void import('./providers/auth/follow-tabs.ts').then(({ followTabs }) => followTabs());
