/** Knows where the values of one text stand. */
export interface OffsetIndex {
  /**
   * The offset, in UTF-16 code units, at which a place begins: of an object's member its key, which is what people look
   * for; of an item the item. Of the nearest ancestor where the place itself does not exist.
   */
  readonly offsetOf: (tokens: readonly string[]) => number;
}
