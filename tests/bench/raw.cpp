#include "tests/bench/raw.h"

#include <sqlite3.h>

#include <stdexcept>

#include "storage/sqlite/database.h"

namespace bench {

struct RawDatabase::Parts {
  storage::sqlite::Database database;
};

RawDatabase::RawDatabase(const std::filesystem::path& path, Use use)
    : parts_(std::make_unique<Parts>(Parts{storage::sqlite::Database(
          path, use == Use::write ? storage::sqlite::Access::read_write
                                  : storage::sqlite::Access::read_only)})),
      handle_(parts_->database.handle().getHandle()) {}

RawDatabase::~RawDatabase() = default;

void RawDatabase::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return;
  throw std::runtime_error(std::string(sql) + ": " + sqlite3_errmsg(handle_));
}

std::int64_t RawDatabase::number(const char* sql) {
  RawStatement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

RawStatement::RawStatement(RawDatabase& database, const char* sql) : handle_(database.handle()) {
  if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
      SQLITE_OK) {
    fail();
  }
}

RawStatement::~RawStatement() {
  sqlite3_finalize(statement_);
}

bool RawStatement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail();
  return false;
}

void RawStatement::reset() {
  sqlite3_reset(statement_);
}

std::int64_t RawStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view RawStatement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

void RawStatement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, index, value) != SQLITE_OK) fail();
}

void RawStatement::bind(int index, std::string_view value) {
  const auto bytes = static_cast<int>(value.size());
  if (sqlite3_bind_text(statement_, index, value.data(), bytes, SQLITE_STATIC) != SQLITE_OK) {
    fail();
  }
}

void RawStatement::fail() const {
  throw std::runtime_error(std::string("bare SQLite: ") + sqlite3_errmsg(handle_));
}

std::map<std::string, std::string> pragmas(const std::filesystem::path& path, Use use) {
  RawDatabase database(path, use);
  std::map<std::string, std::string> out;
  for (const std::string name :
       {"journal_mode", "synchronous", "foreign_keys", "cache_size", "page_size", "mmap_size",
        "recursive_triggers", "trusted_schema", "wal_autocheckpoint"}) {
    const std::string sql = "PRAGMA " + name;
    RawStatement statement(database, sql.c_str());
    if (statement.step()) out["pragma " + name] = statement.text(0);
  }
  out["sqlite"] = sqlite3_libversion();
  return out;
}

}  // namespace bench
