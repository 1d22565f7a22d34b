import { test } from "vitest";
import { checkRandomRequests } from "./random-requests.ts";

test("whatever comes has a named outcome, and what is forged is never handled", () => checkRandomRequests(1_500));
