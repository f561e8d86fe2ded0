import type { SelectProps } from 'antd';
import { Select } from 'antd';
import { useFold } from '../../core/fold.ts';
import { t } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionGroup, permissionLabel } from '../../ui/chips/permission-label.ts';
import { byResource, useCatalogue } from './use-catalogue.ts';

type Props = {
  value: string | undefined;
  /** Undefined where the choice is cleared. */
  onChange: (code: string | undefined) => void;
  allowClear?: boolean;
};

/** Selects a permission of the catalogue, searchable by code and description. */
export function PermissionSelect({ value, onChange, allowClear = false }: Props) {
  const fold = useFold();
  const scope = useTenantScope();
  const { permissions = [] } = useCatalogue(scope.kind === 'tenant' ? 'tenant' : undefined);
  const options: NonNullable<SelectProps['options']> = byResource(permissions).map((group) => ({
    label: permissionGroup(group.resource),
    options: group.permissions.map((permission) => ({
      value: permission.code,
      description: permissionLabel(permission),
    })),
  }));
  return (
    <Select
      showSearch
      allowClear={allowClear}
      aria-label={t('explain.permission')}
      placeholder={t('explain.permission')}
      value={value ?? null}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      options={options}
      filterOption={(typed, option) => fold(`${option?.value} ${option?.description}`).includes(fold(typed))}
      labelRender={({ value: code }) => <span className="mono">{code}</span>}
      optionRender={({ data }) => (
        <span className="choice-option">
          <span className="mono">{data.value}</span>
          <span className="muted">{data.description}</span>
        </span>
      )}
    />
  );
}
