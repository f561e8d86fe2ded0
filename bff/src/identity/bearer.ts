import { z } from 'zod';
import { AppError, unauthenticated } from '../core/errors.ts';
import { UserId } from '../core/schema.ts';
import { isOneLine, isVisible, withoutBidiControls } from '../core/text/text.ts';

/** As long as Node and most proxies let a header become. */
const MAX_TOKEN_LENGTH = 16_384;

/** Browsers take these segments out of a path, encoded or not. */
const DOTS = /^\.{1,2}$/;

/** An id from a token: one visible line that PostgreSQL can store, that turns no text around it, and that a path can name. */
export const TokenId = UserId.refine(
  (id) => id.isWellFormed() && isOneLine(id) && isVisible(id) && withoutBidiControls(id) === id && !DOTS.test(id),
);

const Claims = z.looseObject({
  sub: TokenId,
  /** RFC 8693: the party that acts for the subject. Clerk sets it while one of its users is impersonated. */
  act: z.looseObject({ sub: TokenId }).nullish(),
});
export type Claims = z.infer<typeof Claims>;

/**
 * The one way from a request to the claims of its bearer token. `verify` checks the token and throws unauthenticated with the
 * reason. Throws unauthenticated for everything that is wrong with the token, and unavailable while it cannot be verified.
 */
export async function bearerClaims(request: Request, verify: (token: string) => Promise<unknown>): Promise<Claims> {
  const header = request.headers.get('authorization');
  if (header === null) throw unauthenticated('no_credentials');
  if (header.length > MAX_TOKEN_LENGTH + 'Bearer '.length) {
    throw unauthenticated('token_too_long', `${header.length} characters`);
  }
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(header)?.[1];
  if (!token) throw unauthenticated('token_malformed', 'not a bearer token of three parts');
  const claims = await verify(token).catch((error: unknown) => {
    throw error instanceof AppError ? error : unauthenticated('key_unusable', String(error));
  });
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) throw unauthenticated('claims_invalid', pathsOf(parsed.error));
  return parsed.data;
}

const pathsOf = ({ issues }: z.ZodError) => issues.map(({ path }) => path.join('.')).join(', ');
