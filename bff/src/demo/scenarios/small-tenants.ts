import { seededRandom } from '../../core/random.ts';
import { createTenant, updateTenant } from '../actions/tenant.ts';
import type { SeedContext } from '../seed-context.ts';
import { createSeedState, type SeedState } from '../seed-state.ts';
import { makeUser, makeUsers } from '../users.ts';
import { denied, inviteAndAccept, joinBatch, pendingInvitation, runInOrder } from './events.ts';

/** Nordlys Bakery, on trial with three users. */
export function buildNordlys(context: SeedContext, platform: SeedState, tenant: SeedState['tenant']): SeedState {
  const { calendar, namedUsers } = context;
  const state = createSeedState(tenant, seededRandom('nordlys'), platform);
  const signe = makeUser('Signe', 'Falkenberg', 'signe@nordlys.test');
  const emil = makeUser('Emil', 'Falkenberg', 'emil@nordlys.test');
  const tuva = makeUser('Tuva', 'Strømsnes', 'tuva@nordlys.test');
  runInOrder([
    { at: calendar.on(17, '10:10'), run: (at) => createTenant(state, at, namedUsers.hanna) },
    {
      at: calendar.on(17, '10:12'),
      run: (at) => updateTenant(state, at, namedUsers.hanna, { status: 'trialing' }, 'Trial of 30 days'),
    },
    ...inviteAndAccept(state, calendar.on(17, '10:20'), namedUsers.olivia, signe, 'owner'),
    ...inviteAndAccept(state, calendar.on(18, '06:40'), signe, emil, 'admin'),
    ...inviteAndAccept(state, calendar.on(19, '05:55'), signe, tuva, 'member'),
    denied(state, calendar.on(21, '06:15'), tuva, { operation: 'invitation.create', permission: 'members:invite' }),
    pendingInvitation(state, calendar.on(23, '07:05'), emil, 'ekstrahjelp@nordlys.test', 'member', 30),
  ]);
  return state;
}

/** Kestrel Freight, suspended because it has not paid. */
export function buildKestrel(context: SeedContext, platform: SeedState, tenant: SeedState['tenant']): SeedState {
  const { calendar, namedUsers } = context;
  const random = seededRandom('kestrel');
  const state = createSeedState(tenant, random, platform);
  const ruth = makeUser('Ruth', 'Abernathy', 'ruth.abernathy@kestrel.test');
  const users = makeUsers(8, 'kestrel.test', random);
  const lockedOut = { operation: 'member.list', permission: 'members:read', code: 'tenant_suspended' };
  runInOrder([
    { at: calendar.on(3, '13:40'), run: (at) => createTenant(state, at, namedUsers.hanna) },
    ...inviteAndAccept(state, calendar.on(3, '13:55'), namedUsers.olivia, ruth, 'owner'),
    ...joinBatch(state, calendar.on(4, '11:00'), users),
    {
      at: calendar.on(20, '16:45'),
      run: (at) =>
        updateTenant(state, at, namedUsers.olivia, { status: 'suspended' }, 'Third reminder unpaid for 30 days'),
    },
    denied(state, calendar.on(21, '08:10'), users[2] ?? ruth, lockedOut),
    denied(state, calendar.on(21, '08:35'), ruth, lockedOut),
    denied(state, calendar.on(24, '09:50'), ruth, lockedOut),
  ]);
  return state;
}
