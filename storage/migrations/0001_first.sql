-- Catalogue, stock ledger, listings, orders and the queue, in one file so that a change and the
-- job that announces it commit together. Instants are UTC milliseconds, money is integer đồng,
-- days are local calendar days ("2026-11-24") or ''. `revision` is 1 on a row never updated.

PRAGMA application_id = 1852796519;

-- Catalogue -------------------------------------------------------------------------------------

CREATE TABLE producer (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('cooperative', 'enterprise', 'household', 'individual')),
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  tax_code TEXT NOT NULL,
  address TEXT NOT NULL,
  ward_scheme TEXT NOT NULL,
  ward_code TEXT NOT NULL,
  ward_name TEXT NOT NULL,
  ward_province_code TEXT NOT NULL,
  ward_province_name TEXT NOT NULL,
  ward_as_typed TEXT NOT NULL,
  ward_before_2025 TEXT NOT NULL,
  phone TEXT NOT NULL,
  bank_bin TEXT NOT NULL,
  bank_number TEXT NOT NULL,
  bank_owner TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  producer TEXT REFERENCES producer (id),
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  name_vi_folded TEXT NOT NULL,
  name_en_folded TEXT NOT NULL,
  description_vi TEXT NOT NULL,
  description_en TEXT NOT NULL,
  category TEXT NOT NULL,
  origin TEXT NOT NULL,
  storage TEXT NOT NULL CHECK (storage IN ('ambient', 'cool', 'frozen')),
  shelf_life_days INTEGER NOT NULL,
  ship_hours_max INTEGER NOT NULL,
  label_class TEXT NOT NULL CHECK (label_class IN ('raw_loose', 'raw_packed', 'processed')),
  ingredients TEXT NOT NULL,
  usage_text TEXT NOT NULL,
  warnings TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX product_producer ON product (producer);

CREATE TABLE product_certificate (
  product TEXT NOT NULL REFERENCES product (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  stars INTEGER NOT NULL,
  PRIMARY KEY (product, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_image (
  product TEXT NOT NULL REFERENCES product (id),
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (product, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_pool (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  producer TEXT REFERENCES producer (id),
  unit TEXT NOT NULL CHECK (unit IN ('gram', 'piece')),
  name_vi TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_pool_producer ON stock_pool (producer);

CREATE TABLE variant (
  sku TEXT PRIMARY KEY CHECK (sku <> ''),
  product TEXT NOT NULL REFERENCES product (id),
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  unit_vi TEXT NOT NULL,
  net_weight_g INTEGER NOT NULL,
  package_weight_g INTEGER NOT NULL,
  length_cm INTEGER NOT NULL,
  width_cm INTEGER NOT NULL,
  height_cm INTEGER NOT NULL,
  price INTEGER NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('guarded', 'pooled', 'buffer')),
  buffer_packs INTEGER NOT NULL,
  gtin TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_product ON variant (product, sku);

CREATE TABLE recipe_item (
  sku TEXT NOT NULL REFERENCES variant (sku),
  position INTEGER NOT NULL,
  pool TEXT NOT NULL REFERENCES stock_pool (id),
  base_units INTEGER NOT NULL CHECK (base_units > 0),
  PRIMARY KEY (sku, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_item_pool ON recipe_item (pool, sku);

-- Stock -----------------------------------------------------------------------------------------

CREATE TABLE stock_movement (
  id INTEGER PRIMARY KEY,
  pool TEXT NOT NULL REFERENCES stock_pool (id),
  kind TEXT NOT NULL CHECK (kind IN ('receive', 'take', 'count', 'reserve', 'release', 'ship')),
  on_hand_delta INTEGER NOT NULL,
  reserved_delta INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  event_key TEXT NOT NULL CHECK (event_key <> ''),
  note TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (source, event_key, pool, kind)
) STRICT;
CREATE INDEX stock_movement_pool ON stock_movement (pool, id);

CREATE TRIGGER stock_movement_is_never_updated BEFORE UPDATE ON stock_movement
BEGIN
  SELECT RAISE(ABORT, 'the stock ledger is append-only: write a correcting movement');
END;
CREATE TRIGGER stock_movement_is_never_deleted BEFORE DELETE ON stock_movement
BEGIN
  SELECT RAISE(ABORT, 'the stock ledger is append-only: write a correcting movement');
END;

-- The cached sum of the movements; moves in their transaction.
CREATE TABLE stock_balance (
  pool TEXT PRIMARY KEY REFERENCES stock_pool (id),
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_lot (
  pool TEXT NOT NULL REFERENCES stock_pool (id),
  code TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  harvested_on TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  PRIMARY KEY (pool, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_incident (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  sku TEXT NOT NULL,
  pool TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  cause TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Accounts and listings -------------------------------------------------------------------------

CREATE TABLE account (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  channel TEXT NOT NULL,
  shop_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'renamed', 'closed')),
  markup_permille INTEGER NOT NULL,
  round_up_to INTEGER NOT NULL,
  jump_percent_max INTEGER NOT NULL,
  share_weight INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- What is wanted, how the channel names it, and what was last seen (all seen_* or none).
CREATE TABLE listing (
  account TEXT NOT NULL REFERENCES account (id),
  sku TEXT NOT NULL REFERENCES variant (sku),
  state TEXT NOT NULL
    CHECK (state IN ('wanted', 'creating', 'declared', 'live', 'withdrawn', 'held')),
  item_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  sent_content_hash TEXT NOT NULL,
  price INTEGER NOT NULL,
  featured_rank INTEGER NOT NULL,
  held_reason TEXT NOT NULL,
  seen_at INTEGER,
  seen_price INTEGER,
  seen_stock INTEGER,
  seen_visible INTEGER CHECK (seen_visible IN (0, 1)),
  seen_name TEXT,
  seen_source TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (account, sku),
  CHECK ((seen_at IS NULL) = (seen_price IS NULL) AND (seen_at IS NULL) = (seen_stock IS NULL)
         AND (seen_at IS NULL) = (seen_visible IS NULL) AND (seen_at IS NULL) = (seen_name IS NULL)
         AND (seen_at IS NULL) = (seen_source IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_sku ON listing (sku);
CREATE INDEX listing_binding ON listing (account, item_id, unit_id) WHERE item_id <> '';
CREATE INDEX listing_to_publish ON listing (account, sku)
  WHERE state IN ('wanted', 'creating')
     OR (state IN ('live', 'declared', 'withdrawn') AND content_hash <> sent_content_hash);
CREATE INDEX listing_to_reprice ON listing (account, sku)
  WHERE state = 'live' AND (seen_price IS NULL OR seen_price <> price);

CREATE TABLE listing_stock (
  account TEXT NOT NULL,
  sku TEXT NOT NULL,
  exposure INTEGER NOT NULL,
  target INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  want_version INTEGER NOT NULL,
  done_version INTEGER NOT NULL,
  attempt TEXT NOT NULL CHECK (attempt IN ('none', 'sent', 'unknown')),
  attempt_value INTEGER NOT NULL,
  attempt_is_delta INTEGER NOT NULL CHECK (attempt_is_delta IN (0, 1)),
  attempt_version INTEGER NOT NULL,
  attempt_at INTEGER NOT NULL,
  anchor_at INTEGER,
  anchor_quantity INTEGER NOT NULL,
  sold_after_anchor INTEGER NOT NULL,
  cancelled_after_anchor INTEGER NOT NULL,
  PRIMARY KEY (account, sku),
  FOREIGN KEY (account, sku) REFERENCES listing (account, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_stock_sku ON listing_stock (sku, account);
CREATE INDEX listing_stock_dirty ON listing_stock (account, sku)
  WHERE want_version <> done_version AND attempt = 'none';
CREATE INDEX listing_stock_unanchored ON listing_stock (account, sku)
  WHERE anchor_at IS NOT NULL OR attempt <> 'none' OR exposure > shown;

-- Orders ----------------------------------------------------------------------------------------

CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  remote_id TEXT NOT NULL CHECK (remote_id <> ''),
  status TEXT NOT NULL CHECK (status IN ('unpaid', 'to_ship', 'packed', 'shipped', 'delivered',
                                         'completed', 'returned', 'cancelled')),
  remote_status TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  goods INTEGER NOT NULL,
  shipping INTEGER NOT NULL,
  total INTEGER NOT NULL,
  UNIQUE (account, remote_id)
) STRICT;
CREATE INDEX sales_order_newest ON sales_order (created_at DESC, account, remote_id);
CREATE INDEX sales_order_newest_of ON sales_order (account, created_at DESC, remote_id);

CREATE TABLE order_line (
  order_id INTEGER NOT NULL REFERENCES sales_order (id),
  position INTEGER NOT NULL,
  remote_line_id TEXT NOT NULL,
  remote_item_id TEXT NOT NULL,
  remote_unit_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  cancelled INTEGER NOT NULL CHECK (cancelled BETWEEN 0 AND quantity),
  unit_price INTEGER NOT NULL,
  PRIMARY KEY (order_id, position),
  UNIQUE (order_id, remote_line_id)
) STRICT, WITHOUT ROWID;

-- Work ------------------------------------------------------------------------------------------

CREATE TABLE outbox (
  kind TEXT NOT NULL CHECK (kind IN ('content', 'stock', 'price')),
  account TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('pull_orders', 'push_stock', 'push_prices',
                                     'publish_listings', 'read_back', 'reconcile')),
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
CREATE UNIQUE INDEX job_waiting_once ON job (kind, account, subject)
  WHERE state IN ('scheduled', 'available', 'retryable');
CREATE INDEX job_due ON job (priority, run_at, id)
  WHERE state IN ('scheduled', 'available', 'retryable');
CREATE INDEX job_run_at ON job (run_at) WHERE state IN ('scheduled', 'available', 'retryable');
CREATE INDEX job_state ON job (state, id);
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_completed ON job (finished_at) WHERE state = 'completed';

CREATE TABLE order_mark (
  account TEXT PRIMARY KEY,
  through INTEGER NOT NULL,
  window_to INTEGER,
  page_cursor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE worksheet (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  stem TEXT NOT NULL UNIQUE CHECK (stem <> ''),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX worksheet_account ON worksheet (account, id);

CREATE TABLE worksheet_row (
  worksheet INTEGER NOT NULL REFERENCES worksheet (id),
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sku TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('create', 'update', 'withdraw')),
  price_old INTEGER NOT NULL,
  price_new INTEGER NOT NULL,
  stock_old INTEGER NOT NULL,
  stock_new INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  confirmed_at INTEGER,
  confirmed_by TEXT NOT NULL,
  PRIMARY KEY (worksheet, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX worksheet_row_open ON worksheet_row (worksheet, line) WHERE confirmed_at IS NULL;

-- Sealed by app/ before they come here.
CREATE TABLE session (
  account TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What the planner should believe -----------------------------------------------------------------
-- The partial indexes hold the few rows that need work out of very many. Without statistics the
-- planner takes the primary key and reads every row of an account; numbers gathered on a young,
-- empty file would mislead it for good. So they are written down: rows, then rows per key prefix.

ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('listing', 'listing', '500000 100000 1'),
  ('listing', 'listing_sku', '500000 5'),
  ('listing', 'listing_binding', '500000 100000 1 1'),
  ('listing', 'listing_to_publish', '50 10 1'),
  ('listing', 'listing_to_reprice', '50 10 1'),
  ('listing_stock', 'listing_stock', '500000 100000 1'),
  ('listing_stock', 'listing_stock_sku', '500000 5 1'),
  ('listing_stock', 'listing_stock_dirty', '50 10 1'),
  ('listing_stock', 'listing_stock_unanchored', '50 10 1'),
  ('job', 'job_waiting_once', '50 10 2 1'),
  ('job', 'job_due', '50 10 1 1'),
  ('job', 'job_run_at', '50 1'),
  ('job', 'job_state', '100000 20000 1'),
  ('job', 'job_leased', '5 1'),
  ('job', 'job_completed', '100000 1'),
  ('worksheet', 'worksheet_account', '1000 500 1'),
  ('worksheet_row', 'worksheet_row', '100000 100 1'),
  ('worksheet_row', 'worksheet_row_open', '500 10 1');
ANALYZE sqlite_schema;
