/** RFC 5321's dot-string with the letters of RFC 6531; a quoted local part is no address here. */
const LOCAL =
  /^(?!.*\p{DI})(?=.{1,64}$)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** Joiners spell some domains; the URL standard rejects them elsewhere. `。` is the dot of East Asian keyboards. */
const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}\p{Join_Control}.。-]+$/u;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}$/;

/**
 * Returns the key by which addresses are compared and found: NFC, lower case, the domain in punycode. Null for text that is no
 * address, and for text that only folding of look-alike characters would make one. Addresses with a key, and no others, may be invited
 * and may sign up.
 */
export function emailKey(written: string): string | null {
  const text = written.trim().normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  if (hasLookAlike(written) || !LOCAL.test(local) || !WRITTEN_DOMAIN.test(domain)) return null;
  const ascii = asciiDomain(domain);
  return DOMAIN.test(ascii) ? `${local.toLowerCase().normalize('NFC')}@${ascii}` : null;
}

/** The long s, the Kelvin sign, fullwidth letters: each alone already becomes another character. */
const hasLookAlike = (text: string) => [...text.trim()].some((char) => char.normalize('NFKC') !== char);

/** URL converts domains in Node and in browsers alike. */
function asciiDomain(domain: string): string {
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/** Returns whether both texts are the same address. */
export const isSameEmail = (one: string, other: string): boolean => {
  const key = emailKey(one);
  return key !== null && key === emailKey(other);
};
