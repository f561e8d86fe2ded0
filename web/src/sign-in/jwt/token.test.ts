import { beforeEach, expect, it } from 'vitest';
import { currentToken, signInRedirectUrl, storeToken, takeTokenFromUrl } from './token.ts';

beforeEach(() => {
  sessionStorage.clear();
  storeToken(null);
});

const comeBack = (address: string, hash: string) => {
  const back = new URL(new URL(address).searchParams.get('redirect_to') ?? '');
  history.replaceState(null, '', `${back.pathname}${back.search}${hash}`);
};

it('accepts a requested token and removes it from the URL', () => {
  comeBack(
    signInRedirectUrl('https://app.example.test/login?lang=fr', { to: '/t/acme/members' }),
    '#access_token=a.b.c&expires_in=60',
  );
  expect(takeTokenFromUrl()).toBe(true);
  expect(currentToken()).toBe('a.b.c');
  expect(location.href).not.toContain('a.b.c');
  expect(location.search).toBe('?to=%2Ft%2Facme%2Fmembers');
});

it('rejects a token that was not requested, and a replayed one', () => {
  history.replaceState(null, '', '/sign-in#access_token=theirs.b.c');
  expect(takeTokenFromUrl()).toBe(false);
  const address = signInRedirectUrl('https://app.example.test/login', { to: '/' });
  history.replaceState(null, '', '/sign-in?state=guessed#access_token=theirs.b.c');
  expect(takeTokenFromUrl()).toBe(false);
  comeBack(address, '#access_token=theirs.b.c');
  expect(takeTokenFromUrl()).toBe(false);
  expect(currentToken()).toBe(null);
});
