import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { FilterToken } from '../../ui/list/filter-token.tsx';
import { FilterDay, FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ActorFilter } from './actor-filter.tsx';
import { entities } from './entities.ts';

export const auditFilters = [
  'actorId',
  'impersonatorId',
  'subjectId',
  'targetId',
  'requestId',
  'action',
  'outcome',
  'createdAt[gte]',
  'createdAt[lte]',
] as const;

export function AuditFilters({ state }: { state: ListState }) {
  const { t } = useI18n();
  const outcomes = (['allowed', 'denied'] as const).map((value) => ({ value, label: t(`audit.outcome_${value}`) }));
  return (
    <>
      <SearchBox state={state} label={t('audit.search')} />
      <ActorFilter state={state} />
      <FilterSelect state={state} name="action" label={t('audit.action')} options={entities()} />
      <FilterSelect state={state} name="outcome" label={t('audit.result')} options={outcomes} />
      <span className="filter-days">
        <FilterDay state={state} name="createdAt[gte]" label={t('audit.from')} end="from" />
        <FilterDay state={state} name="createdAt[lte]" label={t('audit.to')} end="to" />
      </span>
      <FilterToken state={state} name="impersonatorId" label={t('audit.one_impersonator')} />
      <FilterToken state={state} name="subjectId" label={t('audit.one_user')} />
      <FilterToken state={state} name="targetId" label={t('audit.one_object')} />
      <FilterToken state={state} name="requestId" label={t('audit.one_request')} />
    </>
  );
}
