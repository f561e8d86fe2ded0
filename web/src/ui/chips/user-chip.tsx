import './chips.css';
import type { UserRef } from 'bff/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { firstCharacter } from '../../i18n/characters.ts';
import { t } from '../../i18n/i18n.ts';
import { markStyle } from './mark.ts';
import { userName } from './user-name.ts';

type Size = 'small' | 'row' | 'large';
const pixels: Record<Size, number> = { small: 20, row: 28, large: 48 };

const initials = (text: string, most: number) =>
  text
    .split(/[\s@._-]+/)
    .slice(0, most)
    .map(firstCharacter)
    .join('')
    .toUpperCase();

type AvatarProps = { id: string; name: string; imageUrl: string | null; size: Size };

/** Picture or initials of a user, in one of eight colours; decorative, since the name is always beside it. */
export function Avatar({ id, name, imageUrl, size }: AvatarProps) {
  const style = markStyle(id, pixels[size], 8);
  // Pictures from other hosts than the provider's are not loaded.
  const [failedUrl, setFailedUrl] = useState<string>();
  if (imageUrl?.startsWith('https://') && imageUrl !== failedUrl) {
    return (
      <img
        className="avatar"
        src={imageUrl}
        alt=""
        style={style}
        referrerPolicy="no-referrer"
        loading="lazy"
        onError={() => setFailedUrl(imageUrl)}
      />
    );
  }
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials(name, size === 'small' ? 1 : 2) || '?'}
    </span>
  );
}

type Props = {
  user: Pick<UserRef, 'id' | 'name' | 'email'> & { imageUrl?: string | null };
  /** The path of the user's page, if it can be opened. */
  to?: string | undefined;
  size?: Size;
  /** Leaves the e-mail out, inside sentences. */
  nameOnly?: boolean;
};

/** A user: avatar, name and e-mail; a link if it can be opened. */
export function UserChip({ user, to, size = 'row', nameOnly = false }: Props) {
  const name = userName(user);
  const shown = <bdi>{name}</bdi>;
  const second = user.email ?? t('user.no_email');
  return (
    <span className="chip">
      <Avatar id={user.id} name={name} imageUrl={user.imageUrl ?? null} size={size} />
      <span className="user-chip-text">
        <span className="clip" title={name}>
          {to ? (
            <Link to={to} className="plain-link">
              {shown}
            </Link>
          ) : (
            shown
          )}
        </span>
        {nameOnly || second === name ? null : (
          <span className="second clip" title={second}>
            <bdi>{second}</bdi>
          </span>
        )}
      </span>
    </span>
  );
}
