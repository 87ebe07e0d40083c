#include "storage/sqlite/sqlite_store.h"

#include <utility>

#include "storage/reentry_guard.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/file_lock.h"
#include "storage/sqlite/reader_pool.h"
#include "storage/sqlite/writer.h"

namespace storage {
namespace {

std::filesystem::path lock_of(std::filesystem::path path) {
  return path += ".lock";
}

std::unique_ptr<sqlite::Database> open_for_writing(const std::filesystem::path& path,
                                                   const base::Clock& clock) {
  auto database = std::make_unique<sqlite::Database>(path, sqlite::Access::read_write);
  database->migrate(sqlite::known_migrations(), clock.now());
  return database;
}

}  // namespace

// Destroyed last to first: readers, then the writer (which checkpoints), then the lock.
struct SqliteStore::Parts {
  explicit Parts(std::filesystem::path file)
      : path(std::move(file)), readers(path, sqlite::known_migrations()) {}

  std::filesystem::path path;
  std::unique_ptr<sqlite::FileLock> lock;
  std::unique_ptr<sqlite::Writer> writer;  // null: read only
  sqlite::ReaderPool readers;
};

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteStore::SqliteStore(const std::filesystem::path& path, const base::Clock& clock)
    : parts_(std::make_unique<Parts>(path)) {
  parts_->lock = std::make_unique<sqlite::FileLock>(lock_of(path));
  parts_->writer = std::make_unique<sqlite::Writer>(open_for_writing(path, clock), this);
}

std::unique_ptr<SqliteStore> SqliteStore::open_read_only(const std::filesystem::path& path) {
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::make_unique<Parts>(path)));
  store->read([](jobs::Tables&) {});  // is it there, and ours?
  return store;
}

SqliteStore::~SqliteStore() = default;

void SqliteStore::write(const std::function<void(jobs::Tables&)>& change) {
  ReentryGuard::check(this);
  if (!parts_->writer) throw StorageError(Fault::read_only, "the store was opened for reading");
  parts_->writer->run(change);
}

void SqliteStore::read(const std::function<void(jobs::Tables&)>& look) {
  ReentryGuard::check(this);
  const ReentryGuard inside(this);
  parts_->readers.run(look);
}

std::vector<std::string> SqliteStore::check() {
  sqlite::Database database(parts_->path, sqlite::Access::read_only);
  return sqlite::find_problems(database);
}

void SqliteStore::back_up_to(const std::filesystem::path& target) {
  sqlite::Database database(parts_->path, sqlite::Access::read_only);
  sqlite::back_up(database, target);
}

int SqliteStore::newest_schema_version() {
  return static_cast<int>(sqlite::known_migrations().size());
}

int SqliteStore::schema_version() {
  return sqlite::Database(parts_->path, sqlite::Access::read_only).schema_version();
}

std::uint64_t SqliteStore::commits() const {
  return parts_->writer ? parts_->writer->commits() : 0;
}

std::size_t SqliteStore::waiting_writes() const {
  return parts_->writer ? parts_->writer->waiting() : 0;
}

}  // namespace storage
