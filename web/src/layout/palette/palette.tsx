import './palette.css';
import { Command } from 'cmdk';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePaused } from '../../core/use-paused.ts';
import { t } from '../../i18n/i18n.ts';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Entry, GROUPS } from './entry.ts';
import { useFound } from './use-found.ts';
import { usePlaces } from './use-places.ts';

type Props = { onClose: () => void; onInvite: () => void };

/** Finds pages, records and actions in one list; Enter opens, Ctrl or Cmd with Enter in a new tab. */
export default function Palette({ onClose, onInvite }: Props) {
  const go = useNavigate();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState({ id: '', of: '' });
  const q = usePaused(text.trim(), 150);
  const { entries: found, isLoading } = useFound(q);
  const entries = [...usePlaces(text.trim(), { invite: onInvite }), ...found].sort(
    (one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group),
  );
  const first = entries[0]?.id ?? '';
  // What is found comes late and in any order: the first row stays chosen until the user moves.
  const isManual = chosen.of === q && entries.some(({ id }) => id === chosen.id);
  const value = isManual ? chosen.id : first;

  function open(entry: Entry, inNewTab: boolean) {
    if ('to' in entry && inNewTab) return void window.open(entry.to, '_blank', 'noopener');
    onClose();
    if ('to' in entry) void go(entry.to);
    else entry.run();
  }
  function onKeyDown(event: React.KeyboardEvent) {
    const entry = entries.find(({ id }) => id === value);
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !entry) return;
    event.preventDefault();
    open(entry, true);
  }

  return (
    <Command.Dialog
      open
      loop
      label={t('palette.title')}
      shouldFilter={false}
      value={value}
      onValueChange={(id) => setChosen({ id, of: q })}
      onOpenChange={(isOpen) => isOpen || onClose()}
      onKeyDown={onKeyDown}
      overlayClassName="palette-mask"
      contentClassName="palette"
    >
      <div className="palette-search row">
        <Icon name="search" size={16} />
        <Command.Input value={text} onValueChange={setText} placeholder={t('palette.placeholder')} maxLength={200} />
        <kbd>{t('palette.escape')}</kbd>
      </div>
      <Command.List label={t('palette.results')}>
        {isLoading || text.trim() !== q ? <Command.Loading>{t('palette.loading')}</Command.Loading> : null}
        {entries.length === 0 && !isLoading && text.trim() === q ? (
          <Command.Empty>{t('palette.none', { q })}</Command.Empty>
        ) : null}
        {GROUPS.map((group) => {
          const inGroup = entries.filter((entry) => entry.group === group);
          return inGroup.length > 0 ? (
            <Command.Group key={group} heading={t(`palette.${group}`)}>
              {inGroup.map((entry) => (
                <Row key={entry.id} entry={entry} onOpen={open} />
              ))}
            </Command.Group>
          ) : null;
        })}
      </Command.List>
    </Command.Dialog>
  );
}

function Row({ entry, onOpen }: { entry: Entry; onOpen: (entry: Entry, inNewTab: boolean) => void }) {
  const { icon, label, note, tenant, keys } = entry;
  const inNewTab = (event: React.MouseEvent) => {
    if (event.button === 0 && !event.ctrlKey && !event.metaKey) return;
    event.stopPropagation();
    onOpen(entry, true);
  };
  return (
    <Command.Item
      className="row"
      value={entry.id}
      onSelect={() => onOpen(entry, false)}
      onClickCapture={inNewTab}
      onAuxClick={inNewTab}
    >
      {tenant ? <TenantMark id={tenant.id} name={tenant.name} size={18} /> : <Icon name={icon} size={16} />}
      <bdi className="palette-label clip">{label}</bdi>
      {note ? <bdi className="muted clip">{note}</bdi> : null}
      {keys ? <kbd>{keys}</kbd> : null}
    </Command.Item>
  );
}
