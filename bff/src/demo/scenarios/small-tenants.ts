import { seededRandom } from '../../core/random.ts';
import { createTenant, updateTenant } from '../actions/tenant.ts';
import type { Stage } from '../seed-context.ts';
import { openLedger, type TenantFixture } from '../seed-state.ts';
import { makePeople, makePerson } from '../users.ts';
import { bring, playAll, refused, send, wave } from './events.ts';

/** Nordlys Bakery tries Rolecall with three people. */
export function tellNordlys(stage: Stage, platform: TenantFixture, tenant: TenantFixture['tenant']): TenantFixture {
  const { calendar, cast } = stage;
  const ledger = openLedger(tenant, seededRandom('nordlys'), platform);
  const signe = makePerson('Signe', 'Falkenberg', 'signe@nordlys.test');
  const emil = makePerson('Emil', 'Falkenberg', 'emil@nordlys.test');
  const tuva = makePerson('Tuva', 'Strømsnes', 'tuva@nordlys.test');
  playAll([
    { at: calendar.on(17, '10:10'), play: (at) => createTenant(ledger, at, cast.hanna) },
    {
      at: calendar.on(17, '10:12'),
      play: (at) => updateTenant(ledger, at, cast.hanna, { status: 'trialing' }, 'Trial of 30 days'),
    },
    ...bring(ledger, calendar.on(17, '10:20'), cast.olivia, signe, 'owner'),
    ...bring(ledger, calendar.on(18, '06:40'), signe, emil, 'admin'),
    ...bring(ledger, calendar.on(19, '05:55'), signe, tuva, 'member'),
    refused(ledger, calendar.on(21, '06:15'), tuva, { operation: 'invitation.create', permission: 'members:invite' }),
    send(ledger, calendar.on(23, '07:05'), emil, 'ekstrahjelp@nordlys.test', 'member', 30),
  ]);
  return ledger;
}

/** Kestrel Freight has not paid and is locked out. */
export function tellKestrel(stage: Stage, platform: TenantFixture, tenant: TenantFixture['tenant']): TenantFixture {
  const { calendar, cast } = stage;
  const random = seededRandom('kestrel');
  const ledger = openLedger(tenant, random, platform);
  const ruth = makePerson('Ruth', 'Abernathy', 'ruth.abernathy@kestrel.test');
  const people = makePeople(8, 'kestrel.test', random);
  const lockedOut = { operation: 'member.list', permission: 'members:read', code: 'tenant_suspended' };
  playAll([
    { at: calendar.on(3, '13:40'), play: (at) => createTenant(ledger, at, cast.hanna) },
    ...bring(ledger, calendar.on(3, '13:55'), cast.olivia, ruth, 'owner'),
    ...wave(ledger, calendar.on(4, '11:00'), people),
    {
      at: calendar.on(20, '16:45'),
      play: (at) => updateTenant(ledger, at, cast.olivia, { status: 'suspended' }, 'Third reminder unpaid for 30 days'),
    },
    refused(ledger, calendar.on(21, '08:10'), people[2] ?? ruth, lockedOut),
    refused(ledger, calendar.on(21, '08:35'), ruth, lockedOut),
    refused(ledger, calendar.on(24, '09:50'), ruth, lockedOut),
  ]);
  return ledger;
}
