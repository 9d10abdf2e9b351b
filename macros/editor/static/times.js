/**
 * Return a time as records have it, where it is certain what was meant; else what was typed.
 * `９：３０`, `9.30`, `930`, `9点半`, `上午9点` and `下午2点` are certain.
 * @param {string} typed
 */
export function mendTime(typed) {
  const plain = typed.normalize("NFKC").replace(/\s/g, "");
  const match = /^(上午|下午|晚上)?(\d{1,2})(?:[:.点时h](\d{1,2}|半)?分?)?$|^(\d{1,2})(\d\d)$/u.exec(plain);
  if (!match) return typed;
  const afternoon = match[1] === "下午" || match[1] === "晚上";
  const hour = Number(match[2] ?? match[4]);
  const minute = match[3] === "半" ? 30 : Number(match[3] ?? match[5] ?? 0);
  if (hour > 24 || minute > 59) return typed;
  return `${afternoon && hour < 12 ? hour + 12 : hour}:${String(minute).padStart(2, "0")}`;
}
