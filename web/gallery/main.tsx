import '@ant-design/v5-patch-for-react-19';
import '../src/theme/tokens.css';
import '../src/theme/base.css';
import '../src/theme/app.css';
import { createRoot } from 'react-dom/client';
import { setTransport } from '../src/core/api.ts';
import { loadMessages } from '../src/i18n/i18n.ts';
import { loadMe } from '../src/providers/auth/session.ts';
import { Gallery } from './gallery.tsx';
import { served } from './served.ts';

setTransport(served);
await Promise.all([loadMessages('entry'), loadMessages('app'), loadMe()]);
const root = document.getElementById('root');
if (root) createRoot(root).render(<Gallery />);
