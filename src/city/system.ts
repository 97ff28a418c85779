// What an edition says about one system of its blueprint: what it is made of, and which tests prove it.

/** One thing that the system's acceptance asks for, and the test that proves it. */
export type SystemPart = {
  /** In the words of the acceptance, e.g. `the summary at 2024-06-30 equals Annex 1 line by line`. */
  part: string;
  /** Exact title of the test in `acceptance.test.ts` beside it; null while nothing proves this part. */
  test: string | null;
};

/** The `system` that `src/city/<edition>/systems/<id>/system.ts` exports. */
export type System = {
  /** Id in the blueprint's list of systems; also the name of the folder. */
  id: string;
  /** Modules that it composes. */
  modules: string[];
  /** All of its acceptance, divided; it works when every part has a passing test. */
  parts: SystemPart[];
  /** What is still missing, in one sentence, for people. */
  missing?: string;
};

/** `works`: every part is proven; `partly`: some are; `not-yet`: none is. */
export type SystemState = 'works' | 'partly' | 'not-yet';

/** One entry of `docs/systems.json`; `proof` and `missing` are empty when there is nothing to say. */
export type SystemReport = { id: string; state: SystemState; proof: string; missing: string };
