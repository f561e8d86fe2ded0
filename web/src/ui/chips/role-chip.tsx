import './chips.css';
import type { RoleRef } from 'bff/contract';
import { Link } from 'react-router';
import { exactTime, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { Ending } from './ending.tsx';
import { When } from './when.tsx';

type Props = {
  role: Pick<RoleRef, 'name'> & Partial<RoleRef>;
  to?: string | undefined;
  /** The start; shown while in the future. */
  from?: string | null;
  /** The expiry. */
  until?: string | null;
  isOwner?: boolean;
};

/** A role with its start and expiry, if any. */
export function RoleChip({ role, to, from, until, isOwner = false }: Props) {
  const className = isOwner ? 'chip role-chip role-chip-owner' : 'chip role-chip';
  const content = (
    <>
      <bdi className="clip">{roleName(role)}</bdi>
      {from && Date.parse(from) > Date.now() ? (
        <span className="muted" title={exactTime(from)}>
          {rich('role.starts', { when: <When at={from} /> })}
        </span>
      ) : null}
      {until ? <Ending at={until} /> : null}
    </>
  );
  return to ? (
    <Link className={className} to={to}>
      {content}
    </Link>
  ) : (
    <span className={className}>{content}</span>
  );
}

type Held = RoleRef & { validFrom?: string | null; validUntil?: string | null; isOwner?: boolean };

const endOf = ({ validUntil }: Held) => (validUntil ? Date.parse(validUntil) : Number.POSITIVE_INFINITY);

/** The first roles and the count of the rest, for a row: what ends is not hidden by what does not. */
export function RoleChips({
  roles,
  most = 2,
  to,
}: {
  roles: Held[];
  most?: number;
  to?: (roleId: string) => string | undefined;
}) {
  if (roles.length === 0) return <span className="muted">{t('role.none')}</span>;
  const ordered = roles.length > most ? roles.toSorted((one, other) => endOf(one) - endOf(other)) : roles;
  const rest = ordered.slice(most);
  return (
    <span className="chip wrap">
      {ordered.slice(0, most).map((role) => (
        <RoleChip
          key={role.id}
          role={role}
          to={to?.(role.id)}
          from={role.validFrom ?? null}
          until={role.validUntil ?? null}
          isOwner={role.isOwner ?? false}
        />
      ))}
      {rest.length > 0 ? (
        <span className="muted" title={formatList(rest.map(roleName))}>
          {t('role.more', { count: rest.length })}
        </span>
      ) : null}
    </span>
  );
}
