import { beforeEach, expect, it } from 'vitest';
import { currentToken, keepToken, signInAddress, takeTokenFromAddress } from './token.ts';

beforeEach(() => {
  sessionStorage.clear();
  keepToken(null);
});

const comeBack = (address: string, hash: string) => {
  const back = new URL(new URL(address).searchParams.get('redirect_to') ?? '');
  history.replaceState(null, '', `${back.pathname}${back.search}${hash}`);
};

it('takes the token that it asked for, and leaves no trace of it in the address', () => {
  comeBack(
    signInAddress('https://app.example.test/login?lang=fr', '/t/acme/members'),
    '#access_token=a.b.c&expires_in=60',
  );
  expect(takeTokenFromAddress()).toBe(true);
  expect(currentToken()).toBe('a.b.c');
  expect(location.href).not.toContain('a.b.c');
  expect(location.search).toBe('?to=%2Ft%2Facme%2Fmembers');
});

it('takes no token that it did not ask for, nor one answer twice', () => {
  history.replaceState(null, '', '/sign-in#access_token=theirs.b.c');
  expect(takeTokenFromAddress()).toBe(false);
  const address = signInAddress('https://app.example.test/login', null);
  history.replaceState(null, '', '/sign-in?state=guessed#access_token=theirs.b.c');
  expect(takeTokenFromAddress()).toBe(false);
  comeBack(address, '#access_token=theirs.b.c');
  expect(takeTokenFromAddress()).toBe(false);
  expect(currentToken()).toBe(null);
});
