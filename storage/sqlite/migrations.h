#pragma once
// The schema, step by step: storage/migrations/NNNN_name.sql, compiled in. Versions count from 1
// without gaps; the file's version is PRAGMA user_version. Forward only. Threads: values.
#include <string_view>
#include <vector>

namespace storage::sqlite {

struct Migration {
  int version = 0;
  std::string_view name;  // "0001_first"
  std::string_view sql;
};

// Every migration this program knows, oldest first.
std::vector<Migration> known_migrations();

}  // namespace storage::sqlite
