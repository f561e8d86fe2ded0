import { ConditionText } from '../../src/ui/chips/condition-text.tsx';
import { Ending } from '../../src/ui/chips/ending.tsx';
import { PermissionTag } from '../../src/ui/chips/permission-tag.tsx';
import { RoleChip, RoleChips } from '../../src/ui/chips/role-chip.tsx';
import { Status, StatusDot, type Tone } from '../../src/ui/chips/status-dot.tsx';
import { invitationStatus, memberStatus, tenantStatus } from '../../src/ui/chips/status-labels.ts';
import { TenantMark, TenantName } from '../../src/ui/chips/tenant-mark.tsx';
import { Avatar, UserChip } from '../../src/ui/chips/user-chip.tsx';
import { Since, When } from '../../src/ui/chips/when.tsx';
import { Icon, type IconName } from '../../src/ui/icon.tsx';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { CONDITIONS, inDays, LONG_CODE, NAMES, ROLES, USERS } from '../worst-data.ts';

const TIMES = {
  'a moment ago': inDays(0),
  'hours ago': inDays(-0.2),
  'days ago': inDays(-3),
  'long ago': inDays(-400),
  'in hours': inDays(0.4),
  'in days': inDays(5.5),
  'in weeks': inDays(23),
  'in years': inDays(900),
};
const ICONS: IconName[] = ['home', 'members', 'roles', 'search', 'close', 'check', 'copy', 'search', 'offline'];
const TONES: Record<string, Tone> = { good: 'good', warn: 'warn', bad: 'bad', neutral: 'neutral' };
const [admin, , , long, rtl] = ROLES;

export const chips: Entry[] = [
  { name: 'UserChip', states: each(USERS, (user) => <UserChip user={user} />) },
  {
    name: 'UserChip, other forms',
    states: {
      link: <UserChip user={USERS.usual} to="members/1" />,
      small: <UserChip user={USERS.long} size="small" nameOnly />,
      large: <UserChip user={USERS.usual} size="large" />,
    },
  },
  {
    name: 'Avatar',
    states: {
      'eight colours': Array.from({ length: 12 }, (_, at) => `user-${at}`).map((id) => (
        <Avatar key={id} id={id} name={`${id} Park`} imageUrl={null} size="row" />
      )),
    },
  },
  { name: 'TenantName', states: each(NAMES, (name) => <TenantName id={name} name={name} />) },
  { name: 'TenantMark', states: each(NAMES, (name) => <TenantMark id={name} name={name} />) },
  {
    name: 'RoleChip',
    states: {
      ...each(NAMES, (name) => <RoleChip role={{ name }} />),
      owner: <RoleChip role={{ name: 'Owner' }} isOwner />,
      link: <RoleChip role={{ name: 'Billing' }} to="roles/1" />,
      'ends soon': <RoleChip role={{ name: 'Billing' }} until={inDays(0.4)} />,
      'ends in days': <RoleChip role={{ name: 'Billing' }} until={inDays(5)} />,
      'ends later': <RoleChip role={{ name: 'Billing' }} until={inDays(80)} />,
      ended: <RoleChip role={{ name: 'Billing' }} until={inDays(-2)} />,
      'starts later': <RoleChip role={{ name: 'Billing' }} from={inDays(3)} until={inDays(9)} />,
    },
  },
  {
    name: 'RoleChips',
    states: {
      none: <RoleChips roles={[]} />,
      one: <RoleChips roles={admin ? [admin] : []} />,
      many: <RoleChips roles={ROLES} />,
      long: <RoleChips roles={long && rtl ? [long, rtl] : []} />,
    },
  },
  {
    name: 'PermissionTag',
    states: each({ usual: 'members:invite', long: LONG_CODE }, (code) => <PermissionTag code={code} />),
  },
  { name: 'ConditionText', states: { 'two terms': <ConditionText terms={CONDITIONS} /> } },
  { name: 'StatusDot', states: each(TONES, (tone) => <StatusDot tone={tone}>{tone}</StatusDot>) },
  {
    name: 'Status',
    states: each({ ...memberStatus, ...tenantStatus, ...invitationStatus }, (status) => <Status {...status} />),
  },
  { name: 'Ending', states: each(TIMES, (at) => <Ending at={at} />) },
  { name: 'When', states: each(TIMES, (at) => <When at={at} />) },
  { name: 'Since', states: each({ hours: inDays(-0.2), months: inDays(-80) }, (at) => <Since at={at} />) },
  { name: 'Icon', states: each(Object.fromEntries(ICONS.map((name) => [name, name])), (name) => <Icon name={name} />) },
];
