export interface Check {
  name: string;
  /** An error has to be fixed; a warning names what does not work. */
  status: 'ok' | 'warning' | 'error';
  message: string;
}

export const ok = (name: string, message: string): Check => ({ name, status: 'ok', message });
export const warning = (name: string, message: string): Check => ({ name, status: 'warning', message });
export const error = (name: string, message: string): Check => ({ name, status: 'error', message });
