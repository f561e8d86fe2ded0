import '../../../ui/audit/audit.css';
import './versions.css';
import type { RoleDetail, RoleVersion } from 'bff/contract';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../../providers/tenant/use-paths.ts';
import { When } from '../../../ui/chips/when.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { useBlockedReason } from '../role-actions.tsx';
import { useVersions } from './use-versions.ts';

const CompareDialog = lazy(() => import('./compare-dialog.tsx'));
const RestoreDialog = lazy(() => import('./restore-dialog.tsx'));

type Asked = { what: 'compare' | 'restore'; version: RoleVersion };

/** The versions of a role: who, when and why; with compare and restore. */
export function RoleVersions({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { path, versions, error, retry, older, isReadingOlder } = useVersions(role);
  const [asked, setAsked] = useState<Asked>();
  const [isOpen, setOpen] = useState(false);
  const blocked = useBlockedReason(role);
  const ask = (what: Asked['what'], version: RoleVersion) => {
    setAsked({ what, version });
    setOpen(true);
  };
  const newest = versions?.[0];
  if (versions?.length === 0) return null;
  return (
    <Section title={t('roles.versions')}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!versions && !error ? <ListSkeleton rows={3} columns={1} /> : null}
      <ol className="timeline">
        {versions?.map((version) => (
          <li key={version.number}>
            <VersionSummary version={version} isNewest={version === newest} />
            <span className="version-actions">
              {versions.length > 1 ? (
                <button type="button" className="text-button" onClick={() => ask('compare', version)}>
                  {t('roles.compare')}
                  <span className="visually-hidden">{t('roles.version_n', { n: version.number })}</span>
                </button>
              ) : null}
              {version === newest ? null : (
                <PermissionButton
                  type="text"
                  size="small"
                  permission="roles:update"
                  blocked={blocked}
                  aria-label={t('roles.restore_n', { n: version.number })}
                  onClick={() => ask('restore', version)}
                >
                  {t('roles.restore')}
                </PermissionButton>
              )}
            </span>
          </li>
        ))}
      </ol>
      {older ? (
        <button type="button" className="text-button" disabled={isReadingOlder} onClick={older}>
          {t('roles.versions_older')}
        </button>
      ) : null}
      {asked && newest && versions ? (
        <Suspense fallback={null}>
          {asked.what === 'compare' ? (
            <CompareDialog
              key={asked.version.number}
              open={isOpen}
              versions={versions}
              chosen={asked.version}
              onClose={() => setOpen(false)}
            />
          ) : (
            <RestoreDialog
              role={role}
              path={path}
              open={isOpen}
              now={newest}
              wanted={asked.version}
              onClose={() => setOpen(false)}
            />
          )}
        </Suspense>
      ) : null}
    </Section>
  );
}

function VersionSummary({ version, isNewest }: { version: RoleVersion; isNewest: boolean }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const paths = usePaths({ id: scope.tenantId, slug: scope.slug });
  const { number, changedBy, reason, createdAt } = version;
  const to = changedBy ? paths.user(changedBy.id) : undefined;
  const who = changedBy?.name ?? t('audit.by_system');
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
      {reason ? <q className="version-reason">{reason}</q> : null}
    </span>
  );
}
