// Queries of SensorThings against the store: pages of entities, single ones, and what is expanded in them.

export { departmentsOf, type Reference } from './departments.ts';
export {
  type Asking,
  build,
  findRow,
  mostEntities,
  type Page,
  type ReadHouse,
  readPage,
} from './read.ts';
export { addressOf, type Entity, idOf, pick } from './shape.ts';
export type { Row } from './statements.ts';
