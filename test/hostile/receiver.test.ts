import { test } from "vitest";
import { checkRandomRequests } from "../receiver/random-requests.ts";

test(
  "100,000 requests have named outcomes, and what is forged is never handled",
  () => checkRandomRequests(100_000),
  600_000,
);
