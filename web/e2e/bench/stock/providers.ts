import type { AuthProvider, DataProvider } from '@refinedev/core';
import type { Me } from 'bff/contract';

async function call<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { statusCode: response.status });
  return (await response.json()) as T;
}
const loadMe = () => call<Me>('/api/me');

export const authProvider: AuthProvider = {
  async login({ email, password }) {
    try {
      await call('/api/auth/sign-in/email', { email, password });
      return { success: true, redirectTo: '/' };
    } catch (error) {
      return { success: false, error: error as Error };
    }
  },
  async logout() {
    await call('/api/auth/sign-out', {});
    return { success: true, redirectTo: '/login' };
  },
  check: () =>
    loadMe().then(
      () => ({ authenticated: true }),
      () => ({ authenticated: false, redirectTo: '/login' }),
    ),
  onError: async (error) => (error.statusCode === 401 ? { logout: true } : {}),
  getIdentity: async () => (await loadMe()).user,
};

let tenantId: string | undefined;

/** The members of Acme; the bench reads no other list and writes nothing. */
export const dataProvider = {
  getApiUrl: () => '/api',
  async getList({ resource, pagination }: { resource: string; pagination?: { pageSize?: number } }) {
    tenantId ??= (await loadMe()).memberships.find(({ slug }) => slug === 'acme')?.tenantId;
    const path = `/api/admin/tenants/${tenantId}/${resource}?limit=${pagination?.pageSize ?? 25}`;
    const { data, page } = await call<{ data: object[]; page: { total: number } }>(path);
    return { data, total: page.total };
  },
} as unknown as DataProvider;
