/** Replaces packages of features that the console does not use: markdown fields, CSV in the browser, stack traces of devtools. */
export default function leftOut(): never {
  throw new Error('This package is left out of the console: web/slim');
}
