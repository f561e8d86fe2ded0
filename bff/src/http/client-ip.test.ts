import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../core/config.ts';
import { clientIp } from './client-ip.ts';

const trusting = (networks: string) => readConfig({ TRUSTED_PROXIES: networks }).trustedProxies;
const behindProxy = (forwardedFor: string) => clientIp('10.0.0.1', forwardedFor, trusting('10.0.0.0/8, fd00::/8'));

describe('the address of a client behind a trusted proxy', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:51234', '2001:db8::7'],
    ['"[2001:db8::7]:51234"', '2001:db8::7'],
    ['2001:DB8:0:0::0007', '2001:db8::7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:cb00:7107]:80', '203.0.113.7'],
    ['6.6.6.6, 203.0.113.7:51234, 10.0.0.2:443', '203.0.113.7'],
    ['203.0.113.7, [fd00::5]:443', '203.0.113.7'],
  ])('of %s is %s', (forwardedFor, address) => {
    expect(behindProxy(forwardedFor)).toBe(address);
  });

  it.each(['unknown', '_hidden', 'example.test', '203.0.113', '203.0.113.7:port', '[203.0.113.7', '0x7f.1'])(
    'falls back to the proxy for %s',
    (forwardedFor) => {
      expect(behindProxy(`6.6.6.6, ${forwardedFor}`)).toBe('10.0.0.1');
    },
  );

  it('is never what an untrusted peer forwards', () => {
    expect(clientIp('192.0.2.1', '203.0.113.7', trusting('10.0.0.0/8'))).toBe('192.0.2.1');
    expect(clientIp('::ffff:10.0.0.1', '203.0.113.7', trusting('10.0.0.0/8'))).toBe('203.0.113.7');
    expect(clientIp(undefined, '203.0.113.7', trusting('10.0.0.0/8'))).toBeNull();
  });
});

describe('TRUSTED_PROXIES', () => {
  it.each([
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/x',
    '10.0.0/8',
    '10.0.0.0/8/8',
    'fd00::/129',
    'proxy',
    '/8',
    '1.2.3.4:80',
  ])('refuses %s at start and names it', (entry) => {
    expect(() => trusting(`192.0.2.7,${entry}`)).toThrow(ConfigError);
    expect(() => trusting(`192.0.2.7,${entry}`)).toThrow(`TRUSTED_PROXIES: ${entry} is not`);
  });

  it('trusts no other network than the ones it names', () => {
    expect(clientIp('11.0.0.1', '203.0.113.7', trusting('10.0.0.0/8,fd00::/8,192.0.2.7'))).toBe('11.0.0.1');
    expect(clientIp('192.0.2.7', '203.0.113.7', trusting('10.0.0.0/8,fd00::/8,192.0.2.7'))).toBe('203.0.113.7');
  });
});
