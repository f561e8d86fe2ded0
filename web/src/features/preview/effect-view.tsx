import './preview.css';
import type { Effect } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';

const FEW = 5;
const SHORT = 2;

/** The path of a member; undefined for no link. */
export type MemberLink = (memberId: string) => string | undefined;

/** Who gains and who loses what: counts first, then names. */
export function EffectView({ effect, linkTo }: { effect: Effect; linkTo?: MemberLink | undefined }) {
  const { t } = useI18n();
  const { affected, loses, gains, members } = effect;
  if (affected === 0) return <p className="muted">{t('preview.no_change')}</p>;
  return (
    <div className="effect">
      {affected === 1 && members[0] ? null : (
        <>
          <Numbers counts={loses} message="preview.loses" />
          <Numbers counts={gains} message="preview.gains" />
        </>
      )}
      <Members {...effect} linkTo={linkTo} />
      {members.length > 0 && members.length < affected ? (
        <p className="muted">{t('preview.first', { n: wholeNumber(members.length), all: wholeNumber(affected) })}</p>
      ) : null}
    </div>
  );
}

function Numbers({ counts, message }: { counts: Effect['loses']; message: MessageKey }) {
  const { t, rich } = useI18n();
  if (counts.length === 0) return null;
  const line = ({ code, count, conditional }: Effect['loses'][number]) => (
    <li key={`${code} ${conditional}`} className={message === 'preview.loses' ? 'effect-loses' : 'effect-gains'}>
      {rich(message, { count, n: <strong>{wholeNumber(count)}</strong>, permission: <PermissionTag code={code} /> })}
      {conditional ? <span className="muted"> {t('preview.conditional')}</span> : null}
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

function Members({ members, linkTo }: Effect & { linkTo: MemberLink | undefined }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const to = linkTo ?? ((memberId: string) => scope.to(`members/${memberId}`));
  if (members.length === 0) return null;
  return (
    <ul className="effect-members" aria-label={t('preview.affected_users')}>
      {members.map(({ memberId, user, loses, gains }) => (
        <li key={memberId}>
          <UserName to={to(memberId)}>{user.name || t('user.no_name')}</UserName>
          <Codes codes={loses} verb="loses" isAlone={members.length === 1} />
          <Codes codes={gains} verb="gains" isAlone={members.length === 1} />
        </li>
      ))}
    </ul>
  );
}

const UserName = ({ to, children }: { to: string | undefined; children: string }) =>
  to ? (
    <Link to={to} target="_blank">
      {children}
    </Link>
  ) : (
    <span>{children}</span>
  );

type CodesProps = { codes: string[]; verb: 'loses' | 'gains'; isAlone: boolean };

/** What a member gains or loses; long lists are only counted when there are several members. */
function Codes({ codes, verb, isAlone }: CodesProps) {
  const { t } = useI18n();
  if (codes.length === 0) return null;
  const inFull = isAlone || codes.length <= SHORT;
  return (
    <span className="effect-codes" title={inFull ? undefined : codes.join(', ')}>
      <span className={`effect-${verb}`}>
        {inFull
          ? t(`preview.user_${verb}_short`)
          : t(`preview.user_${verb}`, { count: codes.length, n: wholeNumber(codes.length) })}
      </span>
      {inFull ? codes.map((code) => <PermissionTag key={code} code={code} />) : null}
    </span>
  );
}
