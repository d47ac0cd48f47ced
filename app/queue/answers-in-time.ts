// Whether something answers at all, and soon: what a health check wants to know.

const ANSWER_TIMEOUT_MS = 2_000;

/** True when `answer` resolves within two seconds; false when it rejects or takes longer. */
export async function answersInTime(answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_TIMEOUT_MS);
  });
  const answered = answer.then(
    () => true,
    () => false,
  );
  const result = await Promise.race([answered, late]);
  clearTimeout(timer);
  return result;
}
