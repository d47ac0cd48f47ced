/** An error where not even Polaris can be relied on: plain text that says what to do. */
export function PlainError({ title, advice }: { title: string; advice: string }) {
  return (
    <main
      style={{
        fontFamily: "Inter, system-ui, sans-serif",
        maxWidth: "36rem",
        margin: "4rem auto",
        padding: "0 1rem",
      }}
    >
      <h1 style={{ fontSize: "1.25rem" }}>{title}</h1>
      <p style={{ lineHeight: 1.5 }}>{advice}</p>
    </main>
  );
}
