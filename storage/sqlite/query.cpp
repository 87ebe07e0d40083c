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
  statement_->tryReset();
  if (slot_ != nullptr) slot_->used = false;
}

bool Query::step() {
  next_column_ = 0;
  try {
    return statement_->executeStep();
  } catch (const SQLite::Exception& error) {
    translate(error, "the database refused a statement");
  }
}

int Query::run() {
  while (step()) continue;
  return statement_->getChanges();
}

std::string_view Query::view() {
  const auto value = column();
  const auto* data = static_cast<const char*>(value.getBlob());
  return {data == nullptr ? "" : data, static_cast<std::size_t>(value.getBytes())};
}

std::optional<base::Instant> Query::maybe_instant() {
  if (!is_null()) return instant();
  skip(1);
  return std::nullopt;
}

void Query::put(const std::string& value) {
  statement_->bindNoCopy(next_parameter_++, value);
}

void Query::put(std::int64_t value) {
  statement_->bind(next_parameter_++, value);
}

void Query::put(std::size_t value) {
  put(limit(value));
}

void Query::put(std::nullopt_t) {
  statement_->bind(next_parameter_++);
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
