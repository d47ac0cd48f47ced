// The part of Shopify's search syntax that apps use to page through records: `field:value`,
// `field:>=value`, joined by AND. A term the simulator does not know finds nothing, as a wrong field does.

type Searchable = {
  id: number;
  email: string | null;
  phone: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** Only customers have one. */
  sms?: { state: string } | null;
};

function fieldOf(record: Searchable, field: string): string | number | null {
  if (field === "id") return record.id;
  if (field === "email") return record.email;
  if (field === "phone") return record.phone;
  if (field === "sms_marketing_state") return record.sms?.state ?? null;
  if (field === "created_at") return record.createdAt.getTime();
  if (field === "updated_at") return record.updatedAt.getTime();
  return null;
}

function compare(actual: number, operator: string, wanted: number): boolean {
  if (operator === ">=") return actual >= wanted;
  if (operator === "<=") return actual <= wanted;
  if (operator === ">") return actual > wanted;
  if (operator === "<") return actual < wanted;
  return actual === wanted;
}

export function matches(record: Searchable, query: string | null | undefined): boolean {
  if (query == null || query.trim() === "") return true;
  return query.split(/\s+(?:AND\s+)?/).every((term) => {
    const [, field, operator = "", raw = ""] = /^(\w+):(>=|<=|>|<)?(.*)$/.exec(term) ?? [];
    if (field === undefined) return false;
    const wanted = raw.replace(/^['"]|['"]$/g, "");
    const actual = fieldOf(record, field);
    if (field === "sms_marketing_state")
      return String(actual).toLowerCase() === wanted.toLowerCase();
    if (typeof actual === "string") return actual === wanted;
    if (actual === null) return false;
    return compare(actual, operator, field.endsWith("_at") ? Date.parse(wanted) : Number(wanted));
  });
}
