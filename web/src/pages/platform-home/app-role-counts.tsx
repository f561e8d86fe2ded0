import { useI18n } from '../../i18n/i18n.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';
import { RoleBars } from '../home/role-bars.tsx';
import { useRoleCounts } from '../users/use-role-counts.ts';

/** Users by app role: in the default tenant, or in all tenants together. */
export function AppRoleCounts() {
  const { t } = useI18n();
  const { data, error, refetch } = useRoleCounts();
  const note = data?.tenant ? t('platform.roles_in', { tenant: data.tenant.name }) : t('platform.roles_in_all');
  return (
    <Section title={t('platform.app_roles')} note={data ? note : undefined}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      {data?.roles.length === 0 ? <p className="muted empty-muted">{t('platform.app_roles_none')}</p> : null}
      <RoleBars bars={(data?.roles ?? []).map(({ key, name, users }) => ({ id: key, name, users }))} />
    </Section>
  );
}
