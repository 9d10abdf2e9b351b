/** Find a query in a name although characters of it are wrong, missing, too many or swapped. */

/**
 * @typedef {object} Aligned
 * @property {number} cost
 * @property {number} from where in the name it begins
 * @property {number} to where it ends
 */

/**
 * The cheapest place of a query in a name (Sellers' algorithm, with neighbours that may be swapped).
 * @param {string} query
 * @param {string} name
 * @param {(a: string, b: string) => number} wrong cost of one character in place of another, at most 1
 * @returns {Aligned}
 */
export function align(query, name, wrong) {
  const last = query.length;
  let columns = [column(query, 0), column(query, 0)];
  let best = { cost: last, from: 0, to: 0 };
  for (let to = 1; to <= name.length; to++) {
    const next = extended(columns, query, name, to, wrong);
    const [cost, from] = [next.cost[last], next.from[last]];
    const isLonger = to - from > best.to - best.from;
    if (cost < best.cost || (cost === best.cost && isLonger)) best = { cost, from, to };
    columns = [columns[1], next];
  }
  return best;
}

/**
 * The costs of all beginnings of the query that end at a place of the name.
 * @param {Column[]} columns of the two places before
 * @param {string} query
 * @param {string} name
 * @param {number} to the place
 * @param {(a: string, b: string) => number} wrong
 * @returns {Column}
 */
function extended([before, last], query, name, to, wrong) {
  const next = column(query, to);
  for (let at = 1; at <= query.length; at++) {
    next.cost[at] = Infinity;
    take(next, at, last, at - 1, wrong(query[at - 1], name[to - 1]));
    take(next, at, last, at, 1);
    take(next, at, next, at - 1, 1);
    const swapped = at > 1 && to > 1 && query[at - 1] === name[to - 2] && query[at - 2] === name[to - 1];
    if (swapped) take(next, at, before, at - 2, 1);
  }
  return next;
}

/**
 * Come from another cell if that is cheaper. Of two that cost the same, the one that begins earlier has more of the
 * query in it.
 * @param {Column} next
 * @param {number} at
 * @param {Column} other
 * @param {number} row
 * @param {number} cost
 */
function take(next, at, other, row, cost) {
  const sum = other.cost[row] + cost;
  if (sum > next.cost[at] || (sum === next.cost[at] && other.from[row] >= next.from[at])) return;
  next.cost[at] = sum;
  next.from[at] = other.from[row];
}

/**
 * @typedef {{cost: Float64Array, from: Int32Array}} Column for each beginning of the query what it costs, and where in
 *   the name it begins
 */

/**
 * @param {string} query
 * @param {number} place
 * @returns {Column}
 */
function column(query, place) {
  const height = query.length + 1;
  return { cost: Float64Array.from({ length: height }, (_, at) => at), from: new Int32Array(height).fill(place) };
}
