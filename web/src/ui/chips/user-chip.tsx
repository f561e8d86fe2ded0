import './user-chip.css';
import type { UserRef } from 'bff/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { firstCharacter } from '../../i18n/characters.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { userName } from './user-name.ts';

type Size = 'small' | 'row' | 'large';
const pixels: Record<Size, number> = { small: 20, row: 28, large: 48 };

const initials = (text: string) =>
  text
    .split(/[\s@._-]+/)
    .slice(0, 2)
    .map(firstCharacter)
    .join('')
    .toUpperCase();

/** Picture or initials of a user; decorative, since the name is always beside it. */
export function Avatar({ name, imageUrl, size }: { name: string; imageUrl: string | null; size: Size }) {
  const side = pixels[size];
  // Pictures from other hosts than the provider's are not loaded.
  const [failedUrl, setFailedUrl] = useState<string>();
  if (imageUrl?.startsWith('https://') && imageUrl !== failedUrl) {
    return (
      <img
        className="avatar"
        src={imageUrl}
        alt=""
        width={side}
        height={side}
        referrerPolicy="no-referrer"
        loading="lazy"
        onError={() => setFailedUrl(imageUrl)}
      />
    );
  }
  return (
    <span className="avatar" style={{ width: side, height: side, fontSize: side * 0.38 }} aria-hidden="true">
      {initials(name) || '?'}
    </span>
  );
}

type Props = {
  user: Pick<UserRef, 'name' | 'email'> & { imageUrl?: string | null };
  /** The path of the user's page, if it can be opened. */
  to?: string | undefined;
  size?: Size;
  /** Leaves the e-mail out, inside sentences. */
  nameOnly?: boolean;
};

/** A user: avatar, name and e-mail; a link if it can be opened. */
export function UserChip({ user, to, size = 'row', nameOnly = false }: Props) {
  const { t } = useI18n();
  const name = userName(user);
  const second = user.email ?? t('user.no_email');
  return (
    <span className={`user-chip user-chip-${size}`}>
      <Avatar name={name} imageUrl={user.imageUrl ?? null} size={size} />
      <span className="user-chip-text">
        {to ? (
          <Link className="user-chip-name" to={to} title={name}>
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <span className="user-chip-name" title={name}>
            <bdi>{name}</bdi>
          </span>
        )}
        {nameOnly || second === name ? null : (
          <span className="user-chip-email" title={second}>
            <bdi>{second}</bdi>
          </span>
        )}
      </span>
    </span>
  );
}
