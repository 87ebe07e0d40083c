-- What is remembered of calls over a restart (connectors/common/pace_store.h, upload_store.h).

-- A bucket as it may be filled again: micro_tokens at `at`, in millionths, may be negative.
CREATE TABLE pace_bucket (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  micro_tokens INTEGER NOT NULL,
  rate_permille INTEGER NOT NULL CHECK (rate_permille BETWEEN 0 AND 1000),
  at INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL
) STRICT;

-- No row: closed, and never opened.
CREATE TABLE breaker (
  account TEXT NOT NULL REFERENCES account(id),
  endpoint_group TEXT NOT NULL CHECK (endpoint_group <> ''),
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  retry_at INTEGER NOT NULL,
  opened INTEGER NOT NULL CHECK (opened >= 0),
  reason TEXT NOT NULL,
  PRIMARY KEY (account, endpoint_group)
) STRICT, WITHOUT ROWID;

-- The channel's name of a picture, by the fingerprint of its bytes.
CREATE TABLE uploaded_picture (
  account TEXT NOT NULL REFERENCES account(id),
  content TEXT NOT NULL CHECK (content <> ''),
  remote TEXT NOT NULL CHECK (remote <> ''),
  uploaded_at INTEGER NOT NULL,
  PRIMARY KEY (account, content)
) STRICT, WITHOUT ROWID;

-- The rules of the map files that the account's listings were last made from.
CREATE TABLE applied_maps (
  account TEXT PRIMARY KEY REFERENCES account(id),
  fingerprint TEXT NOT NULL CHECK (fingerprint <> '')
) STRICT, WITHOUT ROWID;
