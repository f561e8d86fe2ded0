import { useSearchParams } from 'react-router';
import { lazyDialog } from '../../../ui/feedback/lazy.tsx';

const FollowedChange = lazyDialog(() => import('./followed-change.tsx'));

/** The URL names the change being followed, so that it survives a reload. */
export const BULK_CHANGE = 'roleChange';

/** Progress and result of the bulk change in the URL. */
export function BulkProgress() {
  const [params, setParams] = useSearchParams();
  const id = params.get(BULK_CHANGE);
  const hide = () => setParams((now) => new URLSearchParams([...now].filter(([key]) => key !== BULK_CHANGE)));
  return id ? <FollowedChange id={id} onHide={hide} /> : null;
}
