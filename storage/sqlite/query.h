#pragma once
// One run of a prepared statement: bind, step, read the columns from left to right.
//
//   Query query(database, kSelect);
//   query.bind(account, sku);
//   while (query.step()) out.push_back(read_listing(query));
//
// Bound texts are not copied and must outlive the query; views die with the next step. Errors:
// StorageError. Threads: those of the database. Private to this folder.
#include <sqlite3.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "catalog/money.h"
#include "catalog/tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class Query {
 public:
  // `sql` must be a static text: the statement is kept by its address.
  Query(Database& database, const char* sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  template <typename... Values>
  void bind(Values&&... values) {
    static_assert((!std::is_same_v<Values, std::string> && ...), "a bound text must outlive");
    (put(std::as_const(values)), ...);
  }
  // The next row, if any.
  bool step();
  // To the end; the number of rows changed.
  int run();

  std::int64_t integer() { return sqlite3_column_int64(statement_, next_column_++); }
  int small() { return sqlite3_column_int(statement_, next_column_++); }
  bool flag() { return small() != 0; }
  bool is_null() const { return sqlite3_column_type(statement_, next_column_) == SQLITE_NULL; }
  void skip(int columns) { next_column_ += columns; }
  std::string_view view();
  std::string text() { return std::string(view()); }
  catalog::Money money() { return {integer(), catalog::Currency::vnd}; }
  base::Instant instant() { return base::from_unix_ms(integer()); }
  std::optional<base::Instant> maybe_instant();

 private:
  [[noreturn]] void refuse(int code);
  void check(int code) {
    if (code != SQLITE_OK) refuse(code);
  }
  void put(const std::string& value);
  void put(std::int64_t value);
  void put(int value) { put(static_cast<std::int64_t>(value)); }
  void put(bool value) { put(static_cast<std::int64_t>(value ? 1 : 0)); }
  void put(std::size_t value);
  void put(std::nullopt_t);
  void put(const std::optional<std::int64_t>& value) {
    return value ? put(*value) : put(std::nullopt);
  }
  void put(base::Instant value) { put(base::to_unix_ms(value)); }
  void put(const std::optional<base::Instant>& value) {
    return value ? put(*value) : put(std::nullopt);
  }
  void put(catalog::Money value) { put(value.minor); }
  template <typename Tag>
  void put(const base::TextId<Tag>& value) {
    put(value.text);
  }
  template <typename Tag>
  void put(base::RowId<Tag> value) {
    put(value.value);
  }

  Database::Slot* slot_ = nullptr;  // null: the statement is this query's own
  Database::Statement own_;
  sqlite3_stmt* statement_;
  bool ended_ = false;  // a step more would run the statement again
  int next_parameter_ = 1;
  int next_column_ = 0;
};

// The stable word of an enumerator, with an address that can be bound.
template <typename Enum>
const std::string& word(Enum value) {
  static const auto words = [] {
    constexpr int kEnumeratorsMax = 16;
    std::vector<std::string> out;
    out.reserve(kEnumeratorsMax);
    for (int i = 0; i < kEnumeratorsMax; ++i) out.emplace_back(to_string(static_cast<Enum>(i)));
    return out;
  }();
  return words.at(static_cast<std::size_t>(value));
}

// The enumerator of a stored word; a word nobody knows means a damaged file.
template <typename Enum>
Enum known(std::optional<Enum> value) {
  if (!value) throw StorageError(Fault::corrupt, "the database holds a word nobody knows");
  return *value;
}

// For "INSERT … ON CONFLICT DO UPDATE … WHERE <differs> RETURNING revision".
catalog::Put run_upsert(Query& query);
// The rows asked for, as SQL counts them.
std::int64_t limit(std::size_t rows_max);

}  // namespace storage::sqlite
