/** Goes on with what may have to be waited for: at once where it has not, since each promise costs every delivery a turn. */
export function when<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
