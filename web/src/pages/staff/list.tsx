import { useI18n } from '../../i18n/i18n.ts';
import MemberList from '../members/list.tsx';

/** The members of the platform. */
export default function StaffList() {
  const { t } = useI18n();
  return <MemberList title={t('staff.title')} lead={t('staff.lead')} />;
}
