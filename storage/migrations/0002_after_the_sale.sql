-- What follows a sale: requests and parcels, returns, money paid out; messages from channels; and
-- marks for every stream that is read window by window.

CREATE TABLE order_request (
  account TEXT NOT NULL REFERENCES account (id),
  order_id TEXT NOT NULL CHECK (order_id <> ''),
  action TEXT NOT NULL CHECK (action IN ('ship', 'label', 'cancel', 'accept_cancellation',
                                         'refuse_cancellation')),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
  handover TEXT NOT NULL,
  carrier TEXT NOT NULL,
  tracking_number TEXT NOT NULL,
  reason TEXT NOT NULL,
  file TEXT NOT NULL,
  problem TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (account, order_id, action)
) STRICT, WITHOUT ROWID;

CREATE TABLE parcel (
  account TEXT NOT NULL REFERENCES account (id),
  order_id TEXT NOT NULL CHECK (order_id <> ''),
  package_id TEXT NOT NULL,
  carrier TEXT NOT NULL,
  tracking_number TEXT NOT NULL,
  remote_status TEXT NOT NULL,
  PRIMARY KEY (account, order_id, package_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE return_case (
  account TEXT NOT NULL REFERENCES account (id),
  remote_id TEXT NOT NULL CHECK (remote_id <> ''),
  order_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('requested', 'accepted', 'disputed', 'sent_back',
                                         'refunded', 'refused', 'cancelled')),
  remote_status TEXT NOT NULL,
  reason TEXT NOT NULL,
  refund INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_case_newest ON return_case (updated_at DESC, account, remote_id);

CREATE TABLE return_line (
  account TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  remote_line_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (account, remote_id, position),
  FOREIGN KEY (account, remote_id) REFERENCES return_case (account, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE settlement (
  account TEXT NOT NULL REFERENCES account (id),
  remote_id TEXT NOT NULL CHECK (remote_id <> ''),
  order_id TEXT NOT NULL,
  paid_at INTEGER NOT NULL,
  net INTEGER NOT NULL,
  PRIMARY KEY (account, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX settlement_newest ON settlement (paid_at DESC, account, remote_id);

CREATE TABLE settlement_line (
  account TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('goods', 'shipping', 'commission', 'service', 'voucher', 'tax',
                                     'refund', 'other')),
  remote_name TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (account, remote_id, position),
  FOREIGN KEY (account, remote_id) REFERENCES settlement (account, remote_id)
) STRICT, WITHOUT ROWID;

-- A message is kept once, whatever the number of times it comes.
CREATE TABLE channel_message (
  account TEXT NOT NULL REFERENCES account (id),
  event_id TEXT NOT NULL CHECK (event_id <> ''),
  received_at INTEGER NOT NULL,
  PRIMARY KEY (account, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_message_age ON channel_message (received_at);

CREATE TABLE stream_mark (
  account TEXT NOT NULL,
  stream TEXT NOT NULL CHECK (stream IN ('orders', 'returns', 'settlements')),
  through INTEGER NOT NULL,
  window_to INTEGER,
  page_cursor TEXT NOT NULL,
  PRIMARY KEY (account, stream)
) STRICT, WITHOUT ROWID;
INSERT INTO stream_mark (account, stream, through, window_to, page_cursor)
  SELECT account, 'orders', through, window_to, page_cursor FROM order_mark;
DROP TABLE order_mark;

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
                                     'pull_settlements', 'check_maps', 'adopt')),
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
