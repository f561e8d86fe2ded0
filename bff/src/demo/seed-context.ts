import { seededRandom } from '../core/random.ts';
import type { DEMO_ACCOUNTS } from './accounts.ts';
import { type Calendar, makeCalendar } from './calendar.ts';
import { type DemoPerson, makePeople, makePerson } from './users.ts';

const ACCOUNTS = {
  olivia: 'owner@rolecall.test',
  sam: 'support@rolecall.test',
  ada: 'owner@acme.test',
  marco: 'admin@acme.test',
  nadia: 'member@acme.test',
  gustav: 'owner@globex.test',
} as const satisfies Record<string, (typeof DEMO_ACCOUNTS)[number]['email']>;

/** The staff of the platform who have no account to sign in with. Made anew for each telling, because stories change people. */
const colleagues = () => ({
  hanna: makePerson('Hanna', 'Weissenborn', 'hanna@rolecall.test'),
  tomasz: makePerson('Tomasz', 'Wiśniewski', 'tomasz@rolecall.test'),
  ebele: makePerson('Ebele', 'Nwosu', 'ebele@rolecall.test'),
});

/** Somebody whom only the demo makes, among the first people it writes. */
export const FIRST_OF_THE_DEMO = colleagues().hanna.id;

/** Who and when: what all stories of the demo share. */
export interface Stage {
  calendar: Calendar;
  cast: Record<keyof typeof ACCOUNTS | keyof ReturnType<typeof colleagues>, DemoPerson>;
  /** People who work for Acme and for Globex. */
  consultants: readonly DemoPerson[];
}

export function setStage(now: Date, accounts: readonly DemoPerson[]): Stage {
  const account = (email: string) => {
    const found = accounts.find((person) => person.email === email);
    if (!found) throw new Error(`the demo has no account ${email}`);
    return found;
  };
  const byName = Object.entries(ACCOUNTS).map(([name, email]) => [name, account(email)] as const);
  return {
    calendar: makeCalendar(now, seededRandom('calendar')),
    cast: { ...(Object.fromEntries(byName) as Record<keyof typeof ACCOUNTS, DemoPerson>), ...colleagues() },
    consultants: makePeople(6, 'harborline.test', seededRandom('harborline')),
  };
}
