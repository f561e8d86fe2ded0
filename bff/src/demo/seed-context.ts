import { seededRandom } from '../core/random.ts';
import type { DEMO_ACCOUNTS } from './accounts.ts';
import { type Calendar, makeCalendar } from './calendar.ts';
import { type DemoUser, makeUser, makeUsers } from './users.ts';

const ACCOUNTS = {
  olivia: 'owner@rolecall.test',
  sam: 'support@rolecall.test',
  ada: 'owner@acme.test',
  marco: 'admin@acme.test',
  nadia: 'member@acme.test',
  gustav: 'owner@globex.test',
} as const satisfies Record<string, (typeof DEMO_ACCOUNTS)[number]['email']>;

/** Platform staff who cannot sign in. Created for each run, because scenarios change users. */
const otherStaff = () => ({
  hanna: makeUser('Hanna', 'Weissenborn', 'hanna@rolecall.test'),
  tomasz: makeUser('Tomasz', 'Wiśniewski', 'tomasz@rolecall.test'),
  ebele: makeUser('Ebele', 'Nwosu', 'ebele@rolecall.test'),
});

/** A user who exists only in the demo and is written first: marks a database as seeded. */
export const FIRST_DEMO_USER_ID = otherStaff().hanna.id;

/** Users and dates that all scenarios share. */
export interface SeedContext {
  calendar: Calendar;
  namedUsers: Record<keyof typeof ACCOUNTS | keyof ReturnType<typeof otherStaff>, DemoUser>;
  /** Users who work for both Acme and Globex. */
  consultants: readonly DemoUser[];
}

export function createSeedContext(now: Date, accounts: readonly DemoUser[]): SeedContext {
  const account = (email: string) => {
    const found = accounts.find((user) => user.email === email);
    if (!found) throw new Error(`the demo has no account ${email}`);
    return found;
  };
  const byName = Object.entries(ACCOUNTS).map(([name, email]) => [name, account(email)] as const);
  return {
    calendar: makeCalendar(now, seededRandom('calendar')),
    namedUsers: { ...(Object.fromEntries(byName) as Record<keyof typeof ACCOUNTS, DemoUser>), ...otherStaff() },
    consultants: makeUsers(6, 'harborline.test', seededRandom('harborline')),
  };
}
