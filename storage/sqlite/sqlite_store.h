#pragma once
// The store of a running nongsan: one SQLite file (docs/adr: SQLite with one writer).
//
//   storage::SqliteStore store("/var/lib/nongsan/nongsan.db", clock);   // locks and migrates
//   store.write([&](jobs::Tables& t) { … });                            // durable on return
//
// One process holds the file for writing ("<path>.lock"); others may look at it through
// open_read_only. Writes of many threads share commits. The file and its backups are 0600; the
// folder must exist. Errors: StorageError; LockedError when another process has it. Using the
// store inside its own callback throws std::logic_error. Threads: safe.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "jobs/store.h"
#include "storage/error.h"

namespace storage {

class SqliteStore final : public jobs::Store {
 public:
  SqliteStore(const std::filesystem::path& path, const base::Clock& clock);
  // Takes no lock and never changes the file; its schema must be the newest. write() throws.
  static std::unique_ptr<SqliteStore> open_read_only(const std::filesystem::path& path);
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  void write(const std::function<void(jobs::Tables&)>& change) override;
  void read(const std::function<void(jobs::Tables&)>& look) override;

  // Damaged pages, dangling references, a ledger that does not add up; empty: all is well.
  std::vector<std::string> check();
  // A checked copy, on disk before it gets its name; replaces what was there.
  void back_up_to(const std::filesystem::path& target);

  static int newest_schema_version();
  int schema_version();
  std::uint64_t commits() const;       // groups committed since the store was opened
  std::size_t waiting_writes() const;  // callers queued and not yet taken up

 private:
  struct Parts;
  explicit SqliteStore(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace storage
