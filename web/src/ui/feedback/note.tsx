import './note.css';
import { Alert, type AlertProps } from 'antd';
import type { ReactNode } from 'react';

const types = { neutral: 'info', warn: 'warning', bad: 'error' } as const;

type Props = Omit<AlertProps, 'type' | 'message'> & { tone?: keyof typeof types; children: ReactNode };

/** A note about the whole page: an explanation or a warning. */
export const Note = ({ tone = 'neutral', children, ...alert }: Props) => (
  <Alert role="note" className="note" type={types[tone]} message={children} {...alert} />
);
