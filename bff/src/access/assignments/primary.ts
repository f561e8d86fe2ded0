interface Assignment {
  roleId: string;
  isPrimary: boolean;
  validUntil: Date | null;
}

/** Returns the assignments with another primary role in place of the present one. */
export function withPrimary(assignments: readonly Assignment[], roleId: string): Assignment[] {
  const others = assignments.filter((role) => !role.isPrimary && role.roleId !== roleId);
  return [
    { roleId, isPrimary: true, validUntil: null },
    ...others.map(({ roleId, validUntil }) => ({ roleId, isPrimary: false, validUntil })),
  ];
}
