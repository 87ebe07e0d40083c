#pragma once
// The one store behind catalogue and jobs: a change and the job that announces it commit together.
//
//   store.write([&](Tables& t) {            // one transaction; an exception rolls it back
//     t.catalog.stock.append(movement);
//     t.catalog.outbox.announce(ChangeKind::stock, account, now);
//   });
//
// write: calls from many threads are queued to one writing connection and may share a commit; each
// call is all or nothing; it returns once the change is durable. read: a consistent snapshot on the
// reader's own connection; changing anything there throws. No network call inside either.
// Errors: StorageError (storage/error.h) for the database; what the callback throws passes through.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/tables.h"
#include "connectors/common/pace_store.h"
#include "jobs/job.h"

namespace jobs {

// The queue (docs/state-machine in jobs/job.h). Unique: at most one waiting job per (kind, account,
// subject); enqueueing a twin moves the waiting one's run_at forward to the earlier of the two.
class JobTable {
 public:
  virtual ~JobTable() = default;
  virtual JobId enqueue(const NewJob& job, base::Instant now) = 0;
  // Claims the first due job whose account is not in `busy`: one statement sets running, lease and
  // token + 1. Order: priority (small first), run_at, id.
  virtual std::optional<Job> claim(base::Instant now, base::Millis lease,
                                   const std::vector<std::string>& busy_accounts) = 0;
  // False when the lease was lost (id, token, running do not match): drop the result.
  virtual bool extend(const Job& job, base::Instant lease_until) = 0;
  virtual bool finish(const Job& job, const Outcome& outcome, base::Instant now) = 0;
  // Running jobs whose lease ran out become available (attempt kept); the third crash discards.
  virtual int rescue(base::Instant now) = 0;
  // Jobs due up to `until`, and whether any runs.
  virtual JobCounts counts(base::Instant until) = 0;
  virtual std::optional<base::Instant> next_run_at() = 0;
  virtual std::vector<Job> list(std::optional<JobState> state, std::size_t rows_max) = 0;
  virtual bool retry(JobId id, base::Instant now) = 0;
  // Whether take_outbox would find anything; cheap, may be asked in a read.
  virtual bool outbox_waits() = 0;
  // Reads and empties the outbox in this transaction.
  virtual std::vector<Change> take_outbox(std::size_t rows_max) = 0;
};

// How far a stream of an account is read, and the page being worked on.
class CursorTable {
 public:
  virtual ~CursorTable() = default;
  virtual std::optional<OrderMark> mark(const catalog::AccountId& account, Stream stream) = 0;
  virtual void put(const catalog::AccountId& account, Stream stream, const OrderMark& mark) = 0;
  std::optional<OrderMark> mark(const catalog::AccountId& account) {
    return mark(account, Stream::orders);
  }
  void put(const catalog::AccountId& account, const OrderMark& order_mark) {
    put(account, Stream::orders, order_mark);
  }
};

// Messages that channels sent, by their unique ids.
class InboxTable {
 public:
  virtual ~InboxTable() = default;
  // False: it is there already.
  virtual bool keep(const catalog::AccountId& account, std::string_view event_id,
                    base::Instant at) = 0;
  // Ids older than that are forgotten; the number of them.
  virtual int forget(base::Instant before) = 0;
};

// Worksheets for the channels that people type into.
class WorksheetTable {
 public:
  virtual ~WorksheetTable() = default;
  virtual WorksheetId insert(const Worksheet& sheet) = 0;
  virtual std::optional<Worksheet> worksheet(std::string_view stem) = 0;
  virtual std::vector<Worksheet> worksheets(const catalog::AccountId& account,
                                            std::size_t rows_max) = 0;  // newest first
  virtual std::vector<WorksheetRow> rows(WorksheetId id) = 0;
  // The last confirmed row of each SKU, in SKU order.
  virtual std::vector<WorksheetRow> last_confirmed(const catalog::AccountId& account) = 0;
  // Rows declared on any worksheet of the account and not confirmed yet, oldest first.
  virtual std::vector<WorksheetRow> open_rows(const catalog::AccountId& account) = 0;
  virtual void confirm(WorksheetId id, const catalog::Sku& sku, base::Instant at,
                       std::string_view by) = 0;
};

// Opaque, already encrypted channel sessions (tokens).
class SessionTable {
 public:
  virtual ~SessionTable() = default;
  virtual std::optional<std::string> load(const catalog::AccountId& account) = 0;
  virtual void save(const catalog::AccountId& account, std::string_view sealed) = 0;
};

// What is kept of the pace of calls; contract: connectors/common/pace_store.h.
class PaceTable {
 public:
  struct NamedBreaker {
    std::string group;
    connectors::common::BreakerState state;
  };
  struct NamedBucket {
    std::string name;
    connectors::common::BucketState state;
  };
  virtual ~PaceTable() = default;
  virtual std::optional<connectors::common::BucketState> bucket(std::string_view name) = 0;
  virtual void put(std::string_view name, const connectors::common::BucketState& state) = 0;
  virtual std::vector<NamedBucket> buckets() = 0;  // by name
  // By group; closed ones that were open once are among them.
  virtual std::vector<NamedBreaker> breakers(const catalog::AccountId& account) = 0;
  virtual void put(const catalog::AccountId& account, std::string_view group,
                   const connectors::common::BreakerState& state) = 0;
};

// Channels' names of pictures that were uploaded, by a fingerprint of the bytes.
class UploadTable {
 public:
  virtual ~UploadTable() = default;
  // Nothing when it went up before `not_before`.
  virtual std::optional<std::string> find(const catalog::AccountId& account,
                                          std::string_view content, base::Instant not_before) = 0;
  virtual void put(const catalog::AccountId& account, std::string_view content,
                   std::string_view remote, base::Instant at) = 0;
  virtual void erase(const catalog::AccountId& account, std::string_view content) = 0;
};

// Which map files an account's listings were last made from, by a fingerprint of their rules.
class MapTable {
 public:
  virtual ~MapTable() = default;
  virtual std::optional<std::string> applied(const catalog::AccountId& account) = 0;
  virtual void put(const catalog::AccountId& account, std::string_view fingerprint) = 0;
};

struct Tables {
  catalog::Tables catalog;
  JobTable& jobs;
  CursorTable& cursors;
  InboxTable& inbox;
  WorksheetTable& worksheets;
  SessionTable& sessions;
  PaceTable& pace;
  UploadTable& uploads;
  MapTable& maps;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual void write(const std::function<void(Tables&)>& change) = 0;
  virtual void read(const std::function<void(Tables&)>& look) = 0;
};

}  // namespace jobs
