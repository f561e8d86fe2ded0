interface Assignment {
  roleId: string;
  isPrimary: boolean;
  validUntil: Date | null;
}

/** The same roles, but for the primary one, whose place another takes. */
export function withPrimary(held: readonly Assignment[], roleId: string): Assignment[] {
  const others = held.filter((role) => !role.isPrimary && role.roleId !== roleId);
  return [
    { roleId, isPrimary: true, validUntil: null },
    ...others.map(({ roleId, validUntil }) => ({ roleId, isPrimary: false, validUntil })),
  ];
}
