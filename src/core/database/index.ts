// The door of the database: connecting, transactions, migrations, and PostgreSQL brought along.

export type { ConnectOptions, Pool, Statement } from './connection.ts';
export { refuseSecondConnections, sqlStateOf } from './connection.ts';
export { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.ts';
export { type Connection, connect, type Database, query, sql, type Transaction } from './kysely.ts';
export { coreMigrations, migrate } from './migrate.ts';
export { MigrationError, type MigrationSource } from './migration-files.ts';
export { inTransaction, type TransactionOptions } from './transaction.ts';
