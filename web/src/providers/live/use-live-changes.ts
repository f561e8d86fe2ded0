import { useQueryClient } from '@tanstack/react-query';
import type { Me } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { useEffect } from 'react';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { currentAuth } from '../auth/auth-provider.ts';
import { currentMe, reloadMe, useMe } from '../auth/session.ts';
import { notify } from '../notifications.ts';
import { announceLists } from './live-provider.ts';
import { followServer } from './live-stream.ts';

/** Applies changes of the user's permissions without signing in again, and announces those of lists. */
export function useLiveChanges() {
  const client = useQueryClient();
  const userId = useMe().user.id;
  useEffect(() => {
    async function onVersion(version: string | null) {
      const before = currentMe();
      if (!before || version === before.version) return;
      try {
        const now = await reloadMe();
        if (now.version === before.version) return;
        const tenants = changedTenants(before, now);
        if (tenants.length > 0)
          notify({ key: 'rights', tone: 'good', title: t('live.changed', { places: formatList(tenants) }) });
        await client.invalidateQueries();
      } catch (error) {
        await currentAuth().onError(error);
      }
    }
    return followServer(
      userId,
      () => currentMe()?.version,
      (message) => ('lists' in message ? announceLists(message.lists) : void onVersion(message.version)),
    );
  }, [client, userId]);
}

/** Returns the names of tenants with changed permissions, without those just joined or left. */
function changedTenants(before: Me, now: Me): string[] {
  const permissionsOf = (me: Me, tenantId: string) =>
    me.memberships.find((each) => each.tenantId === tenantId)?.permissions;
  return now.memberships
    .filter(({ tenantId }) => permissionsOf(before, tenantId))
    .filter(({ tenantId, permissions }) => `${permissionsOf(before, tenantId)}` !== `${permissions}`)
    .map(({ tenantId, name }) => (tenantId === PLATFORM_TENANT_ID ? t('shell.platform') : name));
}
