import { BlockList, isIPv6 } from 'node:net';
import { z } from 'zod';

export const flag = z.stringbool({ error: 'must be true or false' });
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .pipe(z.number().max(65535));

export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** A name or an address to listen on; an IPv6 address may have its brackets. */
export const host = z
  .string()
  .transform((value) => value.replace(/^\[(.*)\]$/, '$1').toLowerCase())
  .pipe(
    z.union([z.ipv4(), z.ipv6(), z.hostname()], { error: 'must be an address or a name, without scheme and port' }),
  );

const address = (isUsable: (url: URL) => boolean, error: string) =>
  z.string().refine((value) => URL.canParse(value) && isUsable(new URL(value)), error);

const isOfWeb = ({ protocol }: URL) => /^https?:$/.test(protocol);
/** fetch() refuses an address with credentials. */
export const webUrl = address(
  (url) => isOfWeb(url) && url.username + url.password === '',
  'must be an address such as https://access.example.com, without credentials',
);

/** Browsers and Clerk compare origins as text: a wildcard would never match. */
const NO_HOST = /\*|\.\.|^\.|^$/;
const isPathless = ({ pathname, search, hash, username, password, hostname }: URL) =>
  /^\/?$/.test(pathname) && `${search}${hash}${username}${password}` === '' && !NO_HOST.test(hostname);
const PATHLESS = 'must be an origin such as https://access.example.com, without a path or wildcard';
export const origin = address((url) => isOfWeb(url) && isPathless(url), PATHLESS).transform(originOf);

/** As browsers send them. Those of extensions and apps have schemes of their own. */
export const origins = list.pipe(z.array(address(isPathless, PATHLESS).transform(originOf)));

/** As URL.origin, which is null for other schemes than those of the web. */
function originOf(value: string): string {
  const { protocol, host: name } = new URL(value);
  return `${protocol}//${name}`;
}

const ENCODED = 'with the special characters of the password percent-encoded';

/** Whether the credentials can be decoded. */
function isDecodable({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}

export const databaseUrl = address(
  (url) =>
    /^postgres(ql)?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    url.password !== '' &&
    url.pathname.length > 1 &&
    isDecodable(url),
  `must be an address such as postgres://owner:password@db/rolecall, ${ENCODED}`,
);

export const smtpUrl = address(
  (url) =>
    /^smtps?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    /[^\s@]@[^\s@]/.test(url.searchParams.get('from') ?? 'a@b') &&
    isDecodable(url),
  `must be an address such as smtps://user:password@mail.example.com?from=access@example.com, ${ENCODED}`,
);

const PICTURE_HOST = /^(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+(:\d{1,5})?$/i;
export const pictureHosts = list.pipe(
  z.array(z.string().regex(PICTURE_HOST, 'must be names of hosts such as pictures.example or *.pictures.example')),
);

const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** Addresses and networks such as `10.0.0.0/8`. */
export const networks = list.transform((entries, context) => {
  const found = new BlockList();
  for (const entry of entries) {
    if (!Network.safeParse(entry).success) {
      context.addIssue(`${entry} is not an address or a network such as 10.0.0.0/8`);
      continue;
    }
    const [net = '', prefix] = entry.split('/');
    const family = isIPv6(net) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) found.addAddress(net, family);
    else found.addSubnet(net, Number(prefix), family);
  }
  return found;
});

export const SHORTEST_SECRET = 32;
/** A key of our own, or one shared with an issuer. */
export const secret = z
  .string()
  .min(
    SHORTEST_SECRET,
    `must have at least ${SHORTEST_SECRET} characters, such as those of \`openssl rand -base64 32\``,
  );

export const secretKey = z.string().regex(/^sk_(test|live)_[!#-&(-~]+$/, 'must be a key such as sk_live_…');
/** The key is base64, in groups of four. */
export const webhookSecret = z
  .string()
  .regex(/^whsec_(?=.)([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'must be a secret such as whsec_…');
