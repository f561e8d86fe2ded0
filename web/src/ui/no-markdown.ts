/** Replaces the markdown packages of @refinedev/antd, which the console does not use. */
export default function noMarkdown() {
  return null;
}
