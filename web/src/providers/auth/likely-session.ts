import { readStored, store } from '../../core/browser-storage.ts';

const KEY = 'rolecall.signed-in';

/** Whether the last page in this browser had a signed-in user, so that the console can be loaded before the server responds. */
export const isSessionLikely = () => readStored(KEY) === true;

/** Stores whether a user is signed in, and nothing about them. */
export const rememberSession = (isSignedIn: boolean) => store(KEY, isSignedIn);
