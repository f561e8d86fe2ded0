import './theme/tokens.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { Entry } from './entry.tsx';
import { loadWords } from './i18n/i18n.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await loadWords('entry');
createRoot(root).render(<Entry />);
