import { type ClerkInstance, createClerkInstance } from './state/instance.ts';

interface DemoUser {
  email: string;
  name: [first: string, last: string];
  /** Role by organization slug. */
  in?: Record<string, string>;
  label?: string;
}

const ORGANIZATIONS = [
  { slug: 'northwind', name: 'Northwind School', by: 'maya@northwind.test' },
  { slug: 'harbour', name: 'Harbour Clinic', by: 'tomas@harbour.test' },
  { slug: 'lumen', name: 'Studio Lumen', by: 'maya@northwind.test' },
];

const USERS: DemoUser[] = [
  { email: 'ines@rolecall.test', name: ['Inès', 'Marchand'], label: 'owner of the platform' },
  {
    email: 'maya@northwind.test',
    name: ['Maya', 'Okonkwo'],
    in: { harbour: 'org:member' },
    label: 'admin of Northwind School and Studio Lumen, member of Harbour Clinic',
  },
  { email: 'tomas@harbour.test', name: ['Tomás', 'Ferreira'], label: 'admin of Harbour Clinic' },
  {
    email: 'leo@northwind.test',
    name: ['Leo', 'Brandt'],
    in: { northwind: 'org:member' },
    label: 'member of Northwind School',
  },
  { email: 'sofia@northwind.test', name: ['Sofia', 'Lindqvist'], in: { northwind: 'org:admin' } },
  { email: 'amir@northwind.test', name: ['Amir', 'Haddad'], in: { northwind: 'org:teacher' } },
  {
    email: 'chloe@northwind.test',
    name: ['Chloé', "N'Guessan"],
    in: { northwind: 'org:teacher', lumen: 'org:member' },
  },
  { email: 'padraig@northwind.test', name: ['Pádraig', "O'Shaughnessy"], in: { northwind: 'org:member' } },
  { email: 'hana@harbour.test', name: ['Hana', 'Nakamura'], in: { harbour: 'org:member' } },
  { email: 'joao@harbour.test', name: ['João', 'Almeida'], in: { harbour: 'org:member' } },
  { email: 'greta@harbour.test', name: ['Greta', 'Lund'], in: { harbour: 'org:admin' } },
  { email: 'victor@lumen.test', name: ['Victor', 'Moreau'], in: { lumen: 'org:member' } },
];

export const DEMO_OWNER = 'ines@rolecall.test';
/** Users offered for sign-in. */
export const DEMO_USERS = USERS.flatMap(({ email, label }) => (label ? [{ email, label }] : []));

/** Creates the empty instance of the demo. It refers to no image outside this machine. */
export const createDemoInstance = (): ClerkInstance =>
  createClerkInstance({
    roles: [{ key: 'org:teacher', name: 'Teacher', permissions: ['org:courses:read', 'org:courses:manage'] }],
    imageUrlOf: () => '',
  });

/** Creates users, organizations and an invitation. */
export function populateDemo(instance: ClerkInstance, password: string): void {
  const idOf = new Map<string, string>();
  for (const { email, name } of USERS) {
    const [firstName, lastName] = name;
    idOf.set(email, instance.createUser({ email, firstName, lastName, password }).id);
  }
  for (const { slug, name, by } of ORGANIZATIONS) {
    const { id } = instance.createOrganization({ name, slug, createdBy: idOf.get(by) ?? null });
    for (const user of USERS) {
      const role = user.in?.[slug];
      if (role) instance.addMembership(id, idOf.get(user.email) ?? '', role);
    }
    if (slug === 'northwind') instance.createInvitation({ organizationId: id, email: 'nadia@northwind.test' });
  }
}
