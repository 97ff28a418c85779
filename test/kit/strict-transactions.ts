// In every test a transaction that asks for a second connection fails at once, not only under load.

import { refuseSecondConnections } from '../../src/core/database/index.ts';

refuseSecondConnections();
