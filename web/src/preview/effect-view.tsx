import './preview.css';
import type { Effect } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../i18n/format.ts';
import type { MessageKey } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/i18n.ts';
import { usePlace } from '../providers/place.tsx';
import { PermissionTag } from '../ui/permission-tag.tsx';

const FEW = 5;

/** Who gains and who loses what: the numbers first, then the names. */
export function EffectView({ effect }: { effect: Effect }) {
  const { t } = useI18n();
  const { affected, loses, gains, people } = effect;
  if (affected === 0) return <p className="quiet">{t('preview.nobody')}</p>;
  return (
    <div className="effect">
      {affected === 1 && people[0] ? null : (
        <>
          <Numbers counts={loses} message="preview.loses" />
          <Numbers counts={gains} message="preview.gains" />
        </>
      )}
      <People {...effect} />
      {people.length > 0 && people.length < affected ? (
        <p className="quiet">{t('preview.first', { n: wholeNumber(people.length), all: wholeNumber(affected) })}</p>
      ) : null}
    </div>
  );
}

function Numbers({ counts, message }: { counts: Effect['loses']; message: MessageKey }) {
  const { t, rich } = useI18n();
  if (counts.length === 0) return null;
  const line = ({ code, count }: Effect['loses'][number]) => (
    <li key={code} className={message === 'preview.loses' ? 'effect-loses' : 'effect-gains'}>
      {rich(message, { count, n: <strong>{wholeNumber(count)}</strong>, permission: <PermissionTag code={code} /> })}
    </li>
  );
  const rest = counts.slice(FEW);
  return (
    <>
      <ul className="effect-numbers">{counts.slice(0, FEW).map(line)}</ul>
      {rest.length > 0 ? (
        <details className="effect-more">
          <summary>{t('preview.more', { count: rest.length, n: wholeNumber(rest.length) })}</summary>
          <ul className="effect-numbers">{rest.map(line)}</ul>
        </details>
      ) : null}
    </>
  );
}

function People({ people }: Effect) {
  const { t } = useI18n();
  const place = usePlace();
  if (people.length === 0) return null;
  return (
    <ul className="effect-people" aria-label={t('preview.people')}>
      {people.map(({ memberId, user, loses, gains }) => (
        <li key={memberId}>
          <Link to={place.to(`members/${memberId}`)} target="_blank">
            {user.name || t('person.no_name')}
          </Link>
          <Codes codes={loses} sign="−" word={t('preview.loses_word')} className="effect-loses" />
          <Codes codes={gains} sign="+" word={t('preview.gains_word')} className="effect-gains" />
        </li>
      ))}
    </ul>
  );
}

type CodesProps = { codes: string[]; sign: string; word: string; className: string };

function Codes({ codes, sign, word, className }: CodesProps) {
  if (codes.length === 0) return null;
  return (
    <span className={`effect-codes ${className}`}>
      <span className="visually-hidden">{word}</span>
      {codes.map((code) => (
        <span key={code}>
          <span aria-hidden="true">{sign}</span>
          <PermissionTag code={code} />
        </span>
      ))}
    </span>
  );
}
