#pragma once
// One connection with the house's settings: WAL, synchronous=FULL, foreign keys, no mmap; the
// file is 0600 and its schema is brought forward before anyone sees it. Prepared statements are
// kept, by the address of their (static) text. Private to this folder.
// Errors: StorageError; SQLite::Exception is translated here and nowhere else.
// Threads: one at a time.
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "storage/error.h"
#include "storage/sqlite/migrations.h"

namespace storage::sqlite {

enum class Access { read_write, read_only };

// Throws the StorageError that `error` stands for.
[[noreturn]] void translate(const SQLite::Exception& error, const std::string& what);

class Database {
 public:
  Database(const std::filesystem::path& path, Access access);

  void execute(const std::string& sql);
  std::int64_t number(const std::string& sql);  // first column of the first row
  std::int64_t last_insert_id() const;
  bool in_transaction() const;
  int schema_version();
  SQLite::Database& handle() { return *handle_; }

  // Brings the schema forward; a copy of what was there is left next to the file first. The
  // schema of a newer program, or a file that is not ours, is refused.
  void migrate(const std::vector<Migration>& migrations, base::Instant now);
  // Refuses a schema that is not the newest known one.
  void expect_schema(const std::vector<Migration>& migrations);

  // sqlite3's own statement: SQLiteCpp shares its ownership anew for every column that is read.
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
  // A kept statement, and whether a Query is using it.
  struct Slot {
    Statement statement;
    bool used = false;
  };
  Slot& slot(const char* sql) { return slots_[sql]; }
  Statement prepare(const char* sql);

 private:
  void refuse_foreign(int version, const std::vector<Migration>& migrations);
  void apply(const Migration& migration);

  std::filesystem::path path_;
  std::unique_ptr<SQLite::Database> handle_;
  std::unordered_map<const char*, Slot> slots_;
};

}  // namespace storage::sqlite
