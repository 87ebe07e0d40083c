#include "storage/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/time_text.h"

namespace storage::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 5'000;
constexpr int kPrimaryCodeMask = 0xff;
constexpr std::int64_t kApplicationId = 1'852'796'519;  // "nong"

Fault fault_of(int code) {
  switch (code & kPrimaryCodeMask) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return Fault::constraint;
    case SQLITE_READONLY:
      return Fault::read_only;
    case SQLITE_FULL:
      return Fault::full;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Fault::io;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::corrupt;
    default:
      return Fault::other;
  }
}

[[noreturn]] void fail(const std::filesystem::path& path, const char* what) {
  const std::string reason = std::generic_category().message(errno);
  throw StorageError(Fault::io, std::string(what) + " " + path.string() + ": " + reason);
}

// The file exists and only its owner may read it; SQLite gives its -wal and -shm the same mode.
void make_private_file(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw StorageError(Fault::io, "the database folder does not exist: " + folder.string());
  }
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) fail(path, "cannot open the database");
  const bool narrowed = ::fchmod(descriptor, S_IRUSR | S_IWUSR) == 0;
  ::close(descriptor);
  if (!narrowed) fail(path, "cannot set the mode of");
}

}  // namespace

void translate(const SQLite::Exception& error, const std::string& what) {
  throw StorageError(fault_of(error.getErrorCode()), what + ": " + error.what());
}

Database::Database(const std::filesystem::path& path, Access access) : path_(path) {
  if (access == Access::read_write) make_private_file(path);
  try {
    const int flags = access == Access::read_write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
    handle_ = std::make_unique<SQLite::Database>(path.string(), flags | SQLite::OPEN_NOMUTEX,
                                                 kBusyTimeoutMs);
  } catch (const SQLite::Exception& error) {
    translate(error, "cannot open the database " + path.string());
  }
  execute("PRAGMA mmap_size = 0");
  execute("PRAGMA trusted_schema = OFF");
  execute("PRAGMA foreign_keys = ON");
  if (access == Access::read_only) {
    execute("PRAGMA query_only = ON");
    return;
  }
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA recursive_triggers = ON");
  execute("PRAGMA journal_size_limit = 67108864");
  execute("PRAGMA cache_size = -32768");
}

void Database::execute(const std::string& sql) {
  try {
    handle_->exec(sql);
  } catch (const SQLite::Exception& error) {
    translate(error, path_.string());
  }
}

std::int64_t Database::number(const std::string& sql) {
  try {
    return handle_->execAndGet(sql).getInt64();
  } catch (const SQLite::Exception& error) {
    translate(error, path_.string());
  }
}

std::int64_t Database::last_insert_id() const {
  return sqlite3_last_insert_rowid(handle_->getHandle());
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_->getHandle()) == 0;
}

int Database::schema_version() {
  return static_cast<int>(number("PRAGMA user_version"));
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Database::Statement Database::prepare(const char* sql) {
  constexpr int kToItsEnd = -1;
  sqlite3_stmt* statement = nullptr;
  auto* const handle = handle_->getHandle();
  const int code =
      sqlite3_prepare_v3(handle, sql, kToItsEnd, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) translate(SQLite::Exception(handle, code), path_.string());
  return Statement(statement);
}

void Database::refuse_foreign(int version, const std::vector<Migration>& migrations) {
  const int newest = static_cast<int>(migrations.size());
  if (version > newest) {
    throw StorageError(Fault::schema, path_.string() + " was written by a newer nongsan (schema " +
                                          std::to_string(version) + ", this program knows up to " +
                                          std::to_string(newest) + "): update the program");
  }
  const bool empty = version == 0 && number("SELECT count(*) FROM sqlite_schema") == 0;
  if (!empty && number("PRAGMA application_id") != kApplicationId) {
    throw StorageError(Fault::schema, path_.string() + " is not a nongsan database");
  }
}

void Database::expect_schema(const std::vector<Migration>& migrations) {
  const int version = schema_version();
  refuse_foreign(version, migrations);
  if (version == static_cast<int>(migrations.size())) return;
  throw StorageError(Fault::schema, path_.string() + " has schema " + std::to_string(version) +
                                        ": run \"nongsan db migrate\" first");
}

void Database::migrate(const std::vector<Migration>& migrations, base::Instant now) {
  const int version = schema_version();
  refuse_foreign(version, migrations);
  if (version == static_cast<int>(migrations.size())) return;
  if (version > 0) {
    std::string stamp = base::utc_iso_no_zone(now);
    std::erase(stamp, ':');
    auto copy = path_;
    copy += ".schema-" + std::to_string(version) + "-" + stamp + ".backup";
    make_private_file(copy);
    try {
      SQLite::Statement statement(*handle_, "VACUUM INTO ?1");
      statement.bind(1, copy.string());
      statement.exec();
    } catch (const SQLite::Exception& error) {
      translate(error, "cannot save the database before its migration to " + copy.string());
    }
  }
  for (const auto& migration : migrations) {
    if (migration.version > version) apply(migration);
  }
  // Statistics written by a migration are read when a schema is loaded.
  execute("ANALYZE sqlite_schema");
}

void Database::apply(const Migration& migration) {
  execute("BEGIN IMMEDIATE");
  try {
    execute(std::string(migration.sql));
    execute("PRAGMA user_version = " + std::to_string(migration.version));
    execute("COMMIT");
  } catch (const StorageError& error) {
    if (in_transaction()) execute("ROLLBACK");
    throw StorageError(error.fault(),
                       "migration " + std::string(migration.name) + " failed: " + error.what());
  }
}

}  // namespace storage::sqlite
