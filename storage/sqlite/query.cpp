#include "storage/sqlite/query.h"

#include <algorithm>
#include <limits>

namespace storage::sqlite {

Query::Query(Database& database, const char* sql) {
  auto& slot = database.slot(sql);
  if (slot.used) {  // the same query further up the stack
    own_ = database.prepare(sql);
    statement_ = own_.get();
    return;
  }
  if (!slot.statement) slot.statement = database.prepare(sql);
  slot.used = true;
  slot_ = &slot;
  statement_ = slot.statement.get();
}

Query::~Query() {
  sqlite3_reset(statement_);
  if (slot_ != nullptr) slot_->used = false;
}

bool Query::step() {
  next_column_ = 0;
  if (ended_) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  ended_ = true;
  if (code != SQLITE_DONE) refuse(code);
  return false;
}

int Query::run() {
  while (step()) continue;
  return sqlite3_changes(sqlite3_db_handle(statement_));
}

void Query::refuse(int code) {
  translate(SQLite::Exception(sqlite3_db_handle(statement_), code),
            "the database refused a statement");
}

std::string_view Query::view() {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, next_column_));
  const auto size = sqlite3_column_bytes(statement_, next_column_++);
  return {data == nullptr ? "" : data, static_cast<std::size_t>(size)};
}

std::optional<base::Instant> Query::maybe_instant() {
  if (!is_null()) return instant();
  skip(1);
  return std::nullopt;
}

void Query::put(const std::string& value) {
  check(sqlite3_bind_text(statement_, next_parameter_++, value.data(),
                          static_cast<int>(value.size()), SQLITE_STATIC));
}

void Query::put(std::int64_t value) {
  check(sqlite3_bind_int64(statement_, next_parameter_++, value));
}

void Query::put(std::size_t value) {
  put(limit(value));
}

void Query::put(std::nullopt_t) {
  check(sqlite3_bind_null(statement_, next_parameter_++));
}

catalog::Put run_upsert(Query& query) {
  if (!query.step()) return catalog::Put::unchanged;
  return query.integer() == 1 ? catalog::Put::inserted : catalog::Put::updated;
}

std::int64_t limit(std::size_t rows_max) {
  constexpr auto kMax = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(rows_max, kMax));
}

}  // namespace storage::sqlite
