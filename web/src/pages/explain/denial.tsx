import type { AccessExplanation } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { hasMessage, useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Grant } from './grant.tsx';
import { UnmetConditions } from './unmet-conditions.tsx';

type Missing = NonNullable<AccessExplanation['missing']>;
type Props = { explanation: AccessExplanation; missing: Missing; name: string };

/** What is missing, the smallest grant that would change it, and who can make it. */
export function Denial({ explanation, missing, name }: Props) {
  const { t } = useI18n();
  const me = useMe();
  const paths = usePaths(explanation.tenant);
  const { grants, eligibleGrantors } = explanation;
  return (
    <>
      <Section title={t('explain.missing')}>
        <p className="explain-missing">
          <MissingReason missing={missing} name={name} isSelf={explanation.user.id === me.user.id} />
        </p>
        {missing.conditions ? <UnmetConditions {...missing} /> : null}
      </Section>
      {grants.length > 0 ? (
        <Section title={t('explain.options')} note={t('explain.options_note')}>
          <ul className="explain-grants">
            {grants.map((grant, index) => (
              <li key={`${grant.kind} ${'role' in grant ? grant.role.id : ''}`}>
                <Grant grant={grant} explanation={explanation} name={name} isSmallest={index === 0} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {grants.length > 0 ? (
        <Section title={t('explain.eligible_grantors')}>
          {eligibleGrantors.length === 0 ? (
            <p className="empty-muted muted">{t('explain.eligible_grantors_none')}</p>
          ) : null}
          <ul className="explain-grantors">
            {eligibleGrantors.map((grantor) => (
              <li key={grantor.id}>
                <UserChip user={grantor} to={paths.user(grantor.id)} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

type ReasonProps = { missing: Missing; name: string; isSelf: boolean };

function MissingReason({ missing, name, isSelf }: ReasonProps): ReactNode {
  const { rich } = useI18n();
  const scope = useTenantScope();
  const { reason, role, at } = missing;
  const own = `explain.missing_${reason}_you`;
  return rich(isSelf && hasMessage(own) ? own : `explain.missing_${reason}`, {
    user: <strong>{name}</strong>,
    tenant: scope.name,
    role: role ? (
      scope.can('roles:read') ? (
        <Link to={scope.to(`roles/${role.id}`)}>{role.name}</Link>
      ) : (
        <strong>{role.name}</strong>
      )
    ) : (
      ''
    ),
    when: at ? <When at={at} /> : '',
  });
}
