import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const routeChanged = defineRule({
  id: "route-changed",
  kind: "route",
  summary: "what receivers recognise the event by changed",
  levels: { sender: ["breaking"], receiver: [] },
  mirror: {
    waiver:
      "Only what the base tells receivers to look at can be lost; the other way round there may be nothing to lose.",
  },
  judge: ({ from, to }) => ({
    message: `Receivers that recognise it by ${plain(from)} no longer do: it has ${plain(to)}.`,
  }),
});
