-- Parcels at carriers, what was asked for them and everything their carriers have said of them.
-- A carrier is no shop: its name stands in no table of accounts.

CREATE TABLE shipment (
  carrier TEXT NOT NULL CHECK (carrier <> ''),
  reference TEXT NOT NULL CHECK (reference <> ''),
  account TEXT NOT NULL REFERENCES account (id),
  order_id TEXT NOT NULL CHECK (order_id <> ''),
  tracking_no TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  cod INTEGER NOT NULL CHECK (cod >= 0),
  fee INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('created', 'picked_up', 'in_transit', 'delivering',
                                       'delivered', 'returning', 'returned', 'lost', 'cancelled')),
  state_at INTEGER NOT NULL,
  remote_state TEXT NOT NULL,
  held INTEGER NOT NULL CHECK (held IN (0, 1)),
  settled_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (carrier, reference)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shipment_tracked ON shipment (carrier, tracking_no) WHERE tracking_no <> '';
CREATE INDEX shipment_of_order ON shipment (account, order_id);

CREATE TABLE shipment_event (
  carrier TEXT NOT NULL,
  reference TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL CHECK (id <> ''),
  tracking_no TEXT NOT NULL,
  named_reference TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('created', 'picked_up', 'in_transit', 'delivering',
                                       'delivered', 'returning', 'returned', 'lost', 'cancelled',
                                       'unknown')),
  remote_state TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (carrier, reference, position),
  UNIQUE (carrier, reference, id),
  FOREIGN KEY (carrier, reference) REFERENCES shipment (carrier, reference)
) STRICT, WITHOUT ROWID;

-- `sealed`: the whole request with the buyer in it, sealed by app/; empty once the carrier has it.
CREATE TABLE carrier_request (
  carrier TEXT NOT NULL,
  reference TEXT NOT NULL,
  booking TEXT NOT NULL CHECK (booking IN ('asked', 'sent', 'booked', 'refused')),
  cancel TEXT NOT NULL CHECK (cancel IN ('none', 'asked', 'awaiting', 'done', 'refused')),
  sealed BLOB NOT NULL,
  problem TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  followed_at INTEGER NOT NULL,
  PRIMARY KEY (carrier, reference),
  FOREIGN KEY (carrier, reference) REFERENCES shipment (carrier, reference),
  CHECK (booking IN ('asked', 'sent') OR sealed = x'')
) STRICT, WITHOUT ROWID;
CREATE INDEX carrier_request_newest ON carrier_request (asked_at DESC, carrier, reference);
CREATE INDEX carrier_request_people ON carrier_request (asked_at) WHERE sealed <> x'';

-- The list of job kinds has grown; a CHECK cannot be changed in place.
ALTER TABLE job RENAME TO job_before;
DROP INDEX job_waiting_once;
DROP INDEX job_due;
DROP INDEX job_run_at;
DROP INDEX job_state;
DROP INDEX job_leased;
DROP INDEX job_completed;
CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('pull_orders', 'push_stock', 'push_prices',
                                     'publish_listings', 'read_back', 'reconcile', 'fetch_order',
                                     'fulfil_order', 'push_featured', 'pull_returns',
                                     'pull_settlements', 'check_maps', 'adopt',
                                     'ship_parcel', 'follow_parcels')),
  account TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scheduled', 'available', 'running', 'retryable',
                                       'completed', 'cancelled', 'discarded')),
  priority INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 0,
  run_at INTEGER NOT NULL,
  lease_until INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL DEFAULT 0,
  last_error_code TEXT NOT NULL DEFAULT '',
  last_error TEXT NOT NULL DEFAULT '',
  CHECK (state <> 'running' OR lease_until > 0)
) STRICT;
INSERT INTO job SELECT id, kind, account, subject, state, priority, attempt, crashes, token, run_at,
  lease_until, created_at, finished_at, last_error_code, last_error FROM job_before;
DROP TABLE job_before;
CREATE UNIQUE INDEX job_waiting_once ON job (kind, account, subject)
  WHERE state IN ('scheduled', 'available', 'retryable');
CREATE INDEX job_due ON job (priority, run_at, id)
  WHERE state IN ('scheduled', 'available', 'retryable');
CREATE INDEX job_run_at ON job (run_at) WHERE state IN ('scheduled', 'available', 'retryable');
CREATE INDEX job_state ON job (state, id);
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_completed ON job (finished_at) WHERE state = 'completed';

-- As in 0001: what the planner should believe of the new table.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('job', 'job_waiting_once', '50 10 2 1'),
  ('job', 'job_due', '50 10 1 1'),
  ('job', 'job_run_at', '50 1'),
  ('job', 'job_state', '100000 20000 1'),
  ('job', 'job_leased', '5 1'),
  ('job', 'job_completed', '100000 1');
ANALYZE sqlite_schema;
