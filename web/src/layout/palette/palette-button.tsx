import { useNavigate } from 'react-router';
import { type Keys, useKeys } from '../../core/keys.ts';
import { paletteState } from '../../core/palette.ts';
import { t } from '../../i18n/i18n.ts';
import { usePages } from '../../pages/registry.ts';
import { whenSignedOut } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { Icon } from '../../ui/icon.tsx';
import { focusSearch } from '../../ui/list/keys.ts';
import { keysOfPage } from './page-keys.ts';
import { useRememberRecord } from './use-remember-record.ts';

const Palette = lazyDialog(() => import('./palette.tsx'));
const Shortcuts = lazyDialog(() => import('./shortcuts.tsx'));
const InviteDialog = lazyDialog(() => import('../../features/invite/invite-dialog.tsx'));

whenSignedOut(() => paletteState.set(undefined));

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** The visible field that opens the palette, and the keys of every page. */
export function PaletteButton() {
  const go = useNavigate();
  const scope = useTenantScope();
  const shown = paletteState.use();
  useRememberRecord();
  const pageKeys = usePages().flatMap(({ path }): [string, () => void][] => {
    const keys = keysOfPage(path);
    return keys ? [[keys, () => void go(`${scope.base}/${path}`)]] : [];
  });
  useKeys({
    '$mod+k': () => paletteState.set('palette'),
    '[Shift]+/': () => focusSearch() || paletteState.set('palette'),
    '[Shift]+?': () => paletteState.set('shortcuts'),
    ...(Object.fromEntries(pageKeys) as Keys),
  });
  const close = () => paletteState.set(undefined);
  return (
    <>
      <button
        type="button"
        className="palette-button row"
        aria-haspopup="dialog"
        onClick={() => paletteState.set('palette')}
      >
        <Icon name="search" size={16} />
        <span className="wide-only">{t('palette.open')}</span>
        <span className="visually-hidden narrow-only">{t('palette.open')}</span>
        <kbd className="wide-only">{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      {shown === 'palette' ? <Palette onClose={close} onInvite={() => paletteState.set('invite')} /> : null}
      {shown === 'shortcuts' ? <Shortcuts onClose={close} /> : null}
      {shown === 'invite' ? <InviteDialog onClose={close} /> : null}
    </>
  );
}
