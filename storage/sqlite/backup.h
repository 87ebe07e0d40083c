#pragma once
// Is the file sound, and a copy of it while others work. Errors: StorageError. Threads: one per
// connection.
#include <filesystem>
#include <string>
#include <vector>

#include "storage/sqlite/database.h"

namespace storage::sqlite {

inline constexpr std::size_t kProblemsMax = 100;

// What is wrong: damaged pages, dangling references, balances that are not the sum of their
// movements. Empty: all is well.
std::vector<std::string> find_problems(Database& database);

// VACUUM INTO a file next to `target`, checked, on disk, then renamed over it; mode 0600.
void back_up(Database& database, const std::filesystem::path& target);

}  // namespace storage::sqlite
