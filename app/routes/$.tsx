/**
 * Any other address at all. Answered here, because Remix by itself would print the whole address,
 * session token included, to the console.
 */
export function loader() {
  throw new Response(null, { status: 404 });
}

export default function NoSuchAddress() {
  return null;
}
