import './role-form.css';
import { useOne } from '@refinedev/core';
import type { RoleDetail, Row } from 'bff/contract';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useCatalogue } from '../../../features/permissions/use-catalogue.ts';
import type { PermissionCode } from '../../../providers/access/permissions.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { StaleSave } from '../../../ui/form/stale-save.tsx';
import { ParentField } from './parent-field.tsx';
import { PermissionPicker } from './permission-picker.tsx';
import { withRoleNames } from './role-draft.ts';
import { RoleChoices, RoleFooter, RoleTextFields } from './role-fields.tsx';
import { useRoleForm } from './use-role-form.ts';

type Props = { role?: RoleDetail; dirty: RefObject<boolean>; onLeave: () => void; onSaved: () => void };

/** Loads the options, then shows the form. */
export function RoleForm(props: Props) {
  const scope = useTenantScope();
  const roles = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const catalogue = useCatalogue(scope.kind === 'tenant' ? 'tenant' : undefined);
  if (roles.error) return <ErrorState error={roles.error} onRetry={roles.retry} />;
  if (catalogue.error) return <ErrorState error={catalogue.error} onRetry={catalogue.retry} />;
  if (!roles.rows || !catalogue.permissions) return <ListSkeleton rows={8} columns={2} />;
  return <Fields {...props} roles={roles.rows} catalogue={catalogue.permissions} />;
}

type FieldsProps = Props & { roles: Row<'roles'>[]; catalogue: Row<'permissions'>[] };

function Fields({ role, roles, catalogue, dirty, onLeave, onSaved }: FieldsProps) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const form = useRoleForm(role, (saved) => {
    dirty.current = false;
    onSaved();
    if (!role) navigate(scope.to(`roles/${saved.id}`));
  });
  const { draft, set, fieldErrors } = form;
  dirty.current = form.changed.length > 0;
  const { parentRoleId } = draft;
  const { result: parent } = useOne<RoleDetail>({
    resource: scope.resource('roles'),
    id: parentRoleId ?? '',
    queryOptions: { enabled: parentRoleId !== null },
  });

  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(fieldErrors).length > 0)
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error]')?.focus();
  }, [fieldErrors]);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (form.isStale) top.current?.scrollIntoView({ block: 'nearest' });
  }, [form.isStale]);

  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <div ref={top}>
        {form.isStale ? (
          <StaleSave
            stored={withRoleNames(form.stored, form.changed, roles)}
            yours={withRoleNames(draft, form.changed, roles)}
          />
        ) : null}
      </div>
      <RoleTextFields form={form} isNew={!role} />
      <ParentField {...{ roles, draft, fieldErrors, set }} {...(role ? { roleId: role.id } : {})} />
      <PermissionPicker
        catalogue={catalogue}
        chosen={draft.permissions}
        inherited={new Map(parent?.permissions.map(({ code, inheritedFrom }) => [code, inheritedFrom ?? parent]))}
        holds={(code) => scope.can(code as PermissionCode)}
        rejected={form.rejectedCode}
        error={fieldErrors.permissions}
        onChange={(permissions) => set({ permissions })}
        conditions={draft.conditions}
        onCondition={(code, terms) => {
          const { [code]: _before, ...others } = draft.conditions;
          set({ conditions: terms ? { ...others, [code]: terms } : others });
        }}
      />
      <RoleChoices form={form} />
      <RoleFooter form={form} isNew={!role} onLeave={onLeave} />
      {form.dialog}
    </form>
  );
}
