import { Hono } from 'hono';
import { html } from 'hono/html';
import { ClerkApiError } from './api-error.ts';
import type { UserJson } from './serialize.ts';
import type { ClerkInstance } from './state/instance.ts';

type Fields = Record<string, string>;

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { max-width: 68rem; margin: 2rem auto; padding: 0 1rem }
  table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
  th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere }
  caption { text-align: left }
  .members { table-layout: fixed }
  form { display: inline-flex; flex-wrap: wrap; gap: .3rem; margin: .1rem .3rem .1rem 0 }
  input, select, button { font: inherit; padding: .1rem .5rem }
  .banned { opacity: .55; text-decoration: line-through }
  .error { border: 1px solid #d33; padding: .5rem 1rem }`;

/** A small replacement for Clerk's dashboard: changes made here reach the product by webhook. */
export function controlPage(instance: ClerkInstance): Hono {
  const page = new Hono();
  const actions = actionsOf(instance);

  page.get('/', (c) => c.html(render(instance, c.req.query('error'))));
  page.post('/:action', async (c) => {
    // Rejects forms from other origins.
    const from = c.req.header('origin');
    const isOurs = from === undefined || from === new URL(c.req.url).origin;
    const action = isOurs ? actions[c.req.param('action')] : undefined;
    if (!action) return c.notFound();
    try {
      action((await c.req.parseBody()) as Fields);
      return c.redirect('/__stub');
    } catch (error) {
      if (!(error instanceof ClerkApiError)) throw error;
      return c.redirect(`/__stub?error=${encodeURIComponent(error.message)}`);
    }
  });
  return page;
}

function actionsOf(instance: ClerkInstance): Record<string, (fields: Fields) => unknown> {
  return {
    'add-user': ({ email = '', first = '', last = '', password = '' }) =>
      instance.createUser({ email, firstName: first, lastName: last, password }),
    rename: ({ user = '', first = '' }) => instance.updateUser(user, { firstName: first }),
    ban: ({ user = '' }) => instance.banUser(user),
    unban: ({ user = '' }) => instance.unbanUser(user),
    'end-sessions': ({ user = '' }) => {
      for (const { id } of instance.sessionsOf(user)) instance.revokeSession(id);
    },
    'delete-user': ({ user = '' }) => instance.deleteUser(user),
    'add-organization': ({ name = '', user = '' }) => instance.createOrganization({ name, createdBy: user }),
    join: ({ organization = '', user = '', role = '' }) => instance.addMembership(organization, user, role),
    'set-role': ({ organization = '', user = '', role = '' }) => instance.setMembershipRole(organization, user, role),
    leave: ({ organization = '', user = '' }) => instance.removeMembership(organization, user),
    'delete-organization': ({ organization = '' }) => instance.deleteOrganization(organization),
  };
}

const nameOf = (user: UserJson) =>
  [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email_addresses[0]?.email_address || user.id;

function render(instance: ClerkInstance, error: string | undefined) {
  const { organizations } = instance.state;
  const users = [...instance.state.users.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clerk stub</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
    <h1>Clerk stub</h1>
    <p>This page replaces Clerk’s dashboard. Changes reach Rolecall by signed webhook within a second.</p>
    ${error ? html`<p class="error" role="alert">${error}</p>` : ''}
    <h2>Users</h2>
    <table><tr><th>Name</th><th>Email</th><th>Sessions</th><th>Actions</th></tr>
      ${users.map((user) => userRow(instance, user))}</table>
    <form method="post" action="/__stub/add-user">
      <input name="first" aria-label="First name" placeholder="First name" required>
      <input name="last" aria-label="Last name" placeholder="Last name">
      <input name="email" type="email" aria-label="Email" placeholder="Email" required>
      <input name="password" aria-label="Password" value="rolecall-demo" required>
      <button>Add user</button></form>
    <h2>Organizations</h2>
    ${organizations.values().map((organization) => organizationTable(instance, organization.id))}
    <form method="post" action="/__stub/add-organization">
      <input name="name" aria-label="Name" placeholder="Name" required>
      <select name="user" aria-label="Admin">${users.map(userOption)}</select>
      <button>Add organization</button></form>
  </body></html>`;
}

const userOption = (user: UserJson) => html`<option value="${user.id}">${nameOf(user)}</option>`;

const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`;

const userButton = (user: UserJson, action: string, label: string) =>
  html`<form method="post" action="/__stub/${action}">${hidden('user', user.id)}<button>${label}</button></form>`;

function userRow(instance: ClerkInstance, user: UserJson) {
  const active = instance.sessionsOf(user.id).filter(({ status }) => status === 'active').length;
  return html`<tr><td class="${user.banned ? 'banned' : ''}">${nameOf(user)}</td>
    <td>${user.email_addresses[0]?.email_address ?? ''}</td><td>${active || ''}</td>
    <td>${user.banned ? userButton(user, 'unban', 'Unban') : userButton(user, 'ban', 'Ban')}
      ${active ? userButton(user, 'end-sessions', 'End sessions') : ''}
      <form method="post" action="/__stub/rename">${hidden('user', user.id)}
        <input name="first" aria-label="First name" size="8" value="${user.first_name ?? ''}"><button>Rename</button></form>
      ${userButton(user, 'delete-user', 'Delete')}</td></tr>`;
}

function organizationTable(instance: ClerkInstance, organizationId: string) {
  const members = instance.membershipsOf(organizationId);
  const outside = instance.state.users
    .values()
    .filter(({ id }) => !members.some((one) => one.public_user_data.user_id === id));
  const roles = (current: string) =>
    [...instance.state.roles.values()].map(
      ({ key, name }) => html`<option value="${key}" ${key === current ? 'selected' : ''}>${name}</option>`,
    );
  const here = hidden('organization', organizationId);
  return html`<table class="members"><caption><strong>${instance.state.organizations.get(organizationId)?.name}</strong>
      <form method="post" action="/__stub/delete-organization">${here}<button>Delete</button></form></caption>
    ${members.map(
      ({ public_user_data: user, role }) => html`<tr><td>${user.first_name} ${user.last_name}</td><td>
        <form method="post" action="/__stub/set-role">${here}${hidden('user', user.user_id)}
          <select name="role" aria-label="Role">${roles(role)}</select><button>Set role</button></form></td><td>
        <form method="post" action="/__stub/leave">${here}${hidden('user', user.user_id)}<button>Remove</button></form></td></tr>`,
    )}
    <tr><td colspan="3"><form method="post" action="/__stub/join">${here}
      <select name="user" aria-label="User">${outside.map(userOption)}</select>
      <select name="role" aria-label="Role">${roles('org:member')}</select><button>Add</button></form></td></tr></table>`;
}
