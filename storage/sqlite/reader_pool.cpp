#include "storage/sqlite/reader_pool.h"

#include <utility>

namespace storage::sqlite {

ReaderPool::Reader::Reader(const std::filesystem::path& path,
                           const std::vector<Migration>& migrations)
    : database(path, Access::read_only) {
  database.expect_schema(migrations);
}

ReaderPool::ReaderPool(std::filesystem::path path, std::vector<Migration> migrations)
    : path_(std::move(path)), migrations_(std::move(migrations)) {}

std::unique_ptr<ReaderPool::Reader> ReaderPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return lent_ < kReadersMax; });
  ++lent_;
  if (idle_.empty()) return nullptr;
  auto reader = std::move(idle_.back());
  idle_.pop_back();
  return reader;
}

void ReaderPool::give_back(std::unique_ptr<Reader> reader) {
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (reader) idle_.push_back(std::move(reader));
  }
  returned_.notify_one();
}

void ReaderPool::run(const std::function<void(jobs::Tables&)>& look) {
  auto reader = take();
  try {
    if (!reader) reader = std::make_unique<Reader>(path_, migrations_);
    reader->database.execute("BEGIN");
    look(reader->bundle.tables());
    reader->database.execute("COMMIT");
  } catch (...) {
    if (reader && reader->database.in_transaction()) reader->database.execute("ROLLBACK");
    give_back(std::move(reader));
    throw;
  }
  give_back(std::move(reader));
}

}  // namespace storage::sqlite
