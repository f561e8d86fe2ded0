/** As tenant_is_usable() in the database: in any other status a tenant's roles grant nothing. */
export const isTenantUsable = (status: string | null | undefined): boolean =>
  status === 'trialing' || status === 'active';
