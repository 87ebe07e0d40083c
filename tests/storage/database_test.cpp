// The file itself: settings, migrations, the ledger's triggers, the plans of the hot queries.
#include "storage/sqlite/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/table_bundle.h"
#include "tests/storage/scratch_folder.h"

namespace storage::sqlite {
namespace {

using storage_test::kNow;
using storage_test::ScratchFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const StorageError& error) {
    return error.what();
  }
  return "no error";
}

std::unique_ptr<Database> open_migrated(const std::filesystem::path& path) {
  auto database = std::make_unique<Database>(path, Access::read_write);
  database->migrate(known_migrations(), kNow);
  return database;
}

std::vector<Migration> one_more_migration(const std::string& sql) {
  static std::string kept;
  kept = sql;
  auto out = known_migrations();
  const int next = static_cast<int>(out.size()) + 1;
  out.push_back({next, "next", kept});
  return out;
}

TEST(Database, ConnectionsAreDurableCheckedAndUnmapped) {
  const ScratchFolder folder;
  const auto database = open_migrated(folder / "db");

  EXPECT_EQ(database->handle().execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(database->number("PRAGMA synchronous"), 2);
  EXPECT_EQ(database->number("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(database->number("PRAGMA mmap_size"), 0);
  EXPECT_EQ(database->number("PRAGMA busy_timeout"), 5'000);
  EXPECT_EQ(database->schema_version(), SqliteStore::newest_schema_version());
  Database reader(folder / "db", Access::read_only);
  EXPECT_EQ(reader.number("PRAGMA query_only"), 1);
  EXPECT_EQ(reader.number("PRAGMA mmap_size"), 0);
}

TEST(Database, EveryTableIsStrict) {
  const ScratchFolder folder;
  const auto database = open_migrated(folder / "db");

  EXPECT_GT(database->number("SELECT count(*) FROM pragma_table_list WHERE strict = 1"), 15);
  EXPECT_EQ(database->number("SELECT count(*) FROM pragma_table_list WHERE strict = 0 "
                             "AND name NOT LIKE 'sqlite_%'"),
            0);
}

TEST(Database, TheLedgerRefusesEveryEdit) {
  const ScratchFolder folder;
  const auto database = open_migrated(folder / "db");
  TableBundle bundle(*database);
  storage_test::put_pool(bundle.tables());
  bundle.tables().catalog.stock.append(storage_test::receive_one("e"));

  for (const auto* edit :
       {"UPDATE stock_movement SET on_hand_delta = 2", "DELETE FROM stock_movement",
        "UPDATE stock_movement SET note = ''",
        "INSERT OR REPLACE INTO stock_movement SELECT id, pool, kind, 9, 0, source, event_key, "
        "note, actor, at FROM stock_movement"}) {
    EXPECT_THAT(error_of([&] { database->execute(edit); }), HasSubstr("append-only")) << edit;
  }
  EXPECT_EQ(database->number("SELECT sum(on_hand_delta) FROM stock_movement"), 1);
}

TEST(Database, StatesOutsideTheListCannotBeStored) {
  const ScratchFolder folder;
  const auto database = open_migrated(folder / "db");

  EXPECT_THAT(error_of([&] {
                database->execute(
                    "INSERT INTO job (kind, account, subject, state, priority, "
                    "run_at, created_at) VALUES ('push_stock', 'a', '', 'odd', 0, "
                    "0, 0)");
              }),
              HasSubstr("CHECK"));
  EXPECT_THAT(error_of([&] {
                database->execute(
                    "INSERT INTO outbox (kind, account, at) "
                    "VALUES ('stock', 'a', 'yesterday')");
              }),
              HasSubstr("cannot store TEXT"));
}

TEST(Database, AMigrationKeepsACopyOfWhatWasThere) {
  const ScratchFolder folder;
  {
    const auto database = open_migrated(folder / "db");
    TableBundle bundle(*database);
    storage_test::put_pool(bundle.tables());
  }
  const auto before = known_migrations().size();

  Database database(folder / "db", Access::read_write);
  database.migrate(one_more_migration("CREATE TABLE extra (x INTEGER) STRICT;"), kNow);

  EXPECT_EQ(database.schema_version(), static_cast<int>(before) + 1);
  EXPECT_EQ(database.number("SELECT count(*) FROM stock_pool"), 1);
  EXPECT_EQ(database.number("SELECT count(*) FROM extra"), 0);
  const auto copy = folder / ("db.schema-" + std::to_string(before) + "-2026-11-18T110640.backup");
  ASSERT_TRUE(std::filesystem::exists(copy));
  EXPECT_EQ(std::filesystem::status(copy).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  Database old(copy, Access::read_only);
  EXPECT_EQ(old.schema_version(), static_cast<int>(before));
  EXPECT_EQ(old.number("SELECT count(*) FROM stock_pool"), 1);
}

TEST(Database, AFailedMigrationChangesNothing) {
  const ScratchFolder folder;
  const auto database = open_migrated(folder / "db");
  const int before = database->schema_version();

  EXPECT_THAT(error_of([&] {
                database->migrate(
                    one_more_migration("CREATE TABLE extra (x INTEGER) STRICT; CREATE nonsense;"),
                    kNow);
              }),
              HasSubstr("migration next failed"));

  EXPECT_EQ(database->schema_version(), before);
  EXPECT_EQ(database->number("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"), 0);
}

TEST(Database, ANewerSchemaIsRefused) {
  const ScratchFolder folder;
  base::ManualClock clock(kNow);
  {
    Database database(folder / "db", Access::read_write);
    database.migrate(one_more_migration("CREATE TABLE extra (x INTEGER) STRICT;"), kNow);
  }

  EXPECT_THAT(error_of([&] { SqliteStore(folder / "db", clock); }), HasSubstr("newer nongsan"));
  EXPECT_THAT(error_of([&] { SqliteStore::open_read_only(folder / "db"); }),
              HasSubstr("newer nongsan"));
}

TEST(Database, AFileOfAnotherProgramIsRefused) {
  const ScratchFolder folder;
  base::ManualClock clock(kNow);
  {
    Database foreign(folder / "db", Access::read_write);
    foreign.execute("CREATE TABLE theirs (x)");
  }

  EXPECT_THAT(error_of([&] { SqliteStore(folder / "db", clock); }),
              HasSubstr("not a nongsan database"));
}

TEST(Database, AnOlderSchemaIsNotReadWithoutMigration) {
  const ScratchFolder folder;
  const auto database = open_migrated(folder / "db");

  EXPECT_THAT(
      error_of([&] {
        database->expect_schema(one_more_migration("CREATE TABLE extra (x INTEGER) STRICT;"));
      }),
      HasSubstr("db migrate"));
}

// The plan of every statement that a call left in the cache.
std::string plans(Database& database) {
  auto* handle = database.handle().getHandle();
  std::vector<std::string> texts;
  for (auto* it = sqlite3_next_stmt(handle, nullptr); it; it = sqlite3_next_stmt(handle, it)) {
    texts.emplace_back(sqlite3_sql(it));
  }
  std::string out;
  for (const auto& text : texts) {
    if (text.find("SELECT") == std::string::npos) continue;
    SQLite::Statement plan(database.handle(), "EXPLAIN QUERY PLAN " + text);
    while (plan.executeStep()) out += plan.getColumn(3).getString() + "\n";
  }
  return out;
}

// Fresh: the planner knows no more than what the migration told it.
std::string plans_after(const std::function<void(jobs::Tables&)>& use) {
  const ScratchFolder folder;
  open_migrated(folder / "db");
  Database database(folder / "db", Access::read_write);
  TableBundle bundle(database);
  use(bundle.tables());
  return plans(database);
}

TEST(QueryPlans, RowsThatNeedWorkAreFoundThroughTheirPartialIndex) {
  const catalog::AccountId account{"a"};
  const auto no_scan = AllOf(Not(HasSubstr("SCAN")), Not(HasSubstr("TEMP B-TREE")));

  EXPECT_THAT(plans_after([&](auto& t) { t.catalog.listings.listings_to_publish(account, 5); }),
              AllOf(HasSubstr("INDEX listing_to_publish"), no_scan));
  EXPECT_THAT(plans_after([&](auto& t) { t.catalog.listings.listings_to_reprice(account, 5); }),
              AllOf(HasSubstr("INDEX listing_to_reprice"), no_scan));
  EXPECT_THAT(plans_after([&](auto& t) { t.catalog.listings.dirty_stock(account, 5); }),
              AllOf(HasSubstr("INDEX listing_stock_dirty"), no_scan));
  EXPECT_THAT(plans_after([&](auto& t) { t.catalog.listings.unanchored_stock(account, 5); }),
              AllOf(HasSubstr("INDEX listing_stock_unanchored"), no_scan));
  EXPECT_THAT(plans_after([&](auto& t) { t.worksheets.open_rows(account); }),
              AllOf(HasSubstr("INDEX worksheet_row_open"), no_scan));
  EXPECT_THAT(plans_after([&](auto& t) {
                t.catalog.listings.listing_bound_to(account, {"i", "u"});
              }),
              AllOf(HasSubstr("INDEX listing_binding"), no_scan));
}

TEST(QueryPlans, TheQueueIsReadThroughIndexes) {
  const auto plan = plans_after([](auto& t) {
    t.jobs.claim(kNow, base::Millis{1}, {"a"});
    t.jobs.rescue(kNow);
    t.jobs.counts(kNow);
    t.jobs.next_run_at();
  });

  EXPECT_THAT(plan, AllOf(HasSubstr("INDEX job_leased"), HasSubstr("INDEX job_run_at"),
                          Not(HasSubstr("SCAN job\n"))))
      << plan;
}

TEST(QueryPlans, AListingScanFollowsTheKey) {
  const auto plan = plans_after([](auto& t) {
    t.catalog.listings.for_each_listing(catalog::AccountId{}, [](const auto&) {});
  });

  EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE")));
}

}  // namespace
}  // namespace storage::sqlite
