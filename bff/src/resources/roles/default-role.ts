import type { Tx } from '../../db/tenant-tx.ts';
import { recordVersion, type VersionAuthor } from './record-version.ts';

/** Ends that a role is the default for new members, as a version of that role. */
export async function clearDefaultRole(tx: Tx, tenantId: string, author: VersionAuthor): Promise<void> {
  const current = await tx.role.findFirst({ where: { tenantId, isDefault: true }, select: { id: true } });
  if (!current) return;
  await tx.role.update({
    where: { tenantId_id: { tenantId, id: current.id } },
    data: { isDefault: false, version: { increment: 1 } },
  });
  await recordVersion(tx, tenantId, current.id, author);
}

/** Makes a role the default for new members, as a version of that role; an owner role never is. */
export async function makeDefaultRole(tx: Tx, tenantId: string, roleId: string, author: VersionAuthor): Promise<void> {
  const { count } = await tx.role.updateMany({
    where: { tenantId, id: roleId, isOwner: false },
    data: { isDefault: true, version: { increment: 1 } },
  });
  if (count > 0) await recordVersion(tx, tenantId, roleId, author);
}
