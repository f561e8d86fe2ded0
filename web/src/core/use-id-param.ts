import { useLocation, useParams } from 'react-router';

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/**
 * Returns the id in the path, decoded once. React Router decodes `%2F` a second time, so that a user whose id is `a%2Fb` would be
 * shown as `a/b`, who is another user.
 */
export function useIdParam(): string {
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const written = pathname.split('/').map(decode);
  return written.find((segment) => segment.replaceAll('%2F', '/') === id) ?? id;
}
