/** Stands in for the markdown packages of @refinedev/antd, which the console never uses. */
export default function noMarkdown() {
  return null;
}
