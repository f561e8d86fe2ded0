import './impact.css';
import { Alert, Button } from 'antd';
import type { Effect } from 'bff/contract';
import { Link } from 'react-router';
import { errorText } from '../../i18n/error-text.ts';
import { formatList, longDate } from '../../i18n/format.ts';
import { t, wholeNumber } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionTag } from '../chips/permission-tag.tsx';
import { ListSkeleton } from '../feedback/skeleton.tsx';
import { type Impact, isRejected, type PlannedChange } from './dry-run.ts';

const FEW = 5;
const SHORT = 2;
const DATES = 6;

/** The path of a member; undefined for no link. */
export type MemberLink = (memberId: string) => string | undefined;

type PaneProps = {
  impact: Impact;
  changes: PlannedChange[];
  linkTo: MemberLink | undefined;
  isTitled: boolean;
};

/** What changes would do, beside what is chosen in the dialog. */
export function ImpactPane({ impact, changes, linkTo, isTitled }: PaneProps) {
  const { error, isStale, retry } = impact;
  const effects = error ? [] : impact.effects;
  const again = (
    <Button size="small" onClick={retry}>
      {t('entry.try_again')}
    </Button>
  );
  return (
    <section className="impact" aria-label={t('preview.title')} aria-busy={isStale}>
      {isTitled ? <h2>{t('preview.title')}</h2> : null}
      <div aria-live="polite">
        {error ? <Alert type="error" message={errorText(error)} action={isRejected(error) ? null : again} /> : null}
        {effects ? null : <ListSkeleton rows={3} columns={1} />}
        {effects?.length === 0 && !error ? <p className="muted">{t('preview.nothing_yet')}</p> : null}
        {effects?.map((effect, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an effect is identified by the change it is the effect of.
          <div key={at}>
            {changes[at]?.title && effects.length > 1 ? <h3>{changes[at].title}</h3> : null}
            <EffectView effect={effect} linkTo={linkTo} />
          </div>
        ))}
        {effects && effects.length > 1 ? <p className="muted">{t('preview.counted_separately')}</p> : null}
      </div>
    </section>
  );
}

/** Who gains and who loses what: counts first, then names, then what follows later. */
function EffectView({ effect, linkTo }: { effect: Effect; linkTo: MemberLink | undefined }) {
  const { affected, loses, gains, members, later } = effect;
  const isSingle = affected === 1 && members[0] !== undefined;
  const isNow = loses.length + gains.length > 0;
  const Shown = isSingle ? CodesOf : Numbers;
  return (
    <>
      {!isNow ? <p className="muted">{t(later.length > 0 ? 'preview.not_now' : 'preview.no_change')}</p> : null}
      {isSingle ? null : (
        <>
          <Numbers counts={loses} verb="loses" />
          <Numbers counts={gains} verb="gains" />
        </>
      )}
      {isNow ? <Members members={members} linkTo={linkTo} /> : null}
      {members.length > 0 && members.length < affected ? (
        <p className="muted">{t('preview.first', { n: members.length, all: affected })}</p>
      ) : null}
      {later.slice(0, DATES).map((step) => (
        <div key={step.at}>
          <h3>{t('preview.on', { day: longDate(step.at) })}</h3>
          {(['loses', 'gains', 'keeps', 'forgoes'] as const).map((verb) => (
            <Shown key={verb} counts={step[verb]} verb={verb} />
          ))}
        </div>
      ))}
      {later.length > DATES ? (
        <p className="muted">{t('preview.more_dates', { count: later.length - DATES })}</p>
      ) : null}
    </>
  );
}

type Verb = 'loses' | 'gains' | 'keeps' | 'forgoes';

function Numbers({ counts, verb }: { counts: Effect['loses']; verb: Verb }) {
  if (counts.length === 0) return null;
  const line = ({ code, count, conditional }: Effect['loses'][number]) => (
    <li key={`${code} ${conditional}`} className={`impact-${verb}`}>
      {rich(`preview.${verb}`, {
        count,
        n: <strong>{wholeNumber(count)}</strong>,
        permission: <PermissionTag code={code} />,
      })}
      {conditional ? <span className="muted"> {t('preview.conditional')}</span> : null}
    </li>
  );
  const rest = counts.slice(FEW);
  return (
    <>
      <ul>{counts.slice(0, FEW).map(line)}</ul>
      {rest.length > 0 ? (
        <details>
          <summary>{t('preview.more', { count: rest.length })}</summary>
          <ul>{rest.map(line)}</ul>
        </details>
      ) : null}
    </>
  );
}

function Members({ members, linkTo }: Pick<Effect, 'members'> & { linkTo: MemberLink | undefined }) {
  const scope = useTenantScope();
  const to = linkTo ?? ((memberId: string) => scope.to(`members/${memberId}`));
  const isCounted = (codes: string[]) => members.length > 1 && codes.length > SHORT;
  if (members.length === 0) return null;
  return (
    <ul className="impact-members" aria-label={t('preview.affected_users')}>
      {members.map(({ memberId, user, ...codes }) => (
        <li key={memberId}>
          <UserName to={to(memberId)}>{user.name || t('user.no_name')}</UserName>
          {(['loses', 'gains'] as const).map((verb) =>
            isCounted(codes[verb]) ? (
              <span key={verb} className={`impact-${verb}`} title={formatList(codes[verb])}>
                {t(`preview.user_${verb}`, { count: codes[verb].length })}
              </span>
            ) : (
              <Codes key={verb} codes={codes[verb]} verb={verb} />
            ),
          )}
        </li>
      ))}
    </ul>
  );
}

const UserName = ({ to, children }: { to: string | undefined; children: string }) =>
  to ? (
    <Link to={to} target="_blank">
      <bdi>{children}</bdi>
    </Link>
  ) : (
    <bdi>{children}</bdi>
  );

/** What one member gains or loses. */
function Codes({ codes, verb }: { codes: string[]; verb: Verb }) {
  if (codes.length === 0) return null;
  return (
    <span className="impact-codes">
      <span className={`impact-${verb}`}>{t(`preview.user_${verb}_short`)}</span>
      {codes.map((code) => (
        <PermissionTag key={code} code={code} />
      ))}
    </span>
  );
}

const CodesOf = ({ counts, verb }: { counts: Effect['loses']; verb: Verb }) => (
  <Codes codes={counts.map(({ code }) => code)} verb={verb} />
);
