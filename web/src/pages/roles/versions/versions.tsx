import '../../../ui/audit/audit.css';
import './versions.css';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { Page, RoleDetail, RoleVersion } from 'bff/contract';
import { Link } from 'react-router';
import { type ApiError, request } from '../../../core/api.ts';
import { t } from '../../../i18n/i18n.ts';
import { rich } from '../../../i18n/rich.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../../providers/tenant/use-paths.ts';
import { When } from '../../../ui/chips/when.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { lazyDialog } from '../../../ui/feedback/lazy.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { DialogButton } from '../../../ui/form/action-button.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { useBlockedReason } from '../role-actions.tsx';

const CompareDialog = lazyDialog(() => import('./compare-dialog.tsx'));
const RestoreDialog = lazyDialog(() => import('./restore-dialog.tsx'));

/** The versions of a role: who, when and why; with compare and restore. */
export function RoleVersions({ role }: { role: RoleDetail }) {
  const { path, query, versions } = useVersions(role);
  const blocked = useBlockedReason(role);
  const newest = versions?.[0];
  if (versions?.length === 0) return null;
  return (
    <Section title={t('roles.versions')}>
      {query.error ? <ErrorState error={query.error} onRetry={() => query.refetch()} /> : null}
      {query.isPending ? <ListSkeleton rows={3} columns={1} /> : null}
      <ol className="timeline">
        {versions?.map((version) => {
          const n = version.number;
          return (
            <li key={n}>
              <VersionSummary version={version} isNewest={version === newest} />
              <span className="version-actions">
                {versions.length > 1 ? (
                  <DialogButton
                    type="text"
                    size="small"
                    permission="roles:read"
                    label={t('roles.compare')}
                    aria-label={t('roles.compare_n', { n })}
                  >
                    {(close) => <CompareDialog versions={versions} chosen={version} onClose={close} />}
                  </DialogButton>
                ) : null}
                {newest && version !== newest ? (
                  <DialogButton
                    type="text"
                    size="small"
                    permission="roles:update"
                    blocked={blocked}
                    label={t('roles.restore')}
                    aria-label={t('roles.restore_n', { n })}
                  >
                    {(close) => <RestoreDialog role={role} path={path} now={newest} wanted={version} onClose={close} />}
                  </DialogButton>
                ) : null}
              </span>
            </li>
          );
        })}
      </ol>
      {query.hasNextPage ? (
        <button
          type="button"
          className="text-button"
          disabled={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t('roles.versions_older')}
        </button>
      ) : null}
    </Section>
  );
}

function VersionSummary({ version, isNewest }: { version: RoleVersion; isNewest: boolean }) {
  const scope = useTenantScope();
  const paths = usePaths({ id: scope.tenantId, slug: scope.slug });
  const { number, changedBy, reason, createdAt } = version;
  const to = changedBy ? paths.user(changedBy.id) : undefined;
  const who = <bdi>{changedBy?.name ?? t('audit.by_system')}</bdi>;
  return (
    <span className="audit-summary">
      {rich(isNewest ? 'roles.version_current' : 'roles.version_by', {
        n: number,
        user: to ? (
          <Link className="audit-entity" to={to}>
            {who}
          </Link>
        ) : (
          <strong className="audit-entity">{who}</strong>
        ),
        when: <When at={createdAt} />,
      })}
      {reason ? <q className="audit-reason">{reason}</q> : null}
    </span>
  );
}

type Answer = { data: RoleVersion[]; page: Page };
const AT_A_TIME = 10;

/** The versions of a role, newest first, loaded page by page. */
function useVersions(role: RoleDetail) {
  const path = `${useTenantScope().resource('roles')}/${role.id}/versions`;
  const query = useInfiniteQuery<Answer, ApiError, InfiniteData<Answer>, string[], string | undefined>({
    queryKey: ['role-versions', path],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      request<Answer>('GET', `/api/admin/${path}`, { query: { limit: AT_A_TIME, cursor: pageParam }, signal }),
    getNextPageParam: ({ page }) => page.nextCursor ?? undefined,
  });
  return { path, query, versions: query.data?.pages.flatMap((page) => page.data) };
}
