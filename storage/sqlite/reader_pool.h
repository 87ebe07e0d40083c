#pragma once
// Read-only connections, handed out one per read; opened when first needed, at most kReadersMax.
// Threads: safe. Errors: StorageError.
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/sqlite/table_bundle.h"

namespace storage::sqlite {

class ReaderPool {
 public:
  static constexpr std::size_t kReadersMax = 4;

  ReaderPool(std::filesystem::path path, std::vector<Migration> migrations);

  // One snapshot, from the first look to the last.
  void run(const std::function<void(jobs::Tables&)>& look);

 private:
  struct Reader {
    Reader(const std::filesystem::path& path, const std::vector<Migration>& migrations);
    Database database;
    TableBundle bundle{database};
  };

  std::unique_ptr<Reader> take();
  void give_back(std::unique_ptr<Reader> reader);

  std::filesystem::path path_;
  std::vector<Migration> migrations_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Reader>> idle_;
  std::size_t lent_ = 0;
};

}  // namespace storage::sqlite
