import { Flex } from 'antd';
import type { AccessExplanation } from 'bff/contract';
import { Link } from 'react-router';
import { hasMessage, t } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Grant } from './grant.tsx';
import type { Missing } from './missing-step.tsx';

type Props = { explanation: AccessExplanation; missing: Missing; name: string };

/** The smallest grant that would allow the access and who can make it; other grants folded. Or why none would. */
export function Remedy({ explanation, missing, name }: Props) {
  const [first, ...others] = explanation.grants;
  if (!first) return <Advice {...{ explanation, missing, name }} />;
  const row = (grant: typeof first) => (
    <Grant
      key={`${grant.kind} ${'role' in grant ? grant.role.id : ''}`}
      grant={grant}
      explanation={explanation}
      name={name}
    />
  );
  return (
    <Section title={t('explain.options')} note={t('explain.options_note')}>
      {row(first)}
      <Grantors grant={first} explanation={explanation} name={name} />
      {others.length > 0 ? (
        <details className="explain-more">
          <summary>{t('explain.other_options', { count: others.length })}</summary>
          {others.map(row)}
        </details>
      ) : null}
    </Section>
  );
}

/** Who can make the grant: members by name, or whom to ask where no member can. */
function Grantors({
  grant,
  explanation,
  name,
}: Omit<Props, 'missing'> & { grant: AccessExplanation['grants'][number] }) {
  const scope = useTenantScope();
  const paths = usePaths(explanation.tenant);
  const { eligibleGrantors } = explanation;
  const byOthers = `explain.grantor_of_${grant.kind}`;
  return (
    <div className="explain-grantors">
      <h3>{t('explain.eligible_grantors')}</h3>
      {eligibleGrantors.length === 0 ? (
        <p className="muted">
          {t(hasMessage(byOthers) ? byOthers : 'explain.eligible_grantors_none', { user: name, tenant: scope.name })}
        </p>
      ) : (
        <Flex component="ul" wrap gap="12px 28px">
          {eligibleGrantors.map((grantor) => (
            <li key={grantor.id}>
              <UserChip user={grantor} to={paths.user(grantor.id)} />
            </li>
          ))}
        </Flex>
      )}
    </div>
  );
}

/** What to do where no grant would help. */
function Advice({ missing, explanation, name }: Props) {
  const scope = useTenantScope();
  const onPlatform = scope.kind === 'platform';
  const isStaff = onPlatform ? '_of_staff' : '';
  const key = `explain.advice_${missing.reason}${isStaff}`;
  const text = hasMessage(key) ? t(key, { user: name, tenant: explanation.tenant.name }) : null;
  if (!text) return null;
  const canInvite = missing.reason === 'unknown_user' && scope.can('members:invite');
  return (
    <p className="muted">
      {text} {canInvite ? <Link to={scope.to('invitations')}>{t('explain.open_invitations')}</Link> : null}
    </p>
  );
}
