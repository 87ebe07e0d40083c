#include "storage/sqlite/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "storage/sqlite/query.h"
#include "storage/sqlite/stock_table.h"

namespace storage::sqlite {
namespace {

constexpr const char* kIntegrity = "PRAGMA integrity_check(100)";
constexpr const char* kForeignKeys = "PRAGMA foreign_key_check";
constexpr const char* kVacuumInto = "VACUUM INTO ?";

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
  throw StorageError(Fault::io,
                     what + " " + path.string() + ": " + std::generic_category().message(errno));
}

void flush(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) fail("cannot open", path);
  const int result = ::fsync(descriptor);
  ::close(descriptor);
  if (result != 0) fail("cannot flush", path);
}

// Removes the half-made copy unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {
    const int descriptor =
        ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) fail("cannot make", path_);
    ::close(descriptor);
  }
  ~TemporaryFile() {
    std::error_code ignored;
    if (!renamed_) std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void rename_to(const std::filesystem::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) fail("cannot rename to", target);
    renamed_ = true;
  }

 private:
  std::filesystem::path path_;
  bool renamed_ = false;
};

}  // namespace

std::vector<std::string> find_problems(Database& database) {
  std::vector<std::string> out;
  {
    Query query(database, kIntegrity);
    while (query.step()) {
      if (const auto line = query.view(); line != "ok") out.emplace_back(line);
    }
  }
  {
    Query query(database, kForeignKeys);
    while (out.size() < kProblemsMax && query.step()) {
      const std::string table = query.text();
      query.skip(1);
      out.push_back(table + " refers to a row of " + query.text() + " that is not there");
    }
  }
  for (const auto& pool : StockTable(database).mismatches()) {
    if (out.size() == kProblemsMax) break;
    out.push_back("the balance of pool " + pool.text + " is not the sum of its movements");
  }
  return out;
}

void back_up(Database& database, const std::filesystem::path& target) {
  auto temporary = target;
  temporary += ".part-" + std::to_string(::getpid());
  TemporaryFile file(temporary);
  // SQLite counts the copy as a change; the connection itself still opened the file for reading.
  database.execute("PRAGMA query_only = OFF");
  {
    const std::string name = temporary.string();
    Query query(database, kVacuumInto);
    query.bind(name);
    query.run();
  }
  {
    Database copy(temporary, Access::read_only);
    const auto problems = find_problems(copy);
    if (!problems.empty()) {
      throw StorageError(Fault::corrupt, "the backup is not sound: " + problems.front());
    }
  }
  flush(temporary, O_RDONLY);
  file.rename_to(target);
  flush(target.has_parent_path() ? target.parent_path() : ".", O_RDONLY | O_DIRECTORY);
}

}  // namespace storage::sqlite
