import './palette.css';
import { t } from '../../i18n/i18n.ts';
import { usePages } from '../../pages/registry.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { keysOfPage } from './page-keys.ts';

/** Every key of the console. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const scope = useTenantScope();
  const pages = usePages().flatMap(({ path, label, permission }): [string, string][] => {
    const keys = keysOfPage(path);
    return keys && (!permission || scope.can(permission)) ? [[keys, t(label)]] : [];
  });
  const groups: [string, [string, string][]][] = [
    [
      t('shortcuts.everywhere'),
      [
        ['Ctrl K', t('palette.open')],
        ['/', t('palette.open')],
        ['Ctrl Enter', t('shortcuts.new_tab')],
        ['?', t('shortcuts.title')],
      ],
    ],
    [t('palette.pages'), pages],
    [
      t('shortcuts.in_lists'),
      [
        ['/', t('shortcuts.search_list')],
        ['j', t('shortcuts.next_row')],
        ['k', t('shortcuts.previous_row')],
        ['Enter', t('shortcuts.open_row')],
        ['x', t('shortcuts.select_row')],
      ],
    ],
  ];
  return (
    <Dialog title={t('shortcuts.title')} width={640} onCancel={onClose}>
      <div className="shortcuts">
        {groups.map(([title, rows]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([keys, does]) => (
                <div key={keys} className="between">
                  <dt>{does}</dt>
                  <dd>
                    {keys.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
